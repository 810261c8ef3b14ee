"""The front page answers what is open, for how long, and what fits whom."""

import re
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.pages import words_of
from xinghai.calls.models import Call
from xinghai.calls.windows import CITY
from xinghai.kernel.clock import travel_to

CALL_2024 = "2024年大连市科技计划项目申报指南建议征集"
CALL_2022 = "2022年大连市第一批科技计划项目指南建议征集"


def text_of(client: Client, address: str) -> str:
    return words_of(client.get(address))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=CITY)


def test_the_collection_shows_its_deadline(client: Client, call_2024: Call) -> None:
    with travel_to(at("2024-02-20T12:00:00")):
        page = text_of(client, "/")
    opened, closed = page.split("已截止", 1)
    assert "集中征集" in opened
    assert "截止 2024年2月29日 23:59" in opened
    assert CALL_2024 in opened
    assert CALL_2024 not in closed


def test_after_the_deadline_the_call_goes_on_for_the_next_pool(
    client: Client, call_2024: Call
) -> None:
    with travel_to(at("2024-03-01T00:00:00")):
        page = text_of(client, "/")
    assert "2024年3月1日 起常态化征集，计入 2025 年度建议库" in page


def test_a_closed_call_stays_to_be_read(client: Client, call_2022: Call) -> None:
    with travel_to(at("2021-11-10T23:59:59")):
        assert CALL_2022 in text_of(client, "/").split("已截止")[0]
    with travel_to(at("2021-11-11T00:00:00")):
        opened, closed = text_of(client, "/").split("已截止", 1)
    assert "现在没有开放的征集" in opened
    assert CALL_2022 in closed
    assert "2021年11月10日 23:59 截止" in closed


@pytest.mark.parametrize(
    ("kind", "fits", "does_not"),
    [
        ("enterprise", {"揭榜挂帅技术攻关", "重点科技研发计划", "重大基础研究"}, {"软科学研究"}),
        ("university", {"揭榜挂帅技术攻关", "科技惠民", "软科学研究"}, {"重点科技研发计划"}),
        ("association", {"揭榜挂帅技术攻关", "区域合作专项"}, {"科技惠民", "国际科技合作专项"}),
    ],
)
def test_what_fits_whom_comes_with_its_rule(
    client: Client, call_2024: Call, kind: str, fits: set[str], does_not: set[str]
) -> None:
    page = text_of(client, f"/?kind={kind}")
    offered = page.split("我能报什么")[1].split("四步完成")[0]
    assert {name for name in fits | does_not if name in offered} == fits
    assert "依据 2024年通知 二" in offered


def test_a_kind_nothing_is_open_to_is_told_so(client: Client, call_2024: Call) -> None:
    assert "这个批次没有面向该类单位的项目类型" in text_of(client, "/?kind=government")


def test_nonsense_in_the_address_is_ignored(client: Client, call_2024: Call) -> None:
    assert client.get("/?kind=' OR 1=1").status_code == 200


def test_a_call_in_preparation_is_not_shown(client: Client, call_in_preparation: Call) -> None:
    assert CALL_2024 not in text_of(client, "/")


@pytest.mark.parametrize("kind", ["", "enterprise"])
def test_the_front_page_asks_three_questions_however_many_calls(
    client: Client,
    call_2024: Call,
    django_assert_num_queries: DjangoAssertNumQueries,
    request: pytest.FixtureRequest,
    kind: str,
) -> None:
    with django_assert_num_queries(3):
        client.get(f"/?kind={kind}")
    request.getfixturevalue("call_2022")
    with django_assert_num_queries(3):
        client.get(f"/?kind={kind}")


def test_english_is_complete(client: Client, call_2024: Call, call_2022: Call) -> None:
    client.cookies["django_language"] = "en"
    page = text_of(client, "/?kind=enterprise")
    assert "Guide suggestions for Dalian's S&T programme 2024" in page
    sources = r"20\d\d年通知[^A-Za-z]*"
    left = re.sub(sources, "", page)
    assert set(re.findall(r"[\u4e00-\u9fff]+", left)) <= {"中文"}
