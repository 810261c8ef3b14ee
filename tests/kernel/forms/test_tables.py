"""A form of several tables: joined and taken apart without a letter lost."""

from typing import Any

import pytest

from tests.kernel.forms.samples import check, context, data, field, form
from xinghai.kernel.form_pages import show_form
from xinghai.kernel.forms import (
    DefinitionError,
    Report,
    add_table,
    copy_forward,
    parse_form,
    table_names,
    take_table,
    to_json,
)

OWN: dict[str, Any] = data(field("title"), field("why"), checks=(check("no_unit_name", "title"),))
OWN |= {"id": "f-1", "title": "征集表", "title_en": "Form"}
GUIDE: dict[str, Any] = data(
    field("nj_title", prefill_from="title"), checks=(check("required_when", "nj_title"),)
)
GUIDE |= {"id": "f-guide", "title": "凝练表", "title_en": "Guide", "help": "说明", "source": "测试"}
GUIDE["sections"] = [{**GUIDE["sections"][0], "id": "guide"}]
JOINED = add_table(OWN, GUIDE, table="guide")


def test_a_joined_form_asks_both_tables_and_says_where_each_opens() -> None:
    one = parse_form(JOINED)
    assert [(section.id, section.table) for section in one.sections] == [
        ("s", ""),
        ("guide", "guide"),
    ]
    assert (one.names_in(""), one.names_in("guide")) == ({"title", "why"}, {"nj_title"})
    assert (one.title_of("").zh, one.title_of("guide").en) == ("征集表", "Guide")
    assert parse_form(to_json(one)) == one


@pytest.mark.parametrize(
    ("own", "guide"),
    [
        (OWN, GUIDE),
        ({**OWN, "profile": "strict"}, {**GUIDE, "profile": "strict"}),
        (
            {name: OWN[name] for name in OWN if name != "checks"},
            {name: GUIDE[name] for name in GUIDE if name != "checks"},
        ),
    ],
    ids=["with checks", "strict", "without checks"],
)
def test_each_table_comes_out_as_it_went_in(own: dict[str, Any], guide: dict[str, Any]) -> None:
    joined = add_table(own, guide, table="guide")
    assert table_names(joined) == ("", "guide")
    assert take_table(joined, "") == own
    assert take_table(joined, "guide") == guide


def test_a_form_of_one_table_is_its_own_table() -> None:
    assert table_names(OWN) == ("",)
    assert take_table(OWN, "") == OWN


def test_tables_of_two_profiles_cannot_be_one_form() -> None:
    with pytest.raises(ValueError, match="different profiles"):
        add_table(OWN, {**GUIDE, "profile": "strict"}, table="guide")


@pytest.mark.parametrize(
    ("changed", "path", "message"),
    [
        (
            {"sections": [*OWN["sections"], {**GUIDE["sections"][0], "table": "none"}]},
            "sections(guide).table",
            "names an unknown table 'none'",
        ),
        ({"tables": [*JOINED["tables"]] * 2}, "tables(guide)", "duplicate id 'guide' (2 times)"),
        ({"tables": [{"id": "guide", "title": "表"}]}, "tables[0].form", "missing"),
    ],
)
def test_a_table_that_is_not_there_or_twice_is_a_fault(
    changed: dict[str, Any], path: str, message: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_form({**JOINED, **changed})
    assert (path, message) in [(one.path, one.message) for one in caught.value.faults]


def test_an_earlier_record_is_copied_without_the_tables_that_follow() -> None:
    one = parse_form(JOINED)
    assert copy_forward(one, one, {"title": "名称", "nj_title": "方向"}) == {"title": "名称"}


def test_a_section_without_a_table_belongs_to_the_form_itself() -> None:
    assert form(field("a")).names_in("") == {"a"}


@pytest.mark.parametrize(
    ("limits", "given", "shown"),
    [
        ({}, [{"x": "一"}], 2),
        ({"min_rows": 3}, [{"x": "一"}], 3),
        ({"max_rows": 1}, [{"x": "一"}], 1),
    ],
)
def test_a_table_shows_a_row_to_write_in_unless_it_is_full(
    limits: dict[str, int], given: list[dict[str, str]], shown: int
) -> None:
    one = form(field("t", "table", columns=[field("x")], **limits))
    page = show_form(one, {"t": given}, Report((), ()), context(), audience="")
    assert len(page.sections[0].fields[0].rows) == shown
