"""The two notices as data: complete, bilingual, with the source of every field and check."""

import json

import pytest

from tests.calls.notices import form_named, notice
from xinghai.calls.checking import examine_composition
from xinghai.calls.choosing import GUIDE_TABLE, choices_for, form_for
from xinghai.kernel.forms import DefinitionError, Field, parse_form, to_json
from xinghai.kernel.forms.checks import CHECKS

FORMS = [(code, key) for code in ("2024", "2022-1") for key in notice(code).parsed]
# Fields in all, and those everybody must fill in under the default profile, of each form's own
# table; the guide table behind it has the same in all of them.
GUIDE_COUNTS = {"2024": (20, 2), "2022-1": (20, 4)}
COUNTS = {
    "2024-1": (58, 21),
    "2024-2": (42, 22),
    "2024-3": (45, 21),
    "2024-4": (44, 20),
    "2024-5": (46, 27),
    "2024-6": (42, 23),
    "2022-1": (59, 28),
    "2022-2": (53, 29),
    "2022-3": (56, 27),
    "2022-4": (52, 33),
    "2022-5": (49, 30),
    "2022-6": (55, 35),
}


@pytest.mark.parametrize("code", ["2024", "2022-1"])
def test_a_shipped_notice_has_no_error(code: str) -> None:
    assert [one for one in examine_composition(notice(code)) if one.severity == "error"] == []


def test_there_are_twelve_forms_with_the_guide_table_of_their_call() -> None:
    assert {key for _code, key in FORMS} == set(COUNTS)
    tables = {(code, table.form) for code, key in FORMS for table in form_named(code, key).tables}
    assert tables == {("2024", "2024-guide"), ("2022-1", "2022-guide")}


@pytest.mark.parametrize(("code", "key"), FORMS)
def test_a_form_has_its_fields_and_asks_everybody_for_the_core(code: str, key: str) -> None:
    form = form_named(code, key)
    conditional = {
        field.id
        for section in form.sections
        for field in section.fields
        if field.visible_when or section.visible_when
    }
    core = {one.id for one in form.fields() if one.required and one.id not in conditional}
    counts = [
        (len(names), len(names & core)) for names in (form.names_in(""), form.names_in(GUIDE_TABLE))
    ]
    assert counts == [COUNTS[key], GUIDE_COUNTS[code]]


def labelled(field: Field) -> list[tuple[str, str]]:
    pairs = [(field.label, field.label_en), (field.help, field.help_en)]
    pairs += [(field.why, field.why_en), (field.example, field.example_en)]
    pairs += [(field.unit, field.unit_en), (field.statement, field.statement_en)]
    pairs += [(option.label, option.label_en) for option in field.options]
    return pairs + [pair for column in field.columns for pair in labelled(column)]


@pytest.mark.parametrize(("code", "key"), FORMS)
def test_every_word_of_a_form_stands_in_both_languages_with_its_source(code: str, key: str) -> None:
    form = form_named(code, key)
    pairs = [pair for field in form.fields() for pair in labelled(field)]
    pairs += [(section.title, section.title_en) for section in form.sections]
    pairs += [(section.help, section.help_en) for section in form.sections]
    pairs += [(check.message, check.message_en) for check in form.checks]
    pairs += [(table.title, table.title_en) for table in (form, *form.tables)]
    assert [pair for pair in pairs if bool(pair[0]) != bool(pair[1])] == []
    assert [field.id for field in form.fields() if not field.source] == []
    assert [check.check for check in form.checks if not check.source] == []


@pytest.mark.parametrize(("code", "key"), FORMS)
def test_a_frozen_form_is_complete_and_parses_back(code: str, key: str) -> None:
    stored = json.loads(json.dumps(notice(code).data["forms"][key]))
    assert parse_form(stored) == form_named(code, key)
    assert to_json(parse_form(stored)) == stored
    assert '_from"' not in json.dumps(stored).replace('"prefill_from"', "")


@pytest.mark.parametrize("code", ["2024", "2022-1"])
def test_every_prefill_of_the_guide_table_names_a_field_of_some_form(code: str) -> None:
    forms = notice(code).parsed.values()
    known = {name for form in forms for name in form.names_in("")}
    origins = {
        name
        for form in forms
        for field in form.fields()
        for name in field.prefill_from.replace("+", "|").split("|")
        if name
    }
    elsewhere = {"trl_now", "trl_target", "c_stages", "yy_local", "zd_demo", "cx_demo"}
    assert origins - known <= elsewhere
    assert {"title", "category", "domain", "main_content", "indicators"} <= origins & known


@pytest.mark.parametrize(("code", "key"), FORMS)
def test_the_office_keeps_its_part_of_the_guide_table(code: str, key: str) -> None:
    of_office = {one.id for one in form_named(code, key).fields("office")}
    guide = form_named(code, key).names_in(GUIDE_TABLE)
    assert of_office & guide == {"nj_source", "nj_office", "nj_opinion"}


def test_every_check_of_the_vocabulary_is_used_by_a_notice() -> None:
    used = {spec.check for code, key in FORMS for spec in form_named(code, key).checks}
    assert used == set(CHECKS)


@pytest.mark.parametrize(
    ("code", "kind", "allowed"),
    [
        ("2024", "enterprise", ["JBGS", "ZDYF", "CXJJ-ZD", "CXJJ-YY", "GJHZ", "QYHZ"]),
        (
            "2024",
            "university",
            ["JBGS", "CXJJ-ZD", "CXJJ-YY", "CXJJ-HM", "CXJJ-KP", "CXJJ-RK", "GJHZ", "QYHZ"],
        ),
        ("2024", "association", ["JBGS", "GJHZ", "QYHZ"]),
        ("2024", "government", ["JBGS", "GJHZ"]),
    ],
)
def test_what_an_organisation_may_fill_in(code: str, kind: str, allowed: list[str]) -> None:
    choices = list(choices_for(notice(code).data, kind))
    assert [one.category for one in choices if one.is_allowed] == allowed
    assert all(one.rule for one in choices)


def test_each_type_has_its_form() -> None:
    chosen = {
        one["code"]: form_for(notice("2024").data, one["code"])
        for one in notice("2024").data["categories"]
    }
    assert chosen == {
        "JBGS": "2024-1",
        "ZDYF": "2024-2",
        "CXJJ": "",
        "CXJJ-ZD": "2024-3",
        "CXJJ-YY": "2024-3",
        "CXJJ-HM": "2024-3",
        "CXJJ-KP": "2024-4",
        "CXJJ-RK": "2024-4",
        "GJHZ": "2024-5",
        "QYHZ": "2024-6",
    }
    assert form_for(notice("2022-1").data, "GXFZ") == ""
    assert form_for(notice("2022-1").data, "nowhere") == ""


def test_no_personal_number_is_in_a_definition() -> None:
    text = json.dumps([notice(code).data for code in ("2024", "2022-1")], ensure_ascii=False)
    for digits in ("158409", "183406"):
        assert digits not in text


def test_a_broken_form_raises_with_every_fault() -> None:
    broken = json.loads(json.dumps(notice("2024").data["forms"]["2024-1"]))
    broken["sections"][0]["fields"][0]["kind"] = "nothing"
    broken["checks"][0]["field"] = "nowhere"
    with pytest.raises(DefinitionError) as caught:
        parse_form(broken)
    assert len(caught.value.faults) == 2
