"""One examination for everybody: what is missing, what is wrong, how far each section is."""

from typing import Any

import pytest

from tests.kernel.forms.samples import LEVELS, NEEDS, OPTIONS, check, context, data, field, form
from xinghai.kernel.forms import (
    KINDS,
    Report,
    copy_forward,
    demanded,
    examine,
    follow,
    parse_answers,
    parse_form,
    prefill,
    submitted_answers,
)


def problems(report: Report) -> list[tuple[str, str, str]]:
    return [(one.field, one.nature, one.severity) for one in report.problems]


def test_a_required_field_is_asked_for_once_even_by_two_rules() -> None:
    one = form(field("a", required=True), checks=(check("required_when", "a"),))
    report = examine(one, {}, context())
    assert problems(report) == [("a", "missing", "block")]
    assert report.problems[0].message == "请填写“栏目a”。"
    assert report.problems[0].message_en == "Please fill in “Field a”."
    assert not report.is_submittable


def test_the_strict_profile_asks_for_what_the_default_one_leaves_open() -> None:
    definition = data(field("a", strict=True))
    assert examine(parse_form(definition), {}, context()).is_submittable
    strict = parse_form({**definition, "profile": "strict"})
    assert not examine(strict, {}, context()).is_submittable


def test_a_warning_does_not_stop_a_submission() -> None:
    one = form(field("n", "integer"), checks=(check("at_most", "n", value=3, severity="warn"),))
    report = examine(one, {"n": 4}, context())
    assert problems(report) == [("n", "rule", "warn")]
    assert report.is_submittable
    assert report.warnings[0].source == "测试"


def test_a_hidden_field_is_neither_required_nor_submitted_but_kept() -> None:
    one = form(
        field("k", "select", options=OPTIONS),
        field("a", required=True, visible_when={"field": "k", "in": ["b"]}),
    )
    answers = {"k": "a", "a": "写过的"}
    assert examine(one, {"k": "a"}, context()).is_submittable
    assert not examine(one, {"k": "b"}, context()).is_submittable
    assert submitted_answers(one, answers, context()) == {"k": "a"}
    assert parse_answers(one, {"k": "b"}, base=answers) == {"k": "b", "a": "写过的"}


@pytest.mark.parametrize(
    ("condition", "facts", "is_shown"),
    [
        ({"category": ["X"]}, {"category": "X"}, True),
        ({"category": ["X"]}, {"category": "X-1", "category_path": ("X",)}, True),
        ({"category": ["X"]}, {"category": "Y"}, False),
        ({"organisation_kind": ["enterprise"]}, {"organisation_kind": "enterprise"}, True),
        ({"organisation_kind": ["enterprise"]}, {"organisation_kind": "university"}, False),
        ({"not_organisation_kind": ["enterprise"]}, {"organisation_kind": "enterprise"}, False),
        ({"category": ["X"], "organisation_kind": ["enterprise"]}, {"category": "X"}, False),
    ],
)
def test_a_field_can_depend_on_the_type_and_on_who_fills_it_in(
    condition: dict[str, Any], facts: dict[str, Any], is_shown: bool
) -> None:
    one = form(field("a", required=True, visible_when=condition))
    assert examine(one, {}, context(**facts)).is_submittable is not is_shown


def test_sections_say_how_far_they_are() -> None:
    two = {
        "id": "f",
        "title": "t",
        "sections": [
            {"id": "one", "title": "一", "fields": [field("a", required=True), field("b")]},
            {"id": "two", "title": "二", "fields": [field("n", "integer", required=True)]},
            {
                "id": "hidden",
                "title": "三",
                "visible_when": {"category": ["Z"]},
                "fields": [field("z")],
            },
        ],
    }
    states = [
        {one.id: (one.state, one.filled, one.total, one.required_left) for one in report.sections}
        for report in (
            examine(parse_form(two), answers, context())
            for answers in ({}, {"b": "x", "n": "三"}, {"a": "x", "n": 3})
        )
    ]
    assert states == [
        {"one": ("empty", 0, 2, 1), "two": ("empty", 0, 1, 1)},
        {"one": ("begun", 1, 2, 1), "two": ("problem", 1, 1, 0)},
        {"one": ("complete", 1, 2, 0), "two": ("complete", 1, 1, 0)},
    ]


def test_a_partner_is_examined_on_its_own_part_only() -> None:
    sections = [
        {"id": "all", "title": "一", "fields": [field("a", required=True)]},
        {"id": "p", "title": "二", "side": "provider", "fields": [field("b", required=True)]},
        {"id": "d", "title": "三", "side": "demander", "fields": [field("c", required=True)]},
    ]
    one = parse_form({"id": "f", "title": "t", "sections": sections})
    assert one.partner_sides == {"provider", "demander"}
    found = {
        sides: [problem.field for problem in examine(one, {}, context(), sides=sides).problems]
        for sides in (None, ("provider",), ("", "demander"))
    }
    assert found == {None: ["a", "b", "c"], ("provider",): ["b"], ("", "demander"): ["a", "c"]}


def test_what_only_the_office_fills_in_is_not_asked_of_the_submitter() -> None:
    one = form(field("a"), field("o", required=True, audience="office"))
    assert examine(one, {}, context()).is_submittable
    assert not examine(one, {}, context(), audience="").is_submittable
    assert parse_answers(one, {"a": "x", "o": "y"}) == {"a": "x"}


def test_a_problem_in_a_table_names_row_and_column() -> None:
    one = form(field("t", "table", columns=[field("x", required=True), field("n", "integer")]))
    report = examine(one, {"t": [{"x": "1", "n": 2}, {"n": "二"}]}, context())
    assert [(p.row, p.column, p.nature) for p in report.problems] == [
        (1, "x", "missing"),
        (1, "n", "invalid"),
    ]


def test_a_report_can_be_sent_to_a_browser() -> None:
    sent = examine(form(field("a", required=True)), {}, context()).to_json()
    assert (sent["is_submittable"], sent["blocking"], sent["warnings"]) == (False, 1, 0)
    assert sent["problems"][0]["field"] == "a"
    assert sent["sections"][0]["state"] == "empty"


def test_a_read_only_field_keeps_what_the_profile_says() -> None:
    one = form(field("a", readonly=True, prefill="organisation.uscc"), field("b"))
    base = prefill(one, {"organisation": {"uscc": "91210200MA0000000X"}})
    assert base == {"a": "91210200MA0000000X"}
    assert parse_answers(one, {"a": "伪造", "b": "x"}, base=base) == {**base, "b": "x"}


def test_prefill_takes_the_first_known_fact_that_is_a_choice() -> None:
    one = form(field("k", "select", options=OPTIONS, prefill="category.code|category.group"))
    assert prefill(one, {"category": {"code": "a-1", "group": "a"}}) == {"k": "a"}
    assert prefill(one, {"category": {"code": "b", "group": "a"}}) == {"k": "b"}
    assert prefill(one, {"category": {"code": "x"}}) == {}


def test_a_field_follows_others_in_shared_columns_and_as_a_pair() -> None:
    levels = LEVELS
    one = form(
        field("now", "trl", options=levels),
        field("goal", "trl", options=levels),
        field("t", "table", columns=[field("x"), field("extra")]),
        field("second"),
        field("pair", "trl_pair", options=levels, prefill_from="now+goal"),
        field("g", "table", columns=[field("x")], prefill_from="t"),
        field("either", prefill_from="first|second"),
    )
    answers = {"now": 4, "goal": 7, "t": [{"x": "1", "extra": "2"}], "second": "乙"}
    assert follow(one, answers) == {
        "pair": {"start": 4, "target": 7},
        "g": [{"x": "1"}],
        "either": "乙",
    }
    assert follow(one, {"now": 4}) == {}


def test_an_earlier_record_is_copied_without_its_promises_and_files() -> None:
    one = form(
        field("a"),
        field("c", "commitment", statement="承诺"),
        field("f", "file"),
        field("u", readonly=True),
    )
    old = {"a": "文字", "c": True, "f": [{"id": "1", "name": "a.pdf"}], "u": "旧名"}
    assert copy_forward(one, one, old) == {"a": "文字"}


def test_a_field_follows_one_of_another_kind_in_its_words() -> None:
    one = form(
        field("k", "select", options=OPTIONS),
        field("a", prefill_from="k"),
    )
    assert follow(one, {"k": "b"}) == {"a": "乙"}


def test_advice_is_told_apart_and_a_rule_speaks_before_it() -> None:
    """What is only advised is no warning; where a rule demands it, the rule alone is told."""
    asked = check("required_when", "b", when={"field": "a", "in": ["x"]})
    definition = form(field("a"), field("b", advised=True), checks=(asked,))
    quiet = examine(definition, {}, context())
    assert [(one.field, one.nature) for one in quiet.advised] == [("b", "advised")]
    assert (quiet.warnings, quiet.is_submittable) == ((), True)
    loud = examine(definition, {"a": "x"}, context())
    assert (loud.advised, [one.field for one in loud.blocking]) == ((), ["b"])


@pytest.mark.parametrize(
    ("kind", "value", "more"),
    [("textarea", "短", {}), ("tags", ["一"], {}), ("table", [{"x": "1"}], {})],
)
def test_an_advised_least_is_told_with_its_own_source(
    kind: str, value: object, more: dict[str, object]
) -> None:
    needs = {need: NEEDS[need] for need in KINDS[kind].needs}
    given = {"advised_least": 3, "advice_source": "平台建议", "source": "通知", **needs, **more}
    report = examine(form(field("a", kind, **given)), {"a": value}, context())
    assert [(one.severity, one.source) for one in report.of("a")] == [("warn", "平台建议")]
    assert report.is_submittable


def test_what_is_demanded_now_is_what_a_rule_asks_for_now() -> None:
    asked = check("required_when", "b", when={"field": "a", "in": ["x"]})
    definition = form(field("a", required=True), field("b"), checks=(asked,))
    assert demanded(definition, {}, context()) == {"a"}
    assert demanded(definition, {"a": "x"}, context()) == {"a", "b"}
