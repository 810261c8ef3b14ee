"""An applicant's desk: what waits for the person, drafts, and where everything stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import rules
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.selectors import visible_memberships
from xinghai.accounts.states import CONFIRMED, INVITED, PENDING, REFUSED, REQUESTED
from xinghai.calls.models import Call, Category, Window
from xinghai.calls.selectors import fitting_types, open_calls
from xinghai.calls.windows import end_of, find_window
from xinghai.kernel.form_pages import shown_problems
from xinghai.kernel.forms import Report
from xinghai.kernel.processes import State
from xinghai.kernel.shown_fields import ShownProblem
from xinghai.submissions.states import PART_ASKED, PART_FILLING
from xinghai.suggestions.models import Partner, Suggestion
from xinghai.suggestions.prechecking import precheck_each
from xinghai.suggestions.selectors import (
    handed_in_by,
    on_the_desk_of,
    parts_of,
    waiting_for_units,
)
from xinghai.suggestions.states import EDITABLE, RETURNED, SUGGESTION
from xinghai.suggestions.tracking import following_of, holder_of
from xinghai.suggestions.writing import filled_of

MOST_ROWS = 10
GAPS_NAMED = 3
LAST_DAYS = timedelta(days=3)


@dataclass(frozen=True)
class Row:
    """One suggestion in a list. Completeness is known while it is with the author."""

    suggestion: Suggestion
    state: State
    holder: str
    following: str = ""
    filled: int = 0
    total: int = 0
    blocking: int = 0
    # The first things still to do, each leading to its field.
    first_gaps: tuple[ShownProblem, ...] = ()
    ends_at: datetime | None = None

    @property
    def is_editable(self) -> bool:
        return self.suggestion.state in EDITABLE

    @property
    def is_returned(self) -> bool:
        return self.suggestion.state in RETURNED

    def is_urgent(self, now: datetime) -> bool:
        """Returned, or a draft whose collection closes within days."""
        if self.is_returned:
            return True
        return self.ends_at is not None and self.ends_at - now < LAST_DAYS


@dataclass(frozen=True)
class UnitNews:
    """What stands between the person and handing in, and what to do about it."""

    kind: str
    text: str
    url: str
    label: str


@dataclass(frozen=True)
class OpenCall:
    """A call that takes suggestions now, and the types the person's unit may fill in."""

    call: Call
    window: Window
    ends_at: datetime | None
    types: list[Category]


@dataclass(frozen=True)
class Desk:
    units: list[UnitNews]
    waiting: list[Row]
    drafts: list[Row]
    parts: list[Partner]
    handed_in: list[Row]
    has_more: bool
    calls: list[OpenCall]
    # In whose name a new one begins with one click; with several units the person chooses first.
    unit: Organisation | None
    must_choose: bool

    @property
    def is_new(self) -> bool:
        return not (self.waiting or self.drafts or self.handed_in or self.parts)


def desk_of(user: User, *, now: datetime) -> Desk:
    """Everything the first page shows, in a number of queries that does not grow with the rows."""
    editable = list(on_the_desk_of(user)[: MOST_ROWS + 1])
    sent = list(handed_in_by(user)[: MOST_ROWS + 1])
    units = [one.organisation for one in user.confirmed_memberships]
    calls = calls_open_at(now, units[0].kind if len(units) == 1 else "")
    rows = show_rows(editable[:MOST_ROWS], now=now, calls=calls)
    waiting = [row for row in rows if row.is_urgent(now)]
    return Desk(
        units=unit_news(user),
        waiting=waiting,
        drafts=[row for row in rows if row not in waiting],
        parts=list(parts_of(user).filter(state__in=(PART_ASKED, PART_FILLING))[:MOST_ROWS]),
        handed_in=show_rows(sent[:MOST_ROWS], now=now),
        has_more=len(editable) > MOST_ROWS or len(sent) > MOST_ROWS,
        calls=calls,
        unit=units[0] if len(units) == 1 else None,
        must_choose=len(units) > 1,
    )


def calls_open_at(now: datetime, organisation_kind: str) -> list[OpenCall]:
    """What takes suggestions now, what closes first in front."""
    calls = open_calls(now)
    types = fitting_types(calls, organisation_kind)
    found = []
    for call in calls:
        window = find_window(call.windows.all(), now)
        if window is not None:
            found.append(OpenCall(call, window, end_of(window), types.get(call.pk, [])))
    return sorted(found, key=lambda one: (one.ends_at is None, one.ends_at or now))


def show_rows(
    suggestions: Sequence[Suggestion], *, now: datetime, calls: Iterable[OpenCall] = ()
) -> list[Row]:
    """Rows of a list; those with the author are examined, in two queries for all of them."""
    editable = [one for one in suggestions if one.state in EDITABLE]
    reports = dict(zip((one.pk for one in editable), precheck_each(editable, now=now), strict=True))
    ends = {one.call.pk: one.ends_at for one in calls}
    return [_row(one, reports.get(one.pk), ends.get(one.call_id)) for one in suggestions]


def _row(suggestion: Suggestion, report: Report | None, ends_at: datetime | None) -> Row:
    state, holder = SUGGESTION.state_by_name[suggestion.state], holder_of(suggestion)
    if report is None:
        return Row(suggestion, state, holder, following_of(suggestion))
    filled, total = filled_of(report)
    return Row(
        suggestion,
        state,
        holder,
        following_of(suggestion),
        filled,
        total,
        len(report.blocking),
        tuple(islice(_gaps(suggestion, report), GAPS_NAMED)),
        None if suggestion.number else ends_at,
    )


def _gaps(suggestion: Suggestion, report: Report) -> Iterator[ShownProblem]:
    """What stands between a draft and handing in, in the order of the page."""
    language = get_language() or "zh-hans"
    for problem in shown_problems(suggestion.form.form, report, language):
        if problem.severity == "block":
            yield problem


def unit_news(user: User) -> list[UnitNews]:
    """Tell what a person must know about the own units before handing in."""
    memberships = list(visible_memberships(user).filter(user=user))
    news = [*_reviews_of(user), *_news_of(memberships)]
    if any(one.state in (CONFIRMED, REQUESTED, INVITED) for one in memberships):
        return news
    text = _("您还没有加入单位。可以先写草稿；提交前请登记或加入单位。")
    return [UnitNews("waiting", text, reverse("accounts:my-unit"), _("登记或加入单位"))]


def _reviews_of(user: User) -> Iterable[UnitNews]:
    """A research office has its work elsewhere: whoever signs in is told where."""
    if rules.has_perm("suggestions.review_for_unit", user) and (count := waiting_for_units(user)):
        text = ngettext(
            "本单位有 %(n)s 条建议等您审核。", "本单位有 %(n)s 条建议等您审核。", count
        ) % {"n": count}
        yield UnitNews("moving", text, reverse("suggestions:unit-papers"), _("去审核"))


def _news_of(memberships: Iterable[Membership]) -> Iterable[UnitNews]:
    for membership in memberships:
        unit = membership.organisation
        names = {"name": unit.name, "reason": unit.state_reason}
        if membership.state == INVITED:
            text = _("“%(name)s”邀请您加入。接受后就能以该单位的名义填报。") % names
            yield UnitNews("waiting", text, reverse("accounts:profile"), _("去答复"))
        elif membership.state == REQUESTED:
            text = _("您申请加入“%(name)s”，正等该单位管理员确认。草稿可以先写。") % names
            yield UnitNews("waiting", text, reverse("accounts:profile"), _("查看申请"))
        elif membership.state == CONFIRMED and unit.state == PENDING:
            text = _("“%(name)s”正在等科技局核实。草稿可以先写，核实后就能提交。") % names
            yield UnitNews("waiting", text, reverse("accounts:unit"), _("查看单位信息"))
        elif membership.state == CONFIRMED and unit.state == REFUSED:
            text = _("“%(name)s”没有通过核实：%(reason)s。请修改单位信息后重新提交核实。") % names
            yield UnitNews("problem", text, reverse("accounts:unit"), _("修改单位信息"))
