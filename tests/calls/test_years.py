"""Calls of one programme follow one another; types and fields keep their thread."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.calls.notices import notice
from tests.factories import make_organisation, make_user
from tests.suggestions.factories import again, make_draft
from xinghai.calls.checking import examine_composition
from xinghai.calls.composing import Composition
from xinghai.calls.models import Call, CallForm, Category, Domain, Programme
from xinghai.calls.services import load_call, store_form
from xinghai.calls.years import counterpart
from xinghai.kernel.clock import database_now, travel_to
from xinghai.submissions.services.drafting import start
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db


def load(shipped_as: str, **changes: Any) -> Call:
    shipped = notice(shipped_as)
    made = replace(shipped, data={**deepcopy(shipped.data), **changes})
    return load_call(made, publish=True)


@pytest.mark.parametrize("order", [("2022-1", "2024"), ("2024", "2022-1")])
def test_a_call_goes_on_from_the_one_it_names_in_whichever_order_they_come(
    order: tuple[str, str],
) -> None:
    for code in order:
        load(code)
    call = Call.objects.get(code="2024")
    assert call.previous == Call.objects.get(code="2022-1")
    assert set(Programme.objects.get().calls.values_list("code", flat=True)) == {"2024", "2022-1"}
    same = dict(call.categories.values_list("code", "same_as__code"))
    assert same["CXJJ-KP"] == "CXJJ-HM-KP"  # as the definition says
    assert same["ZDYF"] == "ZDYF"  # by the same code
    assert same["CXJJ-ZD"] is None  # new in this call


def test_an_earlier_notice_loaded_again_does_not_rename_the_programme() -> None:
    named = {"code": "guide-suggestions", "name": "旧名称"}
    load("2022-1", programme=named)
    load("2024")
    renamed = Programme.objects.get().name
    load("2022-1", programme=named)
    assert Programme.objects.get().name == renamed != "旧名称"


def test_without_the_earlier_call_it_stands_alone() -> None:
    call = load("2024")
    assert call.previous is None
    assert not call.categories.filter(same_as__isnull=False).exists()


def test_a_call_issued_later_is_no_previous_one() -> None:
    load("2024")
    assert load("2022-1", previous="2024").previous is None


def test_a_line_of_calls_is_followed_in_both_directions_and_over_several_years() -> None:
    first = load("2022-1")
    second = load("2024")
    third = load("2024", code="2025", previous="2024", issued="2025-01-31")
    assert counterpart(Domain, first, "it", third) == "ai"
    assert counterpart(Domain, third, "ai", first) == "it"
    assert counterpart(Category, first, "CXJJ-HM-RK", second) == "CXJJ-RK"
    assert counterpart(Domain, first, "ships", third) == ""  # ended
    assert counterpart(Domain, second, "aerospace", first) == ""  # not there yet
    assert counterpart(Domain, second, "ai", second) == "ai"


def test_calls_that_do_not_follow_one_another_share_only_the_word() -> None:
    one, other = load("2022-1", previous=""), load("2024", previous="")
    assert counterpart(Domain, one, "health", other) == "health"
    assert counterpart(Domain, one, "it", other) == ""


def test_a_copied_record_keeps_its_field_under_the_new_name() -> None:
    former, call = load("2022-1"), load("2024")
    author = make_user()
    unit = make_organisation("enterprise", administrator=author)
    with travel_to(former.windows.all()[0].opens_at):
        earlier = make_draft(former, "ZDYF", organisation=unit, author=author, domain="it")
    assert earlier.domain.code == "it"
    with travel_to(call.windows.all()[0].opens_at):
        made = start(
            SUGGESTIONS,
            call,
            call.categories.get(code="ZDYF"),
            by=author,
            organisation=unit,
            copy_from=again(earlier),
        )
    assert (made.domain.code, made.answers["domain"]) == ("ai", "ai")
    assert made.title == earlier.title


def test_the_page_of_a_call_leads_to_the_others_of_its_programme(client: Client) -> None:
    load("2022-1")
    load("2024")
    assert 'href="/calls/2022-1/"' in client.get("/calls/2024/").content.decode()
    assert 'href="/calls/2024/"' in client.get("/calls/2022-1/").content.decode()


def fault_of(**raw: Any) -> list[str]:
    shipped = notice("2024")
    made = Composition(shipped.path, shipped.data, {**shipped.raw, **raw}, shipped.source)
    made.forms, made.parsed = shipped.forms, shipped.parsed
    return [f"{one.where}: {one.message}" for one in examine_composition(made)]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"previous": "2024"}, "previous: names the call itself"),
        ({"programme": {"name": "演示计划"}}, "programme: no 'code'"),
        ({"programme": {"code": "demo"}}, "programme: no 'name'"),
        ({"programme": {"code": "x" * 21, "name": "演示"}}, "programme: 'code' has more than 20"),
        ({"programme": {"code": "x", "name": "演" * 61}}, "programme: 'name' has more than 60"),
        (
            {"programme": {"code": "x", "name": "演示", "name_en": "x" * 121}},
            "programme: 'name_en' has more than 120",
        ),
        ({"programme": "演示计划"}, "programme: expected a table"),
        ({"previous": ""}, "CXJJ-KP: same_as: the call names no previous one"),
    ],
)
def test_what_cannot_join_years_is_named(raw: dict[str, Any], said: str) -> None:
    assert [one for one in fault_of(**raw) if one.startswith(said)]


def test_a_form_without_a_call_has_versions_of_its_own() -> None:
    form = dict(notice("2024").data["forms"]["2024-2"])
    first = store_form(None, "case", form, at=database_now())
    assert (first.call, first.version) == (None, 1)
    assert store_form(None, "case", form, at=database_now()) == first
    second = store_form(None, "case", {**form, "title": "修订的演示表"}, at=database_now())
    assert second.version == 2
    # Another key's versions and a call's own form of the same key are apart.
    assert store_form(load("2024"), "case", form, at=database_now()).version == 1
    assert CallForm.objects.filter(call=None).count() == 2


def test_a_programme_is_named_as_its_newest_call_names_it() -> None:
    load("2022-1")
    named = {"code": "guide-suggestions", "name": "演示改名的征集"}
    load("2024", programme=named)
    assert Programme.objects.get(code="guide-suggestions").name == "演示改名的征集"
    assert date(2024, 1, 31) == Call.objects.get(code="2024").issued_on
