"""A definition that cannot be used is refused with file, line and cell."""

import re
import shutil
from pathlib import Path

import pytest

from xinghai.calls.checking import check_definition
from xinghai.calls.composing import DEFINITIONS, definition_path


@pytest.fixture
def notice_file(tmp_path: Path) -> Path:
    """A copy of the shipped definitions that a test may spoil."""
    shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    return tmp_path / "definitions" / "2024.toml"


def spoil(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; return the line it stood on."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def errors(path: Path) -> list[tuple[str, int, str, str]]:
    return [
        (one.place.file, one.place.line, one.where, one.message)
        for one in check_definition(path)
        if one.severity == "error"
    ]


def line_of(path: Path, text: str, occurrence: int = 0) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if line == text][occurrence]


def test_a_call_of_no_process_names_its_line(notice_file: Path) -> None:
    line = spoil(notice_file, 'kind = "suggestion"', 'kind = "sugestion"')
    (found,) = errors(notice_file)
    assert found[1:3] == (line, "kind")
    assert "there are suggestion" in found[3]


def test_a_step_the_process_does_not_have_names_its_line(notice_file: Path) -> None:
    """Suggestions go to the bureau by the unit at most: asked otherwise, handing in would fail."""
    asked = 'recommended_kinds = ["public"]'
    spoil(notice_file, "endorsed_kinds = ", f"{asked}\nendorsed_kinds = ")
    (found,) = errors(notice_file)
    assert found[1:3] == (line_of(notice_file, asked), "recommended_kinds")
    assert "no such step" in found[3]


def test_an_undefined_cell_names_line_and_cell(notice_file: Path) -> None:
    line = spoil(notice_file, 'energy = ["chengguo", ', 'energy = ["", ')
    assert errors(notice_file) == [
        ("2024.toml", line, "JBGS x energy", "undefined cell without a proposed office")
    ]


def test_a_cell_the_notice_leaves_open_is_a_notice_with_our_proposal(notice_file: Path) -> None:
    found = [one for one in check_definition(notice_file) if one.severity == "notice"]
    assert len(found) == 8
    text = notice_file.read_text(encoding="utf-8").splitlines()
    for one in found:
        domain = one.where.partition(" x ")[2]
        assert text[one.place.line - 1].startswith(f"{domain} = ")


def test_an_unreachable_office_names_line_and_cell(notice_file: Path) -> None:
    line = spoil(notice_file, 'marine = ["shenong"', 'marine = ["quyu"')
    assert errors(notice_file) == [
        (
            "2024.toml",
            line,
            "JBGS x marine",
            "unreachable office 'quyu': the call does not list it",
        )
    ]


def test_an_office_without_a_landline_is_unreachable(notice_file: Path) -> None:
    line = spoil(notice_file, 'landline = "0411-39989823"\n', "")
    [(file, at, where, message)] = errors(notice_file)
    assert (file, where, message) == (
        "2024.toml",
        "waizhuan",
        "unreachable office: it has no landline",
    )
    assert at == line - 4


def test_an_unknown_kind_names_the_line_of_its_field(notice_file: Path) -> None:
    block = notice_file.parent / "blocks" / "fund.toml"
    line = spoil(
        block, 'id = "cx_science_q"\nkind = "textarea"', 'id = "cx_science_q"\nkind = "essay"'
    )
    [(file, at, where, message)] = errors(notice_file)
    assert (file, at) == ("blocks/fund.toml", line - 1)
    assert "cx_science_q" in where
    assert message.startswith("unknown field kind 'essay'")


def test_a_want_nobody_can_choose_names_its_type(notice_file: Path) -> None:
    line = spoil(notice_file, 'wants = ["develop"]', 'wants = ["develope"]')
    [(file, at, where, message)] = errors(notice_file)
    assert (file, where, message) == ("2024.toml", "ZDYF", "unknown want 'develope'")
    assert at < line


def test_a_duplicate_field_names_the_second_one(notice_file: Path) -> None:
    block = notice_file.parent / "blocks" / "fund.toml"
    line = spoil(block, 'id = "cx_science_q"', 'id = "title"')
    [(file, at, where, message)] = [one for one in errors(notice_file) if "duplicate" in one[3]]
    assert (file, at) == ("blocks/fund.toml", line - 1)
    assert where == "2024-3 fields(title)"
    assert message == "duplicate id 'title' (2 times)"


def test_a_duplicate_category_names_the_second_one(notice_file: Path) -> None:
    line = spoil(notice_file, 'code = "QYHZ"', 'code = "GJHZ"')
    assert ("2024.toml", line - 1, "GJHZ", "duplicate id 'GJHZ'") in errors(notice_file)


def test_a_check_on_an_unknown_field_names_its_line(notice_file: Path) -> None:
    block = notice_file.parent / "blocks" / "readiness.toml"
    line = spoil(block, 'start = "trl_now"', 'start = "trl_then"')
    [(file, at, _where, message)] = errors(notice_file)
    assert (file, at) == ("blocks/readiness.toml", line - 3)
    assert message == "names an unknown field 'trl_then'"


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        (
            'closes = "2024-02-29T23:59:59"',
            'closes = "2024-02-29T23:59:58"',
            "集中征集 / 常态化征集",
            "gap between two windows",
        ),
        (
            'opens = "2024-03-01T00:00:00"',
            'opens = "2024-02-29T23:59:59"',
            "集中征集 / 常态化征集",
            "overlap between two windows",
        ),
        (
            'pool = "2024"',
            'pool = "2024"\npurpose = "recomend"',
            "windows",
            "unknown purpose 'recomend'; there are hand_in, recommend",
        ),
        ('form = "2024-2"\n', "", "ZDYF", "category without form: nobody could fill it in"),
        ('form = "2024-2"\n', 'form = "2024-9"\n', "ZDYF", "names an unknown form '2024-9'"),
        (
            'parent = "CXJJ"\n',
            'parent = "CX"\n',
            "CXJJ-ZD",
            "stands under 'CX', which is not listed before it",
        ),
        (
            'allowed_kinds = ["enterprise"]',
            'allowed_kinds = ["enterprize"]',
            "ZDYF",
            "unknown kind of organisation 'enterprize'",
        ),
        ('kind = "partner", ', 'kind = "pair", ', "CXJJ-ZD", "unknown joint filling 'pair'"),
        (
            'field = "cx_ent", ',
            'field = "cx_end", ',
            "CXJJ-ZD",
            "joint filling names an unknown field 'cx_end'",
        ),
        ("plan_year = 2024", "plan_year = 2024\ncolour = 1", "colour", "unknown key"),
        ('pool = "2024"', 'pool = "2024"\nend = 1', "windows[0].end", "unknown key"),
        (
            'health = ["shenong", ',
            "health = [",
            "* x health",
            "7 cells for 8 columns",
        ),
        ('{ category = "CXJJ-KP"', '{ category = "KEPU"', "KEPU x *", "unknown category 'KEPU'"),
        (
            'guide_form = "2024-guide"',
            'guide_form = "guide"',
            "guide_form",
            "names a form that is not there",
        ),
        (
            '"2024/6.toml"',
            '"2024/7.toml"',
            "forms[5]",
            "the form file '2024/7.toml' cannot be used",
        ),
    ],
)
def test_each_other_fault_is_named(
    notice_file: Path, old: str, new: str, where: str, message: str
) -> None:
    spoil(notice_file, old, new)
    assert (where, message) in [(one[2], one[3]) for one in errors(notice_file)]


RECOMMENDING = """[[windows]]
purpose = "recommend"
kind = "{kind}"
name = "归口推荐"
opens = "2024-01-31T00:00:00"
{closes}pool = "2024"

[[offices]]
code = "gaoxin"
"""


@pytest.mark.parametrize(
    ("closes", "message"),
    [
        ("", None),
        ('closes = "2030-12-31T23:59:59"\n', "recommending ends before handing in does"),
    ],
)
def test_recommending_lasts_as_long_as_handing_in(
    notice_file: Path, closes: str, message: str | None
) -> None:
    """The notice of 2024 collects without an end."""
    added = RECOMMENDING.format(kind="rolling", closes=closes)
    spoil(notice_file, '[[offices]]\ncode = "gaoxin"\n', added)
    line = line_of(notice_file, 'purpose = "recommend"') - 1
    wanted = [("2024.toml", line, "归口推荐", message)] if message else []
    assert errors(notice_file) == wanted


def test_a_call_that_only_recommends_takes_nothing(notice_file: Path) -> None:
    text = notice_file.read_text(encoding="utf-8")
    closed = text.replace("[[windows]]", '[[windows]]\npurpose = "recommend"')
    notice_file.write_text(closed, encoding="utf-8")
    line = line_of(notice_file, "[[windows]]")
    message = "no window to hand in: nobody could submit"
    assert errors(notice_file) == [("2024.toml", line, "windows", message)]


def test_a_missing_row_of_the_table_is_undefined(notice_file: Path) -> None:
    text = notice_file.read_text(encoding="utf-8")
    notice_file.write_text(re.sub(r"\nculture = \[.*\]", "", text), encoding="utf-8")
    line = line_of(notice_file, "[routing.matrix]")
    assert errors(notice_file) == [
        ("2024.toml", line, "* x culture", "undefined: the row is missing")
    ]


def test_a_rule_of_2022_names_its_own_line(notice_file: Path) -> None:
    path = notice_file.parent / "2022-1.toml"
    line = spoil(path, '{ domain = "marine", office = "shenong" }', '{ domain = "marine" }')
    assert errors(path) == [
        ("2022-1.toml", line, "* x marine", "undefined cell without a proposed office")
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('when = { nothing = "medicine" }', "the form has no field 'nothing'"),
        ('when = { cx_benefit = "moon" }', "'moon' is no choice of 'cx_benefit'"),
        (
            'when = { cx_benefit = "medicine", cx_sub = "a" }',
            "a rule's `when` names one field, and the rule a category",
        ),
    ],
)
def test_a_rule_about_an_answer_no_form_knows_names_its_line(
    notice_file: Path, written: str, message: str
) -> None:
    line = spoil(notice_file, 'when = { cx_benefit = "medicine" }', written)
    assert errors(notice_file) == [("2024.toml", line, "CXJJ-HM x *", message)]


def test_a_file_that_is_no_toml_names_the_line(notice_file: Path) -> None:
    notice_file.write_text('code = "x"\nplan_year = \n', encoding="utf-8")
    [(file, line, _where, message)] = errors(notice_file)
    assert (file, line) == ("2024.toml", 2)
    assert message.startswith("not valid TOML")


def test_an_unknown_block_and_list_are_named(notice_file: Path) -> None:
    line = spoil(notice_file.parent / "2024" / "2.toml", '"key_research"', '"nothing"')
    other = spoil(
        notice_file.parent / "blocks" / "regional.toml",
        'options_from = "regions"',
        'options_from = "places"',
    )
    found = errors(notice_file)
    assert ("2024/2.toml", line, "2024/2.toml", "unknown block 'nothing'") in found
    named = [one for one in found if one[3] == "unknown list 'places'"]
    assert [(one[0], one[1], one[2]) for one in named] == [
        ("blocks/regional.toml", other - 5, "qy_region")
    ]


def test_a_shipped_notice_is_named_by_its_code() -> None:
    assert definition_path("2022-1") == DEFINITIONS / "2022-1.toml"
    assert definition_path("some/file.toml") == Path("some/file.toml")
    assert [one.message for one in check_definition(Path("nowhere.toml"))] == [
        "cannot be read: No such file or directory"
    ]


def test_one_name_in_a_form_and_in_the_guide_table_is_named_where_it_stands(
    notice_file: Path,
) -> None:
    """A suggestion has one form, so ids are unique over both of its tables."""
    guide = notice_file.parent / "blocks" / "guide.toml"
    field = spoil(guide, 'id = "nj_brief"', 'id = "background"')
    spoil(guide, 'prefill_from = "background"', 'prefill_from = "why"')
    found = errors(notice_file)
    assert {(file, line) for file, line, _where, _message in found} == {
        ("blocks/guide.toml", field - 1)
    }
    assert {(where, message) for _file, _line, where, message in found} == {
        (f"2024-{number} fields(background)", "duplicate id 'background' (2 times)")
        for number in range(1, 7)
    }


def test_a_fault_of_the_guide_table_is_named_once(notice_file: Path) -> None:
    guide = notice_file.parent / "blocks" / "guide.toml"
    line = spoil(guide, 'kind = "multi_ref"', 'kind = "none"')
    [(file, at, where, _message)] = errors(notice_file)
    assert (file, at) == ("blocks/guide.toml", line - 2)
    assert where == "2024-guide sections(guide).nj_source"


def test_a_guide_table_of_another_profile_is_refused(notice_file: Path) -> None:
    spoil(
        notice_file.parent / "2024" / "guide.toml",
        'id = "2024-guide"',
        'profile = "strict"\nid = "2024-guide"',
    )
    message = "its profile is not the guide table's"
    assert [one[2:] for one in errors(notice_file)] == [(f"2024-{n}", message) for n in range(1, 7)]
