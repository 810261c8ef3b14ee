"""The tracker: like a parcel's, who has it, since when, until when, what next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.kernel.humanize import localized
from xinghai.kernel.models import Event
from xinghai.kernel.processes import WITH_AUTHOR, WITH_UNIT, Phase
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.states import SUGGESTION

OTHER_STEPS = {
    "start": gettext_lazy("开始填写"),
    "absorb": gettext_lazy("另一条建议并入"),
    "remind": gettext_lazy("科研部门提醒"),
}


@dataclass(frozen=True)
class Step:
    """One past step, in the applicant's words."""

    label: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Tracking:
    """Where a suggestion stands."""

    holder: str
    since: datetime
    until: date | datetime | None
    following: str
    steps: list[Step]


def track(suggestion: Suggestion, events: Iterable[Event], *, landline: str = "") -> Tracking:
    """Build the tracker from the trail. Staff are named by office, never by person."""
    return Tracking(
        holder=holder_of(suggestion, landline),
        since=suggestion.state_since,
        until=_until(suggestion),
        following=following_of(suggestion),
        steps=[
            Step(_label(event), event.at, _actor(event, suggestion), event.reason)
            for event in events
            if event.verb in SUGGESTION.by_name or event.verb in OTHER_STEPS
        ],
    )


def _label(event: Event) -> str:
    edge = SUGGESTION.by_name.get(event.verb)
    return str(edge.label if edge else OTHER_STEPS[event.verb])


def _actor(event: Event, suggestion: Suggestion) -> str:
    actor = event.actor
    if actor is None:
        return _("系统")
    if actor.roles:
        return localized(actor.office) if actor.office else _("市科技局")
    return actor.name


def _office(suggestion: Suggestion, landline: str) -> str:
    name = localized(suggestion.office) if suggestion.office else _("市科技局")
    return f"{name} {landline}".strip()


def holder_of(suggestion: Suggestion, landline: str = "") -> str:
    """Return who has it now, in the applicant's words."""
    holder = str(SUGGESTION.state_by_name[suggestion.state].holder)
    unit = suggestion.organisation.name if suggestion.organisation else ""
    return holder % {"unit": unit} if holder else _office(suggestion, landline)


def _until(suggestion: Suggestion) -> date | datetime | None:
    phase = SUGGESTION.phase_of(suggestion.state)
    if phase == Phase.CORRECTING and suggestion.due_on:
        return suggestion.due_on
    return suggestion.call.closing_day if phase in (*WITH_AUTHOR, *WITH_UNIT) else None


def following_of(suggestion: Suggestion) -> str:
    """Return what happens next, in the applicant's words; "" when nothing does."""
    state = SUGGESTION.state_by_name[suggestion.state]
    if state.phase == Phase.WRITING and suggestion.needs_endorsement:
        return _("提交给本单位科研部门审核")
    return str(state.next)
