"""Lines of the bureau's lists: how long each record has waited, and whether that is long."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from xinghai.accounts.models import Office
from xinghai.calls.selectors import offices_of
from xinghai.casework.selectors import is_gone
from xinghai.corpus.selectors import Hit
from xinghai.kernel.processes import WITH_BUREAU, WITH_UNIT, Phase, State
from xinghai.submissions.answers import proposed_receivers
from xinghai.submissions.models import Submission
from xinghai.submissions.search import Finding

SLOW_AFTER, LATE_AFTER = timedelta(days=7), timedelta(days=14)


@dataclass(frozen=True)
class QueueRow:
    """One line of an office's list."""

    submission: Submission
    state: State
    age: str
    is_returned: bool
    handler_is_gone: bool = False
    hit: Hit | None = None


def queue_rows(
    submissions: Collection[Submission], *, now: datetime, finding: Finding
) -> list[QueueRow]:
    """Return the lines, with the places that answer the typed words."""
    return [
        QueueRow(
            submission=one,
            state=one.shown_state,
            age=_age(one, now),
            is_returned=one.phase == Phase.CORRECTING,
            handler_is_gone=is_gone(one),
            hit=finding.hits.get(one.pk),
        )
        for one in submissions
    ]


def _age(submission: Submission, now: datetime) -> str:
    """Return the tone of an age: only what waits for an office can be late."""
    if submission.phase not in (*WITH_BUREAU, *WITH_UNIT):
        return "quiet"
    waited = now - submission.state_since
    if waited > LATE_AFTER:
        return "problem"
    return "waiting" if waited > SLOW_AFTER else "quiet"


@dataclass(frozen=True)
class TriageRow:
    """A submission no rule covers, with the office we would propose."""

    submission: Submission
    proposed_code: str
    # Those its call lists.
    offices: list[Office]


def triage_rows(submissions: Collection[Submission]) -> list[TriageRow]:
    """Return lines of the triage; rules and offices are looked up per call, not per line."""
    calls = {one.call_id: one.call for one in submissions}
    listed = {key: list(offices_of(call)) for key, call in calls.items()}
    proposed = proposed_receivers(submissions)
    return [TriageRow(one, proposed[one.pk], listed[one.call_id]) for one in submissions]
