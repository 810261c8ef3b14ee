"""The front page answers what is open, for how long, for whom, and what fits me."""

import re
from datetime import datetime

import pytest
from django.test import Client

from tests.calls.asking import answered, asked
from tests.factories import make_user
from tests.pages import html_of, queries_of, words_of
from xinghai.calls.models import Call
from xinghai.calls.windows import CITY
from xinghai.kernel.clock import travel_to

CALL_2024 = "2024年大连市科技计划项目申报指南建议征集"
CALL_2022 = "2022年大连市第一批科技计划项目指南建议征集"


def text_of(client: Client, address: str) -> str:
    return words_of(client.get(address))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=CITY)


def test_the_collection_shows_its_deadline_and_whom_it_is_for(
    client: Client, call_2024: Call
) -> None:
    with travel_to(at("2024-02-20T12:00:00")):
        page = text_of(client, "/")
    opened, closed = page.split("已截止", 1)
    assert "集中征集" in opened
    assert "还有 9 天" in opened
    assert "截止 2024年2月29日 23:59，计入 2024 年度建议库" in opened
    assert "面向企业、高等院校、科研院所等 11 类单位" in opened
    assert CALL_2024 in opened
    assert CALL_2024 not in closed


def test_after_the_deadline_the_call_goes_on_for_the_next_pool(
    client: Client, call_2024: Call
) -> None:
    with travel_to(at("2024-03-01T00:00:00")):
        page = text_of(client, "/")
    assert "长期开放" in page
    assert "2024年3月1日 起常态化征集，现在提的建议计入 2025 年度建议库" in page


def test_a_closed_call_stays_to_be_read(client: Client, call_2022: Call) -> None:
    with travel_to(at("2021-11-10T23:59:59")):
        assert CALL_2022 in text_of(client, "/").split("已截止")[0]
    with travel_to(at("2021-11-11T00:00:00")):
        opened, closed = text_of(client, "/").split("已截止", 1)
    assert "现在没有开放的征集" in opened
    assert CALL_2022 in closed
    assert "2021年11月10日 23:59 截止" in closed


def test_what_will_open_is_announced(client: Client, call_2024: Call) -> None:
    with travel_to(at("2024-01-30T12:00:00")):
        page = text_of(client, "/")
    assert f"“{CALL_2024}”2024年1月31日 00:00 开始" in page


def test_the_nearest_deadline_stands_first(
    client: Client, call_2024: Call, call_2022: Call
) -> None:
    window = call_2022.windows.get()
    window.closes_at = at("2024-03-05T23:59:59")
    window.save()
    with travel_to(at("2024-03-02T12:00:00")):
        page = html_of(client.get("/"))
    assert page.index(CALL_2022) < page.index(CALL_2024)


@pytest.mark.django_db
def test_without_any_call_the_page_still_helps(client: Client) -> None:
    page = text_of(client, "/")
    assert "现在没有开放的征集。新的批次发布后会列在这里。" in page
    assert "还没有已截止的批次。" in page
    assert "到现在为止" not in page


def test_a_call_in_preparation_is_not_shown(client: Client, call_in_preparation: Call) -> None:
    assert CALL_2024 not in text_of(client, "/")


def test_the_latest_answers_are_shown_and_waiting_questions_are_not(
    client: Client, call_2024: Call
) -> None:
    answered(call_2024, text="公开的问题演示")
    asked(call_2024, text="等着的问题演示")
    page = text_of(client, "/")
    assert "公开的问题演示" in page
    assert "等着的问题演示" not in page


def test_the_front_page_asks_five_questions_however_many_calls(
    client: Client, call_2024: Call, request: pytest.FixtureRequest
) -> None:
    answered(call_2024, by=make_user())
    first = queries_of(client, "/")
    call_2022 = request.getfixturevalue("call_2022")
    for number in range(3):
        answered(call_2022, text=f"演示问题{number}", by=make_user())
    assert queries_of(client, "/") == first == 5


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/calls/", {CALL_2024, CALL_2022}),
        ("/calls/?state=open", {CALL_2024}),
        ("/calls/?state=closed", {CALL_2022}),
        ("/calls/?year=2022", {CALL_2022}),
        ("/calls/?state=open&year=2022", set()),
        ("/calls/?state=nonsense&year=' OR 1=1", {CALL_2024, CALL_2022}),
    ],
)
def test_every_call_can_be_found_again(
    client: Client, call_2024: Call, call_2022: Call, address: str, shown: set[str]
) -> None:
    page = text_of(client, address)
    assert {title for title in (CALL_2024, CALL_2022) if title in page} == shown
    assert ("没有符合条件的批次。" in page) == (not shown)


def test_the_list_of_calls_is_constant_in_queries(
    client: Client, call_2024: Call, request: pytest.FixtureRequest
) -> None:
    first = queries_of(client, "/calls/")
    request.getfixturevalue("call_2022")
    assert queries_of(client, "/calls/") == first <= 5


@pytest.mark.parametrize("address", ["/", "/calls/", "/what/", "/search/?q=zzz", "/search/"])
def test_english_is_complete(
    client: Client, call_2024: Call, call_2022: Call, address: str
) -> None:
    client.cookies["django_language"] = "en"
    page = text_of(client, address)
    sources = r"20\d\d年通知[^A-Za-z]*"
    left = re.sub(sources, "", page)
    assert set(re.findall(r"[\u4e00-\u9fff]+", left)) <= {"中文"}
