"""The search finds calls, types, offices with their telephones, forms and answered questions."""

import pytest
from django.test import Client

from tests.pages import html_of, words_of
from xinghai.calls.indexing import keep_everything
from xinghai.calls.models import Call


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2024年大连市科技计划项目申报指南", "征集批次"),
        ("JIANYI 2024", ""),
        ("揭榜挂帅技术", "项目类型"),
        ("39989885", "处室电话"),
        ("海洋经济 智能制造", "处室电话"),
        ("软科学研究和科普指南征集表", "表格"),
        ("Soft science", "项目类型"),
        ("%", ""),
        ("'; DROP TABLE calls_call; --", ""),
        ("x" * 5000, ""),
    ],
)
def test_every_word_must_stand_in_what_is_found(
    client: Client, call_2024: Call, typed: str, found: str
) -> None:
    keep_everything()
    page = words_of(client.get("/search/", {"q": typed}))
    assert (f" {found} " in page.split("找到")[-1]) if found else ("没有找到" in page)


def test_what_was_typed_is_marked_where_it_stands(client: Client, call_2024: Call) -> None:
    keep_everything()
    page = html_of(client.get("/search/", {"q": "高新"}))
    assert "<mark>高新</mark>处" in page
    assert 'href="tel:0411-39989885"' in page


def test_a_call_found_by_one_of_its_fields_says_so(client: Client, call_2024: Call) -> None:
    keep_everything()
    assert (
        "<mark>海洋经济</mark>"
        in html_of(client.get("/search/", {"q": "海洋经济"}))
        .split(call_2024.title)[1]
        .partition("</li>")[0]
    )


def test_a_call_in_preparation_is_not_found(client: Client, call_in_preparation: Call) -> None:
    keep_everything()
    assert "没有找到" in words_of(client.get("/search/", {"q": "揭榜挂帅"}))


@pytest.mark.django_db
def test_nothing_typed_asks_nothing_and_helps(client: Client) -> None:
    for typed in ("", "   ", "\x00"):
        assert "可以搜批次名称" in words_of(client.get("/search/", {"q": typed}))
