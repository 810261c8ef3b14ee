"""An applicant's desk: what waits for the person, drafts, and where everything stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from xinghai.accounts.models import Membership, User
from xinghai.accounts.selectors import visible_memberships
from xinghai.accounts.states import CONFIRMED, INVITED, PENDING, REFUSED, REQUESTED
from xinghai.calls.models import Call, Window
from xinghai.calls.selectors import open_calls
from xinghai.calls.windows import end_of, find_window
from xinghai.kernel.processes import State
from xinghai.suggestions.models import Partner, Suggestion
from xinghai.suggestions.prechecking import Precheck, precheck_each
from xinghai.suggestions.selectors import handed_in_by, on_the_desk_of, parts_of
from xinghai.suggestions.states import EDITABLE, PART_ASKED, PART_FILLING, RETURNED, SUGGESTION
from xinghai.suggestions.tracking import holder_of
from xinghai.suggestions.writing import filled_of

MOST_ROWS = 10


@dataclass(frozen=True)
class Row:
    """One suggestion in a list. Completeness is known while it is with the author."""

    suggestion: Suggestion
    state: State
    holder: str
    filled: int = 0
    total: int = 0
    blocking: int = 0

    @property
    def percent(self) -> int:
        return round(100 * self.filled / self.total) if self.total else 0

    @property
    def is_editable(self) -> bool:
        return self.suggestion.state in EDITABLE


@dataclass(frozen=True)
class UnitNews:
    """What stands between the person and handing in, and what to do about it."""

    kind: str
    text: str
    url: str
    label: str


@dataclass(frozen=True)
class OpenCall:
    call: Call
    window: Window
    ends_at: datetime | None


@dataclass(frozen=True)
class Desk:
    units: list[UnitNews]
    returned: list[Row]
    drafts: list[Row]
    parts: list[Partner]
    handed_in: list[Row]
    has_more: bool
    calls: list[OpenCall]

    @property
    def is_new(self) -> bool:
        return not (self.returned or self.drafts or self.handed_in or self.parts)


def desk_of(user: User, *, now: datetime) -> Desk:
    """Everything the first page shows, in a number of queries that does not grow with the rows."""
    editable = list(on_the_desk_of(user)[: MOST_ROWS + 1])
    sent = list(handed_in_by(user)[: MOST_ROWS + 1])
    rows = show_rows(editable[:MOST_ROWS], now=now)
    return Desk(
        units=unit_news(user),
        returned=[row for row in rows if row.suggestion.state == RETURNED],
        drafts=[row for row in rows if row.suggestion.state != RETURNED],
        parts=list(parts_of(user).filter(state__in=(PART_ASKED, PART_FILLING))[:MOST_ROWS]),
        handed_in=show_rows(sent[:MOST_ROWS], now=now),
        has_more=len(editable) > MOST_ROWS or len(sent) > MOST_ROWS,
        calls=calls_open_at(now),
    )


def calls_open_at(now: datetime) -> list[OpenCall]:
    found = []
    for call in open_calls(now):
        window = find_window(call.windows.all(), now)
        if window is not None:
            found.append(OpenCall(call, window, end_of(window)))
    return found


def show_rows(suggestions: Sequence[Suggestion], *, now: datetime) -> list[Row]:
    """Rows of a list; those with the author are examined, in two queries for all of them."""
    editable = [one for one in suggestions if one.state in EDITABLE]
    reports = dict(zip((one.pk for one in editable), precheck_each(editable, now=now), strict=True))
    return [_row(one, reports.get(one.pk)) for one in suggestions]


def _row(suggestion: Suggestion, report: Precheck | None) -> Row:
    state, holder = SUGGESTION.state_by_name[suggestion.state], holder_of(suggestion)
    if report is None:
        return Row(suggestion, state, holder)
    filled, total = filled_of(report)
    return Row(suggestion, state, holder, filled, total, report.blocking)


def unit_news(user: User) -> list[UnitNews]:
    """Tell what a person must know about the own units before handing in."""
    memberships = list(visible_memberships(user).filter(user=user))
    news = list(_news_of(memberships))
    if any(one.state in (CONFIRMED, REQUESTED, INVITED) for one in memberships):
        return news
    text = _("您还没有加入单位。可以先写草稿；提交前请登记或加入单位。")
    return [UnitNews("waiting", text, reverse("accounts:my-unit"), _("登记或加入单位"))]


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
