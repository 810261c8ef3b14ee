"""A definition is checked as a whole before anybody fills it in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.forms.samples import OPTIONS, check, data, field
from xinghai.kernel.forms import KINDS, DefinitionError, parse_form, to_json


def faults(definition: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as caught:
        parse_form(definition)
    return [(fault.path, fault.message) for fault in caught.value.faults]


def test_every_fault_is_named_at_once() -> None:
    found = faults(
        data(
            field("a", "texx"),
            field("b"),
            field("b"),
            field("c", "select"),
            checks=(check("at_leest", "a"), check("at_least", "nowhere", value=1)),
        )
    )
    assert [path for path, _ in found] == [
        "fields(b)",
        "sections(s).a",
        "sections(s).c.options",
        "checks[0](at_leest)",
        "checks[1](at_least)",
    ]
    assert "duplicate id 'b' (2 times)" in found[0][1]
    assert "unknown field kind 'texx'" in found[1][1]
    assert "unknown check 'at_leest'" in found[3][1]
    assert "unknown field 'nowhere'" in found[4][1]


@pytest.mark.parametrize(
    ("definition", "path", "words"),
    [
        (data(field("a", max_chars="many")), "sections[0](s).fields[0](a).max_chars", "not usable"),
        (data(field("a", colour="red")), "sections[0](s).fields[0](a).colour", "unknown key"),
        (data(field("a", audience="all")), "sections[0](s).fields[0](a).audience", "'all' is not"),
        (data(field("a", min_value="viel")), "sections[0](s).fields[0](a).min_value", "not usable"),
        (data(field("a", visible_when="b")), "sections[0](s).fields[0](a)", "names a subject"),
        (
            data(field("k", "select", options=OPTIONS), field("a", visible_when={"field": "k"})),
            "sections(s).a",
            "lists no values",
        ),
        (
            data(field("a"), checks=(check("at_least", "a", value=True),)),
            "checks[0](at_least).value",
            "not usable: True",
        ),
        (data(field("a", max_rows=3)), "sections(s).a.max_rows", "'text' does not know"),
        (data(field("a", min_chars=5, max_chars=4)), "sections(s).a", "more than max_chars"),
        (data(field("a", "tree_select", tree="gbt1")), "sections(s).a.tree", "unknown tree"),
        (
            data(field("t", "table", columns=[field("x", "file")])),
            "sections(s).t.x",
            "cannot be a column",
        ),
        (
            data(field("a", visible_when={"field": "z", "in": ["1"]})),
            "sections(s).a",
            "unknown field 'z'",
        ),
        (
            data(
                field("k", "select", options=OPTIONS),
                field("a", visible_when={"field": "k", "in": ["c"]}),
            ),
            "sections(s).a",
            "no option of 'k'",
        ),
        (
            data(field("a"), checks=(check("at_least", "a"),)),
            "checks[0](at_least).value",
            "missing",
        ),
        (
            data(field("a"), checks=(check("at_least", "a", value=1, speed=2),)),
            "checks[0](at_least).speed",
            "unknown parameter",
        ),
        (
            data(
                field("t", "table", columns=[field("x")]),
                checks=(check("rows_include", "t", column="y", any_of=["1"]),),
            ),
            "checks[0](rows_include)",
            "unknown column 'y'",
        ),
        (
            data(field("a"), checks=({**check("at_least", "a", value=1), "source": ""},)),
            "checks[0](at_least).source",
            "a source",
        ),
        ({"id": "f", "title": "t", "sections": []}, "sections", "at least one section"),
        ({"id": "f", "sections": ["x"]}, "sections[0]", "expected a table"),
    ],
)
def test_a_fault_names_its_path(definition: dict[str, Any], path: str, words: str) -> None:
    assert [one for one in faults(definition) if one[0] == path and words in one[1]]


NAMES = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
WORDS = st.text(max_size=12)


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    fields = [draw(a_field(name)) for name in names]
    made = data(*fields)
    made["help"] = draw(WORDS)
    made["profile"] = draw(st.sampled_from(["default", "strict"]))
    if draw(st.booleans()):
        made["checks"] = [check("at_least", names[0], value=draw(st.integers(0, 9)))]
    return made


@st.composite
def a_field(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    needs: dict[str, Any] = {
        "options": OPTIONS,
        "tree": "gbt13745",
        "statement": "承诺",
        "columns": [field("x", "integer"), field("y", "daterange")],
    }
    made = field(name, kind.name, **{need: needs[need] for need in kind.needs})
    made["help"] = draw(WORDS)
    made["required"] = draw(st.booleans())
    for limit, value in (("max_chars", 9), ("min_value", "0.01"), ("max_rows", 4)):
        if limit in kind.limits and draw(st.booleans()):
            made[limit] = value
    if draw(st.booleans()):
        made["visible_when"] = {"category": ["A"], "not_organisation_kind": ["enterprise"]}
    return made


@given(definitions())
def test_a_definition_survives_the_round_trip_through_jsonb(definition: dict[str, Any]) -> None:
    form = parse_form(definition)
    stored = json.loads(json.dumps(to_json(form)))
    assert parse_form(stored) == form
    assert to_json(parse_form(stored)) == stored


@pytest.mark.parametrize(
    ("definition", "path"),
    [
        (data(field("a", promote="title"), field("b", promote="title")), "promote(title)"),
        (data(field("a", "textarea", promote="title")), "sections(s).a.promote"),
        (data(field("a", promote="amount")), "sections(s).a.promote"),
        (data(field("a", promote="weight")), "sections[0](s).fields[0](a).promote"),
    ],
)
def test_a_column_is_filled_by_one_field_of_its_kind(definition: dict[str, Any], path: str) -> None:
    assert path in [where for where, _message in faults(definition)]


def test_a_field_is_found_by_the_column_it_fills_and_in_old_forms_by_its_id() -> None:
    named = parse_form(data(field("name", promote="title"), field("title")))
    assert named.promoted("title").id == "name"  # type: ignore[union-attr]
    old = parse_form(data(field("title")))
    assert old.promoted("title").id == "title"  # type: ignore[union-attr]
    assert old.promoted("amount") is None


@pytest.mark.parametrize("section", [{"side": "partner", "most": 0}, {"most": 2}])
def test_room_for_partners_is_only_where_a_side_fills_the_section(section: dict[str, Any]) -> None:
    definition = data(field("a"))
    definition["sections"][0].update(section)
    assert [where for where, _message in faults(definition)] == ["sections(s).most"]


def test_a_side_has_the_most_room_any_of_its_sections_gives() -> None:
    definition = data(field("a"))
    first = {**definition["sections"][0], "side": "partner", "most": 3}
    second = {**first, "id": "t", "most": 1, "fields": [field("b")]}
    form = parse_form({**definition, "sections": [first, second]})
    assert (form.most_on("partner"), form.most_on("provider")) == (3, 0)


def test_advice_that_contradicts_itself_is_refused() -> None:
    found = faults(
        data(field("a", required=True, advised=True), field("b", "date", advised_least=3))
    )
    assert [message for _path, message in found] == [
        "a field is required or advised, not both",
        "'date' does not know 'advised_least'",
    ]
