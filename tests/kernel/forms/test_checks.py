"""Each word of the vocabulary of checks, at its border."""

from datetime import date
from typing import Any

import pytest

from tests.kernel.forms.samples import LEVELS, check, context, field, form
from xinghai.kernel.forms import examine
from xinghai.kernel.forms.checks.base import Situation


def hits(
    spec: dict[str, Any], fields: list[dict[str, Any]], answers: dict[str, Any], **facts: Any
) -> list[tuple[str, str, int | None]]:
    one = form(*fields, checks=(spec,))
    report = examine(one, answers, context(**facts))
    found = [problem for problem in report.problems if problem.source == "测试"]
    return [(problem.field, problem.severity, problem.row) for problem in found]


@pytest.mark.parametrize(
    ("name", "more", "value", "is_fine"),
    [
        ("at_least", {"value": "200"}, "199.99", False),
        ("at_least", {"value": "200"}, "200", True),
        ("at_least", {"value": "200"}, "200.01", True),
        ("at_most", {"value": 36}, "36", True),
        ("at_most", {"value": 36}, "36.01", False),
        ("between", {"low": 6, "high": 36}, "5.99", False),
        ("between", {"low": 6, "high": 36}, "6", True),
        ("between", {"low": 6, "high": 36}, "36", True),
        ("between", {"low": 6, "high": 36}, "36.01", False),
        ("at_least", {"value": "200"}, "", True),
    ],
)
def test_a_border_belongs_to_the_allowed_side(
    name: str, more: dict[str, Any], value: str, is_fine: bool
) -> None:
    found = hits(check(name, "a", **more), [field("a", "decimal")], {"a": value})
    assert found == ([] if is_fine else [("a", "block", None)])


@pytest.mark.parametrize(("ask", "is_fine"), [("99.99", True), ("100", True), ("100.01", False)])
def test_one_amount_may_equal_but_not_exceed_another(ask: str, is_fine: bool) -> None:
    fields = [field("ask", "decimal"), field("all", "decimal")]
    found = hits(check("not_more_than", "ask", other="all"), fields, {"ask": ask, "all": "100"})
    assert (found == []) is is_fine


@pytest.mark.parametrize(
    ("day", "is_fine"), [("2027-02-01", True), ("2027-02-02", False), ("", True)]
)
def test_within_three_years_includes_the_anniversary(day: str, is_fine: bool) -> None:
    found = hits(check("within_years", "d", years=3), [field("d", "date")], {"d": day})
    assert (found == []) is is_fine


def test_three_years_after_a_leap_day_end_on_the_28th() -> None:
    spec, fields = check("within_years", "d", years=3), [field("d", "date")]
    today = date(2024, 2, 29)
    assert hits(spec, fields, {"d": "2027-02-28"}, today=today) == []
    assert hits(spec, fields, {"d": "2027-03-01"}, today=today) != []


@pytest.mark.parametrize(("day", "is_fine"), [("2024-02-01", True), ("2024-01-31", False)])
def test_today_is_not_past(day: str, is_fine: bool) -> None:
    assert (hits(check("not_past", "d"), [field("d", "date")], {"d": day}) == []) is is_fine


COLUMNS = [field("class"), field("target"), field("unit"), field("level", "integer")]


@pytest.mark.parametrize(
    ("target", "unit", "is_fine"),
    [
        ("95", "%", True),
        ("≥95", "%", True),
        ("95%", "", True),
        ("1,000", "台", True),
        ("有", "", True),
        ("95", "", False),
        ("显著提高", "%", False),
    ],
)
def test_a_target_is_measurable(target: str, unit: str, is_fine: bool) -> None:
    rows = [{"target": "1", "unit": "项"}, {"target": target, "unit": unit}]
    spec = check("measurable", "t", column="target", unit="unit")
    found = hits(spec, [field("t", "table", columns=COLUMNS)], {"t": rows})
    assert found == ([] if is_fine else [("t", "block", 1)])


def test_rows_must_include_one_of_the_values() -> None:
    spec = check("rows_include", "t", column="class", any_of=["economic", "social"])
    table = [field("t", "table", columns=COLUMNS)]
    assert hits(spec, table, {"t": [{"class": "technical"}]}) == [("t", "block", None)]
    assert hits(spec, table, {"t": [{"class": "technical"}, {"class": "social"}]}) == []
    assert hits(spec, table, {"t": []}) == []


@pytest.mark.parametrize(("count", "is_fine"), [(1, False), (2, True)])
def test_rows_are_counted(count: int, is_fine: bool) -> None:
    spec = check("count_at_least", "t", value=2)
    rows = [{"class": "x"}] * count
    found = hits(spec, [field("t", "table", columns=COLUMNS)], {"t": rows})
    assert (found == []) is is_fine


@pytest.mark.parametrize(("whole", "is_fine"), [(4, True), (5, False)])
def test_the_whole_is_as_ready_as_its_least_ready_part(whole: int, is_fine: bool) -> None:
    fields = [field("t", "table", columns=COLUMNS), field("w", "trl", options=LEVELS)]
    spec = check("lowest_is", "t", column="level", total="w")
    answers = {"t": [{"level": 6}, {"level": 4}], "w": whole}
    assert (hits(spec, fields, answers) == []) is is_fine


def test_vague_words_are_named_with_their_row() -> None:
    spec = check("no_words", "t", column="target", words=["显著", "较大"], severity="warn")
    spec["message"] = "“{found}”无法考核"
    one = form(field("t", "table", columns=COLUMNS), checks=(spec,))
    report = examine(one, {"t": [{"target": "5"}, {"target": "显著且较大"}]}, context())
    assert [(p.row, p.column, p.message) for p in report.problems] == [
        (1, "target", "“显著、较大”无法考核")
    ]


@pytest.mark.parametrize(
    ("title", "is_fine"),
    [
        ("演示海工装备有限公司深海绞车", False),
        ("演示海工装备的深海绞车", False),
        ("深海绞车主动升沉补偿技术", True),
    ],
)
def test_a_title_does_not_name_the_unit_in_long_or_short(title: str, is_fine: bool) -> None:
    found = hits(
        check("no_unit_name", "a"),
        [field("a")],
        {"a": title},
        organisation_name="大连演示海工装备有限公司",
        places=("大连市", "大连"),
    )
    assert (found == []) is is_fine


@pytest.mark.parametrize(
    ("code", "is_fine"), [("91350100M000100Y43", True), ("91350100M000100Y44", False), ("", True)]
)
def test_a_credit_code_has_a_check_digit(code: str, is_fine: bool) -> None:
    assert (hits(check("credit_code", "a"), [field("a")], {"a": code}) == []) is is_fine


@pytest.mark.parametrize(("kind", "is_fine"), [("enterprise", True), ("university", False)])
def test_only_the_kinds_addressed_may_submit(kind: str, is_fine: bool) -> None:
    spec = check("only_for", "a", kinds=["enterprise"])
    assert (hits(spec, [field("a")], {}, organisation_kind=kind) == []) is is_fine


@pytest.mark.parametrize(
    ("value", "is_fine"),
    [({"name": "甲", "kind": "university"}, True), ({"name": "甲", "kind": "enterprise"}, False)],
)
def test_a_named_organisation_is_of_the_right_kind(value: Any, is_fine: bool) -> None:
    spec = check("organisation_is", "o", kinds=["university"])
    assert (hits(spec, [field("o", "org_ref")], {"o": value}) == []) is is_fine
    assert hits(spec, [field("o", "org_ref")], {"o": {"name": "未登记", "kind": ""}}) == []


@pytest.mark.parametrize(
    ("named", "partners", "is_fine"),
    [
        ({}, {}, True),
        ({"name": "某厂"}, {}, False),
        ({"name": "某厂"}, {"partner": False}, False),
        ({"name": "某厂"}, {"partner": True}, True),
    ],
)
def test_a_named_partner_must_have_confirmed(named: Any, partners: Any, is_fine: bool) -> None:
    spec = check("confirmed_partner", "o", role="partner")
    found = hits(spec, [field("o", "org_ref")], {"o": named}, partners=partners)
    assert (found == []) is is_fine


SIDES = [{"value": one, "label": one} for one in ("demander", "provider", "joint")]


@pytest.mark.parametrize(
    ("side", "kind", "partners", "count"),
    [
        ("provider", "university", {"demander": True}, 0),
        ("provider", "university", {"demander": False}, 1),
        ("provider", "university", {}, 1),
        ("demander", "enterprise", {"provider": True}, 0),
        ("demander", "enterprise", {"demander": True}, 1),
        ("demander", "university", {"provider": True}, 1),
        ("demander", "university", {}, 2),
        ("joint", "enterprise", {"provider": True}, 0),
        ("joint", "university", {"demander": True}, 0),
        ("joint", "university", {"provider": True}, 1),
        ("", "university", {}, 0),
    ],
)
def test_both_sides_are_present_and_the_demander_is_an_enterprise(
    side: str, kind: str, partners: dict[str, bool], count: int
) -> None:
    spec = check("both_sides", "s", demander_kinds=["enterprise"])
    fields = [field("s", "radio", options=SIDES)]
    found = hits(spec, fields, {"s": side}, organisation_kind=kind, partners=partners)
    assert len(found) == count


@pytest.mark.parametrize(("value", "count"), [("CX-ZD", 0), ("CX", 0), ("CX-YY", 1), ("", 0)])
def test_a_choice_that_repeats_the_type_agrees_with_it(value: str, count: int) -> None:
    facts = {"category": "CX-ZD", "category_path": ("CX",)}
    assert len(hits(check("matches_category", "a"), [field("a")], {"a": value}, **facts)) == count


def test_a_domain_that_is_repeated_agrees_with_the_record() -> None:
    spec = check("matches_domain", "a")
    assert hits(spec, [field("a")], {"a": "ai"}, domain="ai") == []
    assert hits(spec, [field("a")], {"a": "ai"}, domain="energy") == [("a", "block", None)]


def test_a_check_applies_only_under_its_condition() -> None:
    spec = check("required_when", "a", when={"category": ["X"]})
    assert hits(spec, [field("a")], {}, category="Y") == []
    assert hits(spec, [field("a")], {}, category="X") == [("a", "block", None)]


def test_every_chosen_value_is_among_the_listed() -> None:
    spec, fields = check("one_of", "a", values=["JP", "KR"]), [field("a")]
    assert hits(spec, fields, {"a": "JP"}) == []
    assert hits(spec, fields, {"a": "FR"}) == [("a", "block", None)]


def test_a_readiness_pair_passes_warns_or_blocks() -> None:
    fields = [field("now", "trl", options=LEVELS), field("goal", "trl", options=LEVELS)]
    spec = check(
        "allowed_pairs",
        "goal",
        start="now",
        pairs=[[4, 7]],
        tolerated=[[3, 7]],
        soft_message="偏低",
        soft_message_en="Low",
    )
    assert hits(spec, fields, {"now": 4, "goal": 7}) == []
    assert hits(spec, fields, {"now": 3, "goal": 7}) == [("now", "warn", None)]
    assert hits(spec, fields, {"now": 4, "goal": 6}) == [("goal", "block", None)]
    assert hits(spec, fields, {"now": 4}) == []


def test_a_check_never_looks_at_a_field_that_is_not_there() -> None:
    one = form(field("a"), checks=(check("at_least", "a", value=1),))
    with pytest.raises(LookupError, match="nowhere"):
        Situation(one, {}, context(), one.checks[0]).field("nowhere")
