"""What is open, what a call's page shows, who receives what: few queries, nothing to strangers."""

from datetime import datetime

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from tests.calls.notices import notice
from tests.factories import load_both_notices, make_staff, make_user
from xinghai.accounts.kinds import Role
from xinghai.calls.composing import Composition
from xinghai.calls.models import Call
from xinghai.calls.routing import proposed_by, rule_of
from xinghai.calls.selectors import (
    call_page,
    categories_for,
    definition_of,
    form_of,
    landline_of,
    office_for,
    open_calls,
    routes_of,
    visible_calls,
)
from xinghai.calls.services import cancel_call, load_call
from xinghai.calls.windows import city_time

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def calls() -> dict[str, Call]:
    load_both_notices()
    return {code: Call.objects.get(code=code) for code in ("2024", "2022-1")}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2021-10-19T23:59:59", set()),
        ("2021-10-20T00:00:00", {"2022-1"}),
        ("2021-11-10T23:59:59.9", {"2022-1"}),
        ("2021-11-11T00:00:00", set()),
        ("2024-01-31T00:00:00", {"2024"}),
        ("2024-02-29T23:59:59.9", {"2024"}),
        ("2024-03-01T00:00:00", {"2024"}),
    ],
)
def test_a_call_is_open_to_the_second(
    calls: dict[str, Call], moment: str, expected: set[str]
) -> None:
    now = city_time(moment)
    assert {call.code for call in open_calls(now)} == expected


def test_lists_of_calls_take_the_same_queries_for_one_and_for_two(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = city_time("2024-02-01T00:00:00")
    load_call(notice("2024"), publish=True)
    with django_assert_num_queries(1):
        [call.closing_day() for call in open_calls(now)]
    load_call(notice("2022-1"), publish=True)
    with django_assert_num_queries(1):
        [call.closing_day() for call in open_calls(now)]


def test_a_call_s_page_takes_one_query(
    calls: dict[str, Call], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = city_time("2024-02-01T12:00:00")
    definition_of(calls["2024"])  # read once per process
    with django_assert_num_queries(1):
        page = call_page("2024", now=now, user=NOBODY)
        assert page is not None
        assert page.window is not None
        assert page.window.kind == "collect"
        assert len(page.definition["forms"]) == 6
        assert [one.category for one in page.choices("association") if one.is_allowed] == [
            "JBGS",
            "GJHZ",
            "QYHZ",
        ]


def test_a_call_being_prepared_is_seen_by_staff_only() -> None:
    load_call(notice("2024"))
    now: datetime = city_time("2024-02-01T12:00:00")
    assert call_page("2024", now=now, user=NOBODY) is None
    assert call_page("2024", now=now, user=make_staff(Role.OFFICER)) is not None
    assert open_calls(now) == []


def test_a_list_of_calls_shows_exactly_what_the_view_rule_allows() -> None:
    planner = make_staff(Role.PLANNER)
    for code, publish in (("2024", True), ("2022-1", False)):
        load_call(notice(code), publish=publish)
    cancelled = changed_code("2023")
    cancel_call(load_call(cancelled), by=planner, reason="演示取消")
    for user in (NOBODY, make_user(), make_staff(Role.OFFICER), planner):
        allowed = {
            one for one in Call.objects.all() if rules.has_perm("calls.view_call", user, one)
        }
        assert set(visible_calls(user)) == allowed
    assert {one.code for one in visible_calls(NOBODY)} == {"2024", "2023"}


def changed_code(code: str) -> Composition:
    """The 2024 notice under another code."""
    made = notice("2024")
    other = Composition(made.path, {**made.data, "code": code}, made.raw, made.source)
    other.forms, other.parsed = made.forms, made.parsed
    return other


def test_the_office_of_a_cell_and_the_proposal_for_an_open_one(calls: dict[str, Call]) -> None:
    call = calls["2024"]
    livelihood = call.categories.get(code="CXJJ-HM")
    health, energy = (call.domains.get(code=code) for code in ("health", "energy"))
    office = office_for(call, livelihood, health, {})
    assert office is not None
    assert (office.name, landline_of(call, office)) == ("社农处", "0411-39989856")
    assert office_for(call, livelihood, energy, {}) is None
    rules = [rule_of(row) for row in routes_of(call)]
    assert proposed_by(rules, "CXJJ-HM", "health") == ""
    assert proposed_by(rules, "CXJJ-HM", "energy") == "chengguo"
    assert proposed_by(rules, "CXJJ-HM", "energy", answers={"cx_benefit": "medicine"}) == ""


def test_a_type_under_two_others_finds_its_office(calls: dict[str, Call]) -> None:
    call = calls["2022-1"]
    relief, soft = (call.categories.get(code=f"CXJJ-HM-{one}") for one in ("FP", "RK"))
    agriculture = call.domains.get(code="agriculture")
    assert office_for(call, relief, agriculture, {}) is None
    decided = office_for(call, soft, agriculture, {})
    assert decided is not None
    assert decided.name == "法规处"
    assert office_for(call, soft, None, {}) == decided


def test_a_type_has_its_form_with_the_guide_table_in_it(calls: dict[str, Call]) -> None:
    call = calls["2024"]
    found = {
        code: (form.key, [table.form for table in form.form.tables])
        for code in ("JBGS", "CXJJ-HM", "CXJJ-KP", "CXJJ-RK")
        if (form := form_of(call, call.categories.get(code=code)))
    }
    assert found == {
        "JBGS": ("2024-1", ["2024-guide"]),
        "CXJJ-HM": ("2024-3", ["2024-guide"]),
        "CXJJ-KP": ("2024-4", ["2024-guide"]),
        "CXJJ-RK": ("2024-4", ["2024-guide"]),
    }


def test_what_may_i_fill_in_says_the_rule_behind_it(calls: dict[str, Call]) -> None:
    refused = {
        one.category: one.rule
        for one in categories_for(calls["2024"], "university")
        if not one.is_allowed
    }
    assert refused == {"ZDYF": "2024年通知 二（二）2：支持企业组织实施"}


def test_the_last_day_is_known_only_where_collecting_ends(calls: dict[str, Call]) -> None:
    assert calls["2024"].closing_day() is None
    assert str(calls["2022-1"].closing_day()) == "2021-11-10"
