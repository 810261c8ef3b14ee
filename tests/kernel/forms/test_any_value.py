"""Whatever a browser sends or a database holds: a value is stored in its kind's type, or as text.

A value of another type that is stored already (from before, or by hand) breaks no method.
"""

import json
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.forms.samples import LEVELS, NEEDS, check, context, field, form
from xinghai.kernel.forms import (
    KINDS,
    Field,
    changes,
    copy_forward,
    examine,
    follow,
    kind_of,
    merge,
    parse_answers,
)
from xinghai.kernel.forms.definition import FormDefinition
from xinghai.kernel.shown_fields import ShownField

PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**40), 10**40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["a", "1", "6", "2024-02-29", "13800000000", "true", "x@y.zz", "110"]),
)
# The words a kind looks for inside a value are among the keys, so that the search goes deep.
WORDS = st.sampled_from(
    ["id", "name", "label", "uscc", "kind", "start", "end", "target", "x", "n", "d"]
)
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)
KIND_NAMES = sorted(KINDS)
COLUMNS = [field(f"c_{name}", name, **{need: NEEDS[need] for need in KINDS[name].needs})
           for name in KIND_NAMES if KINDS[name].in_table]  # fmt: skip


def definition_of(kind: str) -> FormDefinition:
    """A form with one field of the kind, and every check that can stand on one."""
    needs = {need: NEEDS[need] for need in KINDS[kind].needs}
    if "options" in needs and kind.startswith("trl"):
        needs["options"] = LEVELS
    if kind == "table":
        needs["columns"] = [*NEEDS["columns"], *COLUMNS]
    checks = (
        check("one_of", "a", values=["a"]),
        check("matches_category", "a"),
        check("matches_domain", "a"),
        check("within_years", "a", years=3),
        check("not_past", "a"),
        check("no_words", "a", words=["大约"]),
        check("no_unit_name", "a"),
        check("credit_code", "a"),
        check("at_least", "a", value="1"),
        check("between", "a", low="1", high="3"),
        check("count_at_least", "a", value=2),
        check("organisation_is", "a", kinds=["enterprise"]),
        check("both_sides", "a", demander_kinds=["enterprise"]),
    )
    return form(field("a", kind, **needs), field("b", kind, prefill_from="a", **needs),
                checks=checks)  # fmt: skip


FORMS = {kind: definition_of(kind) for kind in KIND_NAMES}


def the_field(kind: str) -> Field:
    return next(FORMS[kind].fields())


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(sent=ANYTHING)
@settings(max_examples=60)
def test_what_is_stored_has_the_type_of_its_kind_or_is_text(kind: str, sent: Any) -> None:
    stored = parse_answers(FORMS[kind], {"a": sent})["a"]
    assert KINDS[kind].stores(stored), stored
    assert json.loads(json.dumps(stored)) == stored
    again = parse_answers(FORMS[kind], {"a": stored})["a"]
    assert KINDS[kind].stores(again)


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(held=ANYTHING, other=ANYTHING)
@settings(max_examples=60)
def test_no_stored_value_breaks_what_is_asked_of_it(kind: str, held: Any, other: Any) -> None:
    form_, one, method = FORMS[kind], the_field(kind), kind_of(the_field(kind))
    for language in ("zh", "en"):
        assert isinstance(method.display(held, one, language), str)
        method.diff(held, other, one, language)
    assert isinstance(method.cell(held, one), str)
    assert isinstance(method.text(held, one), str)
    assert isinstance(method.masked(held, one), str)
    method.prefill(held, one)
    answers = {"a": held, "b": other}
    facts = context(category="a", domain="d", organisation_name="演示公司")
    assert examine(form_, answers, facts).to_json()
    assert follow(form_, answers) is not None
    assert copy_forward(form_, form_, answers) is not None
    assert changes(answers, {"a": other, "b": held}, form_) is not None
    assert merge(answers, {"a": other}, {"b": held}, form_) is not None


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(held=ANYTHING)
@settings(max_examples=15)
def test_no_stored_value_breaks_its_control(kind: str, held: Any) -> None:
    shown = ShownField(field=the_field(kind), value=held, language="zh", name="a", id="f-a")
    assert isinstance(shown.words, str)
    assert render_to_string("kernel/forms/field.html", {"shown": shown, "csrf_token": ""})
