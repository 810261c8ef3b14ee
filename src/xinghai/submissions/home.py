"""An applicant's first page: what waits for the person, drafts, and where everything stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import rules
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.selectors import memberships_of
from xinghai.accounts.states import CONFIRMED, INVITED, PENDING, REFUSED, REQUESTED
from xinghai.calls.models import Call, Category, Window
from xinghai.calls.selectors import fitting_types, open_calls
from xinghai.calls.windows import end_of, find_window
from xinghai.kernel.form_pages import shown_problems
from xinghai.kernel.forms import Report
from xinghai.kernel.processes import RETURNED, WITH_AUTHOR, State
from xinghai.kernel.shown_fields import ShownProblem
from xinghai.submissions.form_page import filled_of
from xinghai.submissions.models import Partner, Submission
from xinghai.submissions.precheck import precheck_each
from xinghai.submissions.process import Process, is_process, process_named
from xinghai.submissions.selectors import (
    open_parts_of,
    waiting_for_bodies,
    waiting_for_units,
    with_submissions,
)
from xinghai.submissions.standing import fetched, standing_of
from xinghai.submissions.tracking import following_of, holder_of

MOST_ROWS = 10
GAPS_NAMED = 3
LAST_DAYS = timedelta(days=3)


@dataclass(frozen=True)
class Row:
    """One submission in a list. Completeness is known while it is with the author."""

    submission: Submission
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
        return self.submission.phase in WITH_AUTHOR

    @property
    def is_returned(self) -> bool:
        return self.submission.phase in RETURNED

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
    """A call that takes submissions now, and the types the person's unit may fill in."""

    call: Call
    window: Window
    ends_at: datetime | None
    types: list[Category]

    @property
    def process(self) -> Process:
        """The process this call begins."""
        return process_named(self.call.kind)


@dataclass(frozen=True)
class Home:
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


def home_of(user: User, *, now: datetime) -> Home:
    """Everything the first page shows, in a number of queries that does not grow with the rows."""
    standing = standing_of(user, most=MOST_ROWS + 1)
    editable, sent = standing.with_author, standing.handed_in
    found = fetched(user, [*editable[:MOST_ROWS], *sent[:MOST_ROWS]])
    units = [one.organisation for one in user.confirmed_memberships]
    calls = calls_open_at(now, units[0].kind if len(units) == 1 else "")
    rows = show_rows([one for one in found if one.phase in WITH_AUTHOR], now=now, calls=calls)
    waiting = [row for row in rows if row.is_urgent(now)]
    return Home(
        units=unit_news(user),
        waiting=waiting,
        drafts=[row for row in rows if row not in waiting],
        parts=with_submissions(open_parts_of(user, most=MOST_ROWS)),
        handed_in=show_rows([one for one in found if one.phase not in WITH_AUTHOR], now=now),
        has_more=len(editable) > MOST_ROWS or len(sent) > MOST_ROWS,
        calls=calls,
        unit=units[0] if len(units) == 1 else None,
        must_choose=len(units) > 1,
    )


def calls_open_at(now: datetime, organisation_kind: str) -> list[OpenCall]:
    """What takes submissions now, what closes first in front."""
    calls = open_calls(now)
    types = fitting_types(calls, organisation_kind)
    found = []
    for call in calls:
        window = find_window(call.windows.all(), now)
        if window is not None and is_process(call.kind):
            found.append(OpenCall(call, window, end_of(window), types.get(call.pk, [])))
    return sorted(found, key=lambda one: (one.ends_at is None, one.ends_at or now))


def show_rows(
    submissions: Sequence[Submission], *, now: datetime, calls: Iterable[OpenCall] = ()
) -> list[Row]:
    """Rows of a list; those with the author are examined, in two queries for all of them."""
    editable = [one for one in submissions if one.phase in WITH_AUTHOR]
    reports = dict(zip((one.pk for one in editable), precheck_each(editable, now=now), strict=True))
    ends = {one.call.pk: one.ends_at for one in calls}
    return [_row(one, reports.get(one.pk), ends.get(one.call_id)) for one in submissions]


def _row(submission: Submission, report: Report | None, ends_at: datetime | None) -> Row:
    state, holder = submission.shown_state, holder_of(submission)
    if report is None:
        return Row(submission, state, holder, following_of(submission))
    filled, total = filled_of(report)
    return Row(
        submission,
        state,
        holder,
        following_of(submission),
        filled,
        total,
        len(report.blocking),
        tuple(islice(_gaps(submission, report), GAPS_NAMED)),
        None if submission.number else ends_at,
    )


def _gaps(submission: Submission, report: Report) -> Iterator[ShownProblem]:
    """What stands between a draft and handing in, in the order of the page."""
    language = get_language() or "zh-hans"
    for problem in shown_problems(submission.form.form, report, language):
        if problem.severity == "block":
            yield problem


def unit_news(user: User) -> list[UnitNews]:
    """Tell what a person must know about the own units before handing in."""
    memberships = memberships_of(user)
    news = [*_reviews_of(user), *_recommendations_of(user), *_news_of(memberships)]
    if any(one.state in (CONFIRMED, REQUESTED, INVITED) for one in memberships):
        return news
    text = _("您还没有加入单位。可以先写草稿；提交前请登记或加入单位。")
    return [*news, UnitNews("waiting", text, reverse("accounts:my-unit"), _("登记或加入单位"))]


def _reviews_of(user: User) -> Iterable[UnitNews]:
    """A research office has its work elsewhere: whoever signs in is told where."""
    if rules.has_perm("submissions.review_for_unit", user) and (count := waiting_for_units(user)):
        text = ngettext("本单位有 %(n)s 条等您审核。", "本单位有 %(n)s 条等您审核。", count) % {
            "n": count
        }
        yield UnitNews("moving", text, reverse("submissions:unit"), _("去审核"))


def _recommendations_of(user: User) -> Iterable[UnitNews]:
    """Who recommends for a body is told what waits there."""
    if rules.has_perm("submissions.recommend", user) and (count := waiting_for_bodies(user)):
        text = ngettext("有 %(n)s 条等您推荐。", "有 %(n)s 条等您推荐。", count) % {"n": count}
        yield UnitNews("moving", text, reverse("submissions:recommending"), _("去推荐"))


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
