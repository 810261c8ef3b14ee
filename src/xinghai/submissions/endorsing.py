"""The research office's list: each record with its deadline, its school and what it lacks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)
from django.utils import timezone

from xinghai.accounts.models import Membership, User
from xinghai.calls.models import Window
from xinghai.calls.selectors import windows_at
from xinghai.calls.states import HAND_IN, RECOMMEND
from xinghai.calls.windows import find_window
from xinghai.kernel.forms import Report
from xinghai.kernel.processes import BEING_CORRECTED, RETURNED, WITH_UNIT, Phase, State
from xinghai.submissions.blockers import blocker, look_up_recommenders
from xinghai.submissions.form_page import filled_of
from xinghai.submissions.models import Submission, SubmissionQuerySet
from xinghai.submissions.precheck import precheck_each
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import of_units
from xinghai.submissions.states import purpose_of

# Examining takes about a millisecond each; who has more waiting works the most urgent off first.
MOST_EXAMINED = 100
URGENT = timedelta(days=3)
SOON = timedelta(days=7)
SCHOOL = Membership.objects.filter(
    user=OuterRef("author"), organisation=OuterRef("organisation")
).values("department__name")[:1]


@dataclass(frozen=True)
class Deadline:
    """Until when a submission can go on: the call's closing, or the day the office asked for.

    `kind` is closing, due, open (there is no end), closed (nobody is collecting now) or over
    (recommending has ended).
    """

    kind: str
    at: datetime | None = None
    day: date | None = None
    tone: str = "quiet"


@dataclass(frozen=True)
class UnitRow:
    """One line: a submission, and while it is not with the bureau what it still lacks."""

    submission: Submission
    state: State
    deadline: Deadline | None
    report: Report | None = None
    blocker: str = ""
    filled: int = 0
    total: int = 0

    @property
    def is_ready(self) -> bool:
        return self.report is not None and not self.blocker

    @property
    def is_returned(self) -> bool:
        return self.submission.phase in RETURNED

    @property
    def was_returned(self) -> bool:
        """Whether it waits again after the unit returned it: the reason still stands."""
        return self.submission.phase == Phase.ENDORSING and bool(self.submission.outcome_reason)

    @property
    def percent(self) -> int:
        return round(100 * self.filled / self.total) if self.total else 0


def endorsing_rows(user: User, process: Process, *, now: datetime) -> SubmissionQuerySet:
    """What has left the authors' desks, with `school` and `deadline` to filter and sort by."""
    due = ExpressionWrapper(F("due_on") + timedelta(days=1), output_field=DateTimeField())
    corrected, at_body = process.states(*BEING_CORRECTED), process.states(Phase.RECOMMENDING)
    until = Case(
        When(state__in=corrected, then=due),
        When(state__in=at_body, then=Subquery(closing_at(now, RECOMMEND))),
        default=Subquery(closing_at(now)),
    )
    return (
        of_units(user, process)
        .annotate(
            school=Subquery(SCHOOL),
            deadline=until,
        )
        .prefetch_related("call__windows")
        .order_by(F("deadline").asc(nulls_last=True), "state_since", "pk")
    )


def closing_at(now: datetime, purpose: str = HAND_IN) -> QuerySet[Window, Any]:
    """The end of the window that is open at `now`, as a subquery of a submission's call."""
    return windows_at(now, purpose).filter(call=OuterRef("call")).values("closes_at")[:1]


def examined(
    submissions: Sequence[Submission],
    *,
    now: datetime,
    phases: Collection[Phase] = (*WITH_UNIT, *RETURNED),
) -> list[UnitRow]:
    """Lines with pre-check and obstacle of those in `phases`, in two queries for all of them."""
    open_ones = [one for one in submissions if one.phase in phases]
    look_up_recommenders(open_ones, now)
    reports = precheck_each(open_ones, now=now) if open_ones else []
    known = {one.pk: report for one, report in zip(open_ones, reports, strict=True)}
    return [_row(one, known.get(one.pk), now) for one in submissions]


def _row(submission: Submission, report: Report | None, now: datetime) -> UnitRow:
    state = submission.shown_state
    if report is None:
        return UnitRow(submission, state, None)
    filled, total = filled_of(report)
    return UnitRow(
        submission=submission,
        state=state,
        deadline=deadline_of(submission, now),
        report=report,
        blocker=blocker(submission, now=now, report=report),
        filled=filled,
        total=total,
    )


def deadline_of(submission: Submission, now: datetime) -> Deadline:
    """Read the call's windows, which the list has fetched."""
    if submission.phase in BEING_CORRECTED:
        if submission.due_on is None:
            return Deadline("open")
        left = submission.due_on - timezone.localdate(now)
        return Deadline("due", day=submission.due_on, tone=_tone(left))
    purpose = purpose_of(submission.phase)
    window = find_window(submission.call.windows.all(), now, purpose)
    if window is None:
        return Deadline("over" if purpose == RECOMMEND else "closed", tone="problem")
    if window.closes_at is None:
        return Deadline("open")
    return Deadline("closing", at=window.closes_at, tone=_tone(window.closes_at - now))


def _tone(left: timedelta) -> str:
    if left <= URGENT:
        return "problem"
    return "waiting" if left <= SOON else "quiet"
