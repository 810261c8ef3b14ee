"""The sentences of the overview: what they say of few, of many, of a call without a deadline."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import load_notice
from tests.pages import client_of, words_of
from tests.suggestions.scenes import Bureau, suggestion_in
from xinghai.calls.models import Call
from xinghai.calls.states import COLLECT
from xinghai.casework.overview.arriving import Pace, make_arrivals
from xinghai.casework.overview.load import OfficeLoad, make_load
from xinghai.casework.overview.scope import Scope, read_scope
from xinghai.casework.overview.sentences import lead
from xinghai.casework.overview.unfinished import make_unfinished
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def scope(call: Call) -> Scope:
    found = read_scope(SUGGESTIONS, {"call": call.code})
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("total", "before", "change"),
    [(36, 30, "+20 %"), (24, 30, "−20 %"), (36, 19, ""), (36, 0, ""), (36, None, "")],
)
def test_a_percentage_is_said_only_where_enough_came_before(
    total: int, before: int | None, change: str
) -> None:
    assert Pace(total, before).change == change


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        (Pace(36, 30), "较上一批次同期 +20 %"),
        (Pace(36, 3), "上一批次同期 3 条"),
        (Pace(36, None), "本批次已收"),
    ],
)
def test_the_first_sentence_compares_with_the_call_before(
    scope: Scope, pace: Pace, said: str
) -> None:
    assert said in lead(scope, pace.total, pace, [])


def test_a_span_of_months_is_drawn_by_weeks(scope: Scope) -> None:
    spring = replace(scope, since=date(2024, 1, 1), until=date(2024, 6, 1))
    labels = make_arrivals(spring, {date(2024, 3, 1): 2}, {}, None).labels
    assert labels[0] == "1月1日–1月7日"
    assert labels[-1] == "5月27日–6月1日"
    assert len(labels) == 22


def test_what_came_in_the_last_days_before_a_deadline_is_told(scope: Scope) -> None:
    assert scope.closes_at is not None
    closing = timezone.localdate(scope.closes_at)
    early = closing - timedelta(days=9)
    assert "在截止前最后 3 天到达" in make_arrivals(scope, {closing: 4, early: 4}, {}, None).finding
    assert "最后 3 天没有收到" in make_arrivals(scope, {early: 4}, {}, None).finding


def test_what_waits_longest_may_wait_for_an_office(scope: Scope) -> None:
    offices = [OfficeLoad("gaoxin", "高新处", 1, waiting=3, older14=1)]
    unrouted = OfficeLoad("", "等待分派", 2, waiting=5, older14=4)
    assert "最多的在高新处：1 条" in make_load(scope, offices).finding
    assert "最多的在等待分派：4 条" in make_load(scope, [*offices, unrouted]).finding


def test_drafts_of_a_call_without_a_deadline_are_counted_without_one(scope: Scope) -> None:
    names = {"category__name": "重点", "category__name_en": "Key", "organisation__district": ""}
    drafts = {"category_id": 1, "count": 3, "still3": 2, "still7": 1, **names}
    found = make_unfinished(replace(scope, windows=[]), [drafts])
    assert found.finding == "还有 3 份没有提交，其中 1 份超过 7 天没有动过"


def test_a_call_without_a_deadline_is_told_without_one(bureau: Bureau) -> None:
    call = load_notice("2024")
    suggestion_in("submitted", call, bureau)
    call.windows.filter(kind=COLLECT).delete()
    planner = client_of(bureau.planner)
    overview = words_of(planner.get(SUGGESTIONS.address("office-overview")))
    assert "本批次常年开放，没有截止日" in overview
    assert "收到最多的一天是" in overview


def test_a_span_of_years_is_drawn_by_months(scope: Scope) -> None:
    years = replace(scope, since=date(2023, 1, 10), until=date(2024, 6, 10))
    chart = make_arrivals(years, {date(2023, 12, 31): 2, date(2024, 6, 1): 1}, {}, None)
    assert len(chart.labels) == 18
    assert (chart.labels[0], chart.labels[-1]) == ("2023年1月", "2024年6月")
    assert [chart.series[0].values[place] for place in (10, 11, 16, 17)] == [0, 2, 2, 3]


def test_the_call_before_is_drawn_from_its_own_opening(scope: Scope) -> None:
    load_notice("2022-1")
    both = read_scope(SUGGESTIONS, {"call": scope.call.code})
    assert both is not None
    assert both.opening is not None
    opened = both.opening - timedelta(days=365)
    before = {opened: 3, opened + timedelta(days=1): 4}
    chart = make_arrivals(both, {both.opening: 1}, before, opened)
    [mine, earlier] = chart.series
    assert (mine.values[0], list(earlier.values[:2])) == (1, [3, 7])
    assert [column.label for column in chart.table.columns][-1] == "上一批次同期累计"
