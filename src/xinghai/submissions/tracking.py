"""The tracker: like a parcel's, who has it, since when, until when, what next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.positions import Positions
from xinghai.calls.windows import CITY
from xinghai.kernel.humanize import localized
from xinghai.kernel.models import Event
from xinghai.kernel.processes import WITH_AUTHOR, WITH_UNIT, Label, Phase
from xinghai.submissions.models import Submission
from xinghai.submissions.states import purpose_of

OTHER_STEPS = {
    "start": gettext_lazy("开始填写"),
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
    """Where a submission stands."""

    holder: str
    since: datetime
    until: datetime | None
    following: str
    steps: list[Step]


def track(submission: Submission, events: Iterable[Event], *, landline: str = "") -> Tracking:
    """Build the tracker from the trail. Staff are named by office, never by person."""
    events = list(events)
    positions = Positions(event.actor_id for event in events)
    return Tracking(
        holder=holder_of(submission, landline),
        since=submission.state_since,
        until=_until(submission),
        following=following_of(submission),
        steps=[
            Step(str(label), event.at, _actor(event, positions), event.reason)
            for event in events
            if (label := _label(event, submission)) is not None
        ],
    )


def _label(event: Event, submission: Submission) -> Label | None:
    """What the step is called; None for an event the tracker leaves out."""
    if edge := submission.workflow.by_name.get(event.verb):
        return edge.label
    return {**OTHER_STEPS, **submission.process.other_steps}.get(event.verb)


def _actor(event: Event, positions: Positions) -> str:
    """Return who did it: the bureau's people as the office they worked in then."""
    if event.actor is None:
        return _("系统")
    if not positions.was_staff(event.actor_id, event.at):
        return event.actor.name
    office = positions.office(event.actor_id, event.at)
    return localized(office) if office else _("市科技局")


def _office(submission: Submission, landline: str) -> str:
    name = localized(submission.office) if submission.office else _("市科技局")
    return f"{name} {landline}".strip()


def holder_of(submission: Submission, landline: str = "") -> str:
    """Return who has it now, in the applicant's words."""
    holder = str(submission.shown_state.holder)
    unit = submission.organisation.name if submission.organisation else ""
    body = submission.recommender.name if submission.recommender else _("推荐单位")
    names = {"unit": unit, "recommender": body}
    return holder % names if holder else _office(submission, landline)


def _until(submission: Submission) -> datetime | None:
    """The last second of the day it is due, or the call closes."""
    phase = submission.phase
    if phase == Phase.CORRECTING and submission.due_on:
        return _end_of(submission.due_on)
    if phase not in (*WITH_AUTHOR, *WITH_UNIT, Phase.RECOMMENDING):
        return None
    day = submission.call.closing_day(purpose_of(phase))
    return _end_of(day) if day else None


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=CITY)


def following_of(submission: Submission) -> str:
    """Return what happens next, in the applicant's words; "" when nothing does."""
    state = submission.shown_state
    if state.phase == Phase.WRITING and submission.needs_endorsement:
        return _("提交给本单位科研部门审核")
    if state.phase == Phase.WRITING and submission.needs_recommendation:
        return _("提交给推荐单位审核")
    return str(state.next)
