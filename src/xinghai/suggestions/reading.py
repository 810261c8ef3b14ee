"""A suggestion as the research office and the bureau read it, and what they may do with it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.calls.selectors import landline_of, proposed_office
from xinghai.corpus.selectors import Hit
from xinghai.kernel.events import history
from xinghai.kernel.form_pages import FormPage
from xinghai.kernel.forms import Report
from xinghai.kernel.humanize import localized, moment_words
from xinghai.kernel.models import Event
from xinghai.kernel.processes import State
from xinghai.kernel.workflow import available
from xinghai.suggestions.models import Receipt, Suggestion
from xinghai.suggestions.prechecking import context_of, precheck
from xinghai.suggestions.selectors import visible_comments
from xinghai.suggestions.states import AT_UNIT, EDITABLE, SUGGESTION, WAITING
from xinghai.suggestions.tracking import Tracking, track
from xinghai.suggestions.writing import ShownComment, show_comments, show_everything

# A week is what the offices promise each other; after two the head should know.
SLOW_AFTER = timedelta(days=7)
LATE_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Reading:
    """Everything the reading page shows, fetched once."""

    suggestion: Suggestion
    state: State
    page: FormPage
    report: Report
    tracking: Tracking
    trail: list[Event]
    comments: list[ShownComment]
    receipts: list[Receipt]
    absorbed: list[Suggestion]
    landline: str
    actions: frozenset[str]


def read_suggestion(suggestion: Suggestion, user: User, *, now: datetime) -> Reading:
    """Gather the reading page of one suggestion the reader may see."""
    context = context_of(suggestion, now=now)
    report = precheck(suggestion, now=now, context=context)
    trail = list(history(suggestion).select_related("actor__office"))
    office = suggestion.office
    landline = landline_of(suggestion.call, office) if office else ""
    return Reading(
        suggestion=suggestion,
        state=SUGGESTION.state_by_name[suggestion.state],
        page=show_everything(suggestion, report, context),
        report=report,
        tracking=_for_others(track(suggestion, trail, landline=landline), suggestion, user),
        trail=trail,
        comments=show_comments(visible_comments(suggestion, user), suggestion, can_resolve=False),
        receipts=list(suggestion.receipts.select_related("batch").order_by("-received_at")),
        absorbed=list(suggestion.absorbed.order_by("number")),
        landline=landline,
        actions=frozenset(edge.name for edge in available(suggestion, user)),
    )


def _for_others(tracking: Tracking, suggestion: Suggestion, user: User) -> Tracking:
    """The tracker speaks to the author; whoever else reads it is told the author's name."""
    if suggestion.state in EDITABLE and suggestion.author_id != user.pk:
        return replace(tracking, holder=suggestion.author.name)
    return tracking


@dataclass(frozen=True)
class QueueRow:
    """One line of an office's or a unit's list."""

    suggestion: Suggestion
    state: State
    age: str
    days: int
    report: Report | None = None
    handler_is_gone: bool = False
    hit: Hit | None = None


def queue_rows(
    suggestions: Collection[Suggestion],
    *,
    now: datetime,
    reports: Collection[Report | None] = (),
) -> list[QueueRow]:
    """Lines with their age: how long each has stood in its state, and whether that is long."""
    known = list(reports) or [None] * len(suggestions)
    return [
        QueueRow(
            suggestion=one,
            state=SUGGESTION.state_by_name[one.state],
            age=_age(one, now),
            days=max((now - one.state_since).days, 0),
            report=report,
        )
        for one, report in zip(suggestions, known, strict=True)
    ]


def _age(suggestion: Suggestion, now: datetime) -> str:
    """Return the tone of an age: only what waits for us can be late."""
    if suggestion.state not in (*WAITING, *AT_UNIT):
        return "quiet"
    waited = now - suggestion.state_since
    if waited > LATE_AFTER:
        return "problem"
    return "waiting" if waited > SLOW_AFTER else "quiet"


def last_step(suggestion: Suggestion) -> str:
    """Say who moved it last, and when: for a colleague whose page came too late."""
    events = history(suggestion).filter(verb__in=list(SUGGESTION.by_name)).select_related("actor")
    last = events.last()
    if last is None:
        return ""
    facts = {
        "who": last.actor.name if last.actor else _("系统"),
        "when": moment_words(last.at),
        "step": SUGGESTION.by_name[last.verb].label,
    }
    return _("%(who)s 在 %(when)s 办理了“%(step)s”。") % facts


@dataclass(frozen=True)
class TriageRow:
    """A suggestion no rule covers, with the office we would propose."""

    suggestion: Suggestion
    proposed_code: str
    proposed_name: str


def triage_rows(suggestions: Collection[Suggestion]) -> list[TriageRow]:
    """Lines of the triage; one proposal is looked up per type and domain, not per line."""
    known: dict[tuple[int, int, int | None], tuple[str, str]] = {}
    rows = []
    for one in suggestions:
        cell = (one.call_id, one.category_id, one.domain_id)
        if cell not in known:
            office = proposed_office(one.call, one.category, one.domain)
            known[cell] = (office.code, localized(office)) if office else ("", "")
        rows.append(TriageRow(one, *known[cell]))
    return rows
