"""A field drawn from what was kept is the field its template draws, whatever the answer."""

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from xinghai.kernel import drawn_fields
from xinghai.kernel.form_pages import show_form
from xinghai.kernel.forms import Context, Report, examine
from xinghai.kernel.shown_fields import ShownField
from xinghai.portal.sample_form import sample_answers, sample_form

CONTEXT = Context(today=date(2024, 2, 1))
AWKWARD: tuple[Any, ...] = (
    None,
    "",
    "<b>&\"'</b>\n第二行",
    "12.5",
    f"{drawn_fields.TEXT} {drawn_fields.COUNT}",
    0,
    False,
    True,
    [],
    ["high", "<i>"],
    {},
    {"start": 5, "target": 7},
    {"name": "某单位", "uscc": "91210200MA00000000"},
)


def fields(answers: dict[str, Any], language: str) -> list[ShownField]:
    with override(language):
        page = show_form(sample_form(), answers, Report((), ()), CONTEXT, audience="")
    return [one for section in page.sections for one in section.fields]


def directly(shown: ShownField) -> str:
    return str(render_to_string("kernel/forms/field.html", {"shown": shown, "csrf_token": None}))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_is_drawn_as_its_template_draws_it(language: str) -> None:
    names = [one.name for one in fields({}, language)]
    every = [sample_answers(), *(dict.fromkeys(names, value) for value in AWKWARD)]
    with override(language):
        for _first_and_kept in range(2):
            for answers in every:
                for shown in fields(answers, language):
                    assert drawn_fields.draw(shown) == directly(shown), (shown.name, shown.value)


def test_an_answer_is_kept_by_no_drawing() -> None:
    """Choices apart: they are words of the form."""
    secret = "张三的秘密电话 0411-00000000"
    for shown in fields({one.name: secret for one in fields({}, "zh-hans")}, "zh-hans"):
        drawn_fields.draw(shown)
    words = {piece for _field, pieces in drawn_fields._kept.values() for piece in pieces}
    assert not [piece for piece in words if secret in piece]


def test_a_field_with_a_problem_is_drawn_with_it() -> None:
    form = sample_form()
    report = examine(form, {}, CONTEXT)
    page = show_form(form, {}, report, CONTEXT, show_missing=True)
    broken = [one for section in page.sections for one in section.fields if one.problems]
    assert broken
    for shown in broken:
        assert shown.messages[0].message in drawn_fields.draw(shown)


def test_no_more_drawings_are_kept_than_memory_is_meant_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawn_fields, "MOST_KEPT", 5)
    monkeypatch.setattr(drawn_fields, "_kept", {})
    shown = fields({}, "zh-hans")[:12]
    assert [drawn_fields.draw(one) for one in shown] == [directly(one) for one in shown]
    assert 0 < len(drawn_fields._kept) <= 5
