"""A form that is data, as a page shows it: nothing lost, nothing shown too early."""

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from xinghai.kernel.form_pages import (
    FormPage,
    report_json,
    show_form,
    show_questions,
)
from xinghai.kernel.forms import KINDS, Context, examine, parse_form, to_json
from xinghai.portal.sample_form import sample_answers, sample_form

CONTEXT = Context(today=date(2024, 2, 20))


def page_of(answers: dict[str, Any], **options: Any) -> FormPage:
    form = sample_form()
    return show_form(form, answers, examine(form, answers, CONTEXT), CONTEXT, **options)


def html_of(page: FormPage) -> str:
    return render_to_string("kernel/forms/form.html", {"page": page, "action": "/"})


def shown(page: FormPage, name: str) -> Any:
    return next(one for section in page.sections for one in section.fields if one.name == name)


def test_the_sample_has_every_kind_of_field() -> None:
    assert {field.kind for field in sample_form().fields()} == set(KINDS)


def test_every_kind_can_be_drawn_with_what_was_typed_even_when_it_makes_no_sense() -> None:
    for nonsense in ("？？", 7, ["x"], {"a": "b"}, [{"a": 1}], None, True):
        answers = {field.id: nonsense for field in sample_form().fields()}
        assert "data-field" in html_of(page_of(answers))


def test_text_that_could_not_be_read_stays_in_its_control() -> None:
    page = html_of(page_of({"total": "二百万上下", "due": "年底"}))
    assert 'value="二百万上下"' in page
    assert 'value="年底"' in page


def test_a_fresh_form_blames_nobody() -> None:
    fresh = page_of({})
    assert [one for section in fresh.sections for one in section.fields if one.problems] == []
    assert len(fresh.problems) > 5
    refused = page_of({}, show_missing=True)
    assert shown(refused, "title").is_broken


def test_what_is_wrong_stands_at_its_cell() -> None:
    answers = {"indicators": [{"group": "tech", "name": "x" * 61, "target": "1"}]}
    table = shown(page_of(answers), "indicators")
    first = {cell.field.id: cell for cell in table.rows[0].cells}
    assert first["name"].is_broken
    assert not first["target"].is_broken
    page = html_of(page_of(answers))
    assert 'href="#f-indicators-0-name"' in page
    assert 'id="f-indicators-0-name"' in page


def test_a_field_other_answers_can_bring_up_is_there_but_hidden() -> None:
    assert shown(page_of({}), "partner_share").hidden
    assert not shown(page_of({"has_partner": True}), "partner_share").hidden


def test_the_table_ends_with_a_row_to_write_in_until_it_is_full() -> None:
    rows = [{"name": str(number)} for number in range(8)]
    assert len(shown(page_of({"indicators": []}), "indicators").rows) == 2
    assert len(shown(page_of({"indicators": rows[:5]}), "indicators").rows) == 6
    assert len(shown(page_of({"indicators": rows}), "indicators").rows) == 8


def test_every_question_is_there_to_be_read() -> None:
    data = to_json(sample_form())
    data["sections"][0]["visible_when"] = {"category": ["NONE"]}
    form = parse_form(data)
    report = examine(form, {}, CONTEXT)
    read = show_questions(form, CONTEXT, report)
    assert {one.name for part in read.sections for one in part.fields} == {
        field.id for field in form.fields()
    }
    assert not any(one.hidden for part in read.sections for one in part.fields)
    assert len(show_form(form, {}, report, CONTEXT).sections) == len(read.sections) - 1


@pytest.mark.parametrize(
    ("language", "label", "message"),
    [
        ("zh-hans", "指南建议名称", "现有 3 字，请写到 6 字以上。"),
        ("en", "Title of the suggestion", "3 characters now; at least 6."),
    ],
)
def test_the_report_speaks_the_readers_language(language: str, label: str, message: str) -> None:
    form, answers = sample_form(), sample_answers()
    with override(language):
        said = report_json(form, examine(form, answers, CONTEXT))
    title = next(one for one in said["problems"] if one["field"] == "title")
    assert (title["label"], title["message"], title["target"]) == (label, message, "f-title")


def test_a_classification_is_chosen_by_code_and_an_unknown_code_is_not_invented() -> None:
    page = html_of(page_of({"discipline": ["110", '9"<b>']}))
    assert page.count("selected>110 ") == 1
    assert "9&quot;&lt;b&gt;" not in page.split('data-field="discipline"')[1].split("</select>")[1]
    assert "<b>" not in page


def test_what_a_person_may_not_fill_in_is_not_on_the_page() -> None:
    data = to_json(sample_form())
    data["sections"][1]["side"] = "partner"
    form = parse_form(data)
    report = examine(form, {}, CONTEXT, sides=[""])
    page = show_form(form, {}, report, CONTEXT, sides=[""])
    assert [section.id for section in page.sections] == ["topic", "plan"]
    assert page.count == 16
