"""Two versions side by side, three of them brought together."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.forms.samples import NEEDS, OPTIONS, field, form
from xinghai.kernel.forms import KINDS, changes, merge

FORM = form(
    field("a"),
    field("m", "decimal", unit="万元"),
    field("k", "select", options=OPTIONS),
    field("t", "table", columns=[field("x"), field("n", "integer")]),
)


def test_a_change_is_told_as_people_read_it() -> None:
    old = {"a": "旧", "m": "200.00", "k": "a", "t": [{"x": "一", "n": 1}, {"x": "二"}]}
    new = {"a": "新", "m": "200", "k": "b", "t": [{"x": "一", "n": 2}]}
    found = changes(old, new, FORM)
    assert [(one.field, one.label, one.label_en) for one in found] == [
        ("a", "栏目a", "Field a"),
        ("k", "栏目k", "Field k"),
        ("t", "栏目t", "Field t"),
    ]
    assert [(d.where, d.old, d.new) for one in found for d in one.differences] == [
        ("", "旧", "新"),
        ("", "甲", "乙"),
        ("第 1 行", "一 · 1", "一 · 2"),
        ("第 2 行", "二", ""),
    ]


def test_an_empty_field_and_an_absent_one_are_the_same() -> None:
    assert changes({"a": "", "t": []}, {}, FORM) == []


def test_what_only_one_side_changed_is_taken() -> None:
    base = {"a": "一", "k": "a"}
    merged = merge(base, {**base, "a": "二"}, {**base, "k": "b"}, FORM)
    assert merged.answers == {"a": "二", "k": "b"}
    assert merged.conflicts == ()


def test_what_both_changed_differently_is_never_decided_silently() -> None:
    merged = merge({"a": "一"}, {"a": "二"}, {"a": "三"}, FORM)
    assert [(one.field, one.base, one.mine, one.theirs) for one in merged.conflicts] == [
        ("a", "一", "二", "三")
    ]
    assert merged.answers == {"a": "二"}


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    merged = merge({"m": "1"}, {"m": "200"}, {"m": "200.00"}, FORM)
    assert (merged.answers, merged.conflicts) == ({"m": "200"}, ())


@pytest.mark.parametrize("emptied", ["", None])
def test_emptying_a_field_is_a_change_too(emptied: Any) -> None:
    merged = merge({"a": "一"}, {"a": "一"}, {"a": emptied}, FORM)
    assert (merged.answers["a"], merged.conflicts) == ("", ())


ANSWERS = st.fixed_dictionaries(
    {}, optional={"a": st.sampled_from(["", "一", "二"]), "k": st.sampled_from(["a", "b"])}
)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_no_change_is_lost_by_a_merge(base: Any, mine: Any, theirs: Any) -> None:
    merged = merge(base, mine, theirs, FORM)
    in_conflict = {one.field for one in merged.conflicts}
    for name in ("a", "k"):
        values = [one.get(name) or "" for one in (base, mine, theirs)]
        old, own, other = values
        expected = own if own != old else other
        assert (merged.answers.get(name) or "") == expected
        assert (name in in_conflict) == (own != old and other != old and own != other)


EMPTY = {
    **dict.fromkeys(("text", "textarea", "select", "radio", "decimal"), ""),
    **dict.fromkeys(("date", "phone", "email"), ""),
    **dict.fromkeys(("bool", "integer", "commitment", "trl"), None),
    **{one: [] for one in ("multiselect", "tags", "tree_select", "multi_ref", "file", "table")},
    **{one: {} for one in ("daterange", "org_ref", "ref", "trl_pair")},
}


def test_every_kind_has_an_emptiness_of_its_own() -> None:
    assert EMPTY.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", EMPTY)
def test_what_one_side_took_away_is_stored_as_that_kind_stores_nothing(kind: str) -> None:
    needs = {need: NEEDS[need] for need in KINDS[kind].needs}
    stored = {"a": [{"x": "演示"}]}
    merged = merge(stored, {"a": None}, stored, form(field("a", kind, **needs)))
    assert merged.answers == {"a": EMPTY[kind]}
    assert merged.conflicts == ()
