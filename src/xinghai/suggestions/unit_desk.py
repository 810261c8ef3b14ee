"""The research office's list: each paper with its deadline, its school and what it still lacks."""

from collections.abc import Sequence
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
from xinghai.calls.windows import find_window
from xinghai.kernel.forms import Report
from xinghai.kernel.processes import State
from xinghai.submissions.states import UNIT_REVIEW
from xinghai.suggestions.models import Suggestion, SuggestionQuerySet
from xinghai.suggestions.obstacles import obstacle
from xinghai.suggestions.prechecking import precheck_each
from xinghai.suggestions.selectors import papers_of_units
from xinghai.suggestions.states import AT_UNIT, CORRECTIONS, RETURNED, SUGGESTION
from xinghai.suggestions.writing import filled_of

# Examining takes about a millisecond each; who has more waiting works the most urgent off first.
MOST_EXAMINED = 100
URGENT = timedelta(days=3)
SOON = timedelta(days=7)
SCHOOL = Membership.objects.filter(
    user=OuterRef("author"), organisation=OuterRef("organisation")
).values("department")[:1]


@dataclass(frozen=True)
class Deadline:
    """Until when a paper can go on: the call's closing, or the day the office asked for.

    `kind` is closing, due, open (collecting has no end) or closed (nobody is collecting now).
    """

    kind: str
    at: datetime | None = None
    day: date | None = None
    tone: str = "quiet"


@dataclass(frozen=True)
class UnitRow:
    """One line: a paper, and while it is not with the bureau what it still lacks."""

    suggestion: Suggestion
    state: State
    deadline: Deadline | None
    report: Report | None = None
    obstacle: str = ""
    filled: int = 0
    total: int = 0

    @property
    def is_ready(self) -> bool:
        return self.report is not None and not self.obstacle

    @property
    def is_returned(self) -> bool:
        return self.suggestion.state in RETURNED

    @property
    def was_returned(self) -> bool:
        """Whether it waits again after the unit returned it: the reason still stands."""
        return self.suggestion.state == UNIT_REVIEW and bool(self.suggestion.outcome_reason)

    @property
    def percent(self) -> int:
        return round(100 * self.filled / self.total) if self.total else 0


def desk_rows(user: User, *, now: datetime) -> SuggestionQuerySet:
    """What has left the authors' desks, with `school` and `deadline` to filter and sort by."""
    due = ExpressionWrapper(F("due_on") + timedelta(days=1), output_field=DateTimeField())
    return (
        papers_of_units(user)
        .annotate(
            school=Subquery(SCHOOL),
            deadline=Case(When(state__in=CORRECTIONS, then=due), default=Subquery(closing_at(now))),
        )
        .prefetch_related("call__windows")
        .order_by(F("deadline").asc(nulls_last=True), "state_since", "pk")
    )


def closing_at(now: datetime) -> QuerySet[Window, Any]:
    """The end of the window that is open at `now`, as a subquery of a paper's call."""
    return windows_at(now).filter(call=OuterRef("call")).values("closes_at")[:1]


def examined(papers: Sequence[Suggestion], *, now: datetime) -> list[UnitRow]:
    """Lines with pre-check and obstacle, in two queries for all of them."""
    with_author_or_unit = [one for one in papers if one.state in (*AT_UNIT, *RETURNED)]
    reports = precheck_each(with_author_or_unit, now=now) if with_author_or_unit else []
    known = {one.pk: report for one, report in zip(with_author_or_unit, reports, strict=True)}
    return [_row(one, known.get(one.pk), now) for one in papers]


def _row(paper: Suggestion, report: Report | None, now: datetime) -> UnitRow:
    state = SUGGESTION.state_by_name[paper.state]
    if report is None:
        return UnitRow(paper, state, None)
    filled, total = filled_of(report)
    return UnitRow(
        suggestion=paper,
        state=state,
        deadline=deadline_of(paper, now),
        report=report,
        obstacle=obstacle(paper, now=now, report=report),
        filled=filled,
        total=total,
    )


def deadline_of(paper: Suggestion, now: datetime) -> Deadline:
    """Read the call's windows, which the list has fetched."""
    if paper.state in CORRECTIONS:
        if paper.due_on is None:
            return Deadline("open")
        left = paper.due_on - timezone.localdate(now)
        return Deadline("due", day=paper.due_on, tone=_tone(left))
    window = find_window(paper.call.windows.all(), now)
    if window is None:
        return Deadline("closed", tone="problem")
    if window.closes_at is None:
        return Deadline("open")
    return Deadline("closing", at=window.closes_at, tone=_tone(window.closes_at - now))


def _tone(left: timedelta) -> str:
    if left <= URGENT:
        return "problem"
    return "waiting" if left <= SOON else "quiet"
