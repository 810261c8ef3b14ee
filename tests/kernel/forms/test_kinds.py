"""What people type, what is stored, what is shown: every kind of field."""

import json
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.forms.samples import LEVELS, NEEDS, context, field, form
from xinghai.kernel.forms import KINDS, Field, FileFacts, kind_of
from xinghai.kernel.forms.trees import tree_named


def a(kind: str, **more: Any) -> Field:
    needs = {need: NEEDS[need] for need in KINDS[kind].needs}
    return next(form(field("a", kind, **{**needs, **more})).fields())


def parsed(kind: str, raw: Any, **more: Any) -> Any:
    one = a(kind, **more)
    return kind_of(one).parse(raw, one)


def said(kind: str, value: Any, facts: Any = None, **more: Any) -> list[str]:
    one = a(kind, **more)
    found = kind_of(one).problems(value, one, facts or context())
    return [fault.text.zh for fault in found]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("200", "200"),
        ("200万", "200"),
        ("200万元", "200"),
        ("200 万元", "200"),
        ("２００", "200"),
        ("２００．５", "200.5"),
        ("2,000,000", "2000000"),
        ("2,000,000元", "200"),
        ("１，０００万", "1000"),
        ("1.5亿", "15000"),
        ("3亿元", "30000"),
        ("¥500万", "500"),
        ("199.99", "199.99"),
        ("200.00", "200"),
        ("0", "0"),
        (200, "200"),
        (199.99, "199.99"),
    ],
)
def test_money_is_read_as_people_type_it(typed: Any, stored: str) -> None:
    assert parsed("decimal", typed, unit="万元") == stored


@pytest.mark.parametrize("typed", ["二百", "200万美元", "1e9", "200-300", "--", "9" * 30])
def test_money_that_cannot_be_read_is_kept_and_named(typed: str) -> None:
    stored = parsed("decimal", typed, unit="万元")
    assert stored == typed
    assert said("decimal", stored, unit="万元") == [f"“{typed}”不是数字，请改为数字。"]


def test_money_has_two_decimal_places_and_a_unit() -> None:
    assert said("decimal", "0.001", unit="万元") == ["最多保留 2 位小数。"]
    assert said("decimal", "0", unit="万元", above=0) == ["必须大于 0 万元。"]
    one = a("decimal", unit="万元", unit_en="×10,000 yuan")
    assert kind_of(one).display("1234567.5", one) == "1,234,567.5 万元"
    assert kind_of(one).display("200", one, "en") == "200 ×10,000 yuan"
    assert kind_of(one).cell("1234567.5", one) == "1234567.5"
    assert kind_of(one).same("200.00", "200")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2024.2.29", "2024-02-29"),
        ("2024-02-29", "2024-02-29"),
        ("2024/2/29", "2024-02-29"),
        ("2024年2月29日", "2024-02-29"),
        ("20240229", "2024-02-29"),
        ("２０２４．２．２９", "2024-02-29"),
        (" 2024 年 2 月 29 日 ", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str, stored: str) -> None:
    assert parsed("date", typed) == stored
    assert said("date", stored) == []


@pytest.mark.parametrize("typed", ["2023.2.29", "2024-13-01", "明年", "29.2.2024"])
def test_a_date_that_does_not_exist_is_kept_and_named(typed: str) -> None:
    assert parsed("date", typed) == typed
    assert said("date", typed) == [f"“{typed}”不是有效日期，请写成 2024-02-29 这样。"]


def test_a_range_needs_both_ends_in_order() -> None:
    stored = parsed("daterange", "2024.1.1 至 2025.12.31")
    assert stored == {"start": "2024-01-01", "end": "2025-12-31"}
    assert said("daterange", stored) == []
    assert said("daterange", {"start": "2024-01-01", "end": ""}) == ["请同时填写开始和结束日期。"]
    reversed_ = {"start": "2024-01-02", "end": "2024-01-01"}
    assert said("daterange", reversed_) == ["结束日期早于开始日期。"]


@pytest.mark.parametrize(
    ("kind", "raw", "stored"),
    [
        ("text", "  两个\u3000 词 ", "两个 词"),
        ("textarea", "一\r\n二 ", "一\n二"),
        ("integer", "２万", 20000),
        ("integer", "12", 12),
        ("phone", "+86 138-0000-0000", "13800000000"),
        ("phone", "１３８００００００００", "13800000000"),
        ("email", " a@b.cn ", "a@b.cn"),
        ("tags", "一、二，三;一", ["一", "二", "三", "一"]),
        ("select", "甲", "a"),
        ("select", "b", "b"),
        ("multiselect", ["b", "甲", "b"], ["a", "b"]),
        ("multiselect", "a", ["a"]),
        ("bool", "on", True),
        ("bool", "否", False),
        ("bool", "", None),
        ("commitment", "true", True),
        ("tree_select", "110, 120", ["110", "120"]),
        ("org_ref", "某厂", {"id": "", "name": "某厂", "uscc": "", "kind": ""}),
        ("ref", {"id": 7, "name": "批次"}, {"id": "7", "label": "批次"}),
        ("multi_ref", [{"id": 1, "label": "x"}, {}], [{"id": "1", "label": "x"}]),
        ("file", ["u1", {"id": "u2", "name": "b.pdf"}], None),
        ("trl", "TRL 6", 6),
        ("trl", "6级", 6),
        ("trl", "", None),
        ("trl_pair", ["4", "7"], {"start": 4, "target": 7}),
        ("table", [{"x": " 甲 ", "n": "3", "d": ""}, {"x": ""}], [{"x": "甲", "n": 3}]),
    ],
)
def test_what_a_browser_sends_becomes_one_json_value(kind: str, raw: Any, stored: Any) -> None:
    if kind == "file":
        stored = [{"id": "u1", "name": ""}, {"id": "u2", "name": "b.pdf"}]
    assert parsed(kind, raw) == stored


@pytest.mark.parametrize(
    ("kind", "value", "limits", "message"),
    [
        ("text", "字" * 101, {"max_chars": 100}, "现有 101 字，请精简到 100 字以内。"),
        ("textarea", "字" * 99, {"min_chars": 100}, "现有 99 字，请写到 100 字以上。"),
        ("text", "a1", {"pattern": "[0-9]+", "example": "12"}, "格式不对，请按示例填写：12"),
        ("integer", 5, {"min_value": 6}, "不能小于 6。"),
        ("integer", "五", {}, "“五”不是整数，请改为整数。"),
        ("phone", "12800000000", {}, "“12800000000”不是 11 位手机号码，请核对。"),
        ("email", "a@b", {}, "“a@b”不是有效的电子邮箱，请核对。"),
        ("tags", ["一", "一"], {}, "“一”重复了，请删去一个。"),
        ("tags", ["一", "二"], {"min_items": 3}, "现有 2 项，至少 3 项。"),
        ("tags", ["字" * 16], {"max_chars": 15}, f"“{'字' * 16}”超过 15 字。"),
        ("select", "z", {}, "“z”不在可选范围内，请重新选择。"),
        ("multiselect", ["a", "z"], {}, "“z”不在可选范围内，请重新选择。"),
        ("tree_select", ["999"], {}, "“999”不在可选范围内，请重新选择。"),
        ("tree_select", ["110", "120", "130"], {"max_items": 2}, "现有 3 项，最多 2 项。"),
        ("trl", 10, {}, "技术就绪度为 1 至 9 级，请重新选择。"),
        ("trl_pair", {"start": 4}, {}, "请同时选择起点和终点等级。"),
        ("table", [{"x": "1"}], {"min_rows": 2}, "现有 1 行，至少 2 行。"),
        ("table", [{"n": 1}], {}, "请填写“栏目x”。"),
    ],
)
def test_each_limit_says_what_to_do(
    kind: str, value: Any, limits: dict[str, Any], message: str
) -> None:
    assert said(kind, value, **limits) == [message]


@pytest.mark.parametrize(("count", "fits"), [(99, True), (100, True), (101, False)])
def test_chinese_is_counted_by_character(count: int, fits: bool) -> None:
    assert (said("text", "𠮷" * count, max_chars=100) == []) is fits


def test_composed_and_decomposed_letters_count_the_same() -> None:
    assert said("text", "e\u0301" * 10, max_chars=10) == []


def test_a_file_is_checked_by_type_size_and_presence() -> None:
    megabyte = 1024 * 1024
    files = {
        "ok": FileFacts("a.PDF", megabyte),
        "exe": FileFacts("a.exe", 1),
        "big": FileFacts("b.pdf", megabyte + 1),
    }
    limits = {"accept": ["pdf"], "max_megabytes": 1}
    value = [{"id": name, "name": ""} for name in ("ok", "exe", "big", "gone")]
    assert said("file", value, context(files=files), **limits) == [
        "“a.exe”的类型不接受，请上传 pdf。",
        "“b.pdf”超过 1 MB。",
        "找不到已上传的文件，请重新上传。",
    ]
    assert said("file", value, context(files=None), **limits) == []


def test_private_facts_are_masked_outside_the_record() -> None:
    assert kind_of(a("phone")).masked("13812345678", a("phone")) == "138****5678"
    assert kind_of(a("email")).masked("wang@b.cn", a("email")) == "w***@b.cn"


def test_a_commitment_is_never_prefilled_and_a_no_is_empty() -> None:
    kind = kind_of(a("commitment"))
    assert kind.prefill(True, a("commitment")) is None
    assert kind.is_empty(False)
    assert not kind_of(a("bool")).is_empty(False)


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("date", "2024-02-29", "2024年2月29日", "2024-02-29"),
        ("select", "a", "甲", "A"),
        ("multiselect", ["a", "b"], "甲、乙", "A, B"),
        ("bool", False, "否", "No"),
        ("tree_select", ["110"], "数学", "Mathematics"),
        ("org_ref", {"name": "某厂"}, "某厂", "某厂"),
        ("trl", 4, "TRL 4 4级", "TRL 4 4级"),
        ("trl_pair", {"start": 4, "target": 7}, "TRL 4 4级 → TRL 7 7级", "TRL 4 4级 → TRL 7 7级"),
        ("table", [{"x": "甲", "n": 3}, {"x": "乙"}], "甲 · 3\n乙", "甲 · 3\n乙"),
        ("file", [{"id": "1", "name": "a.pdf"}], "a.pdf", "a.pdf"),
    ],
)
def test_a_value_is_shown_in_the_reader_s_language(kind: str, value: Any, zh: str, en: str) -> None:
    more = {"options": LEVELS} if kind.startswith("trl") else {}
    one = a(kind, **more)
    assert kind_of(one).display(value, one) == zh
    assert kind_of(one).display(value, one, "en") == en


def test_the_classifications_are_complete_at_their_levels() -> None:
    disciplines, industries = tree_named("gbt13745"), tree_named("gbt4754")
    assert len(disciplines.children()) == 62
    assert [node.code for node in industries.children()] == list("ABCDEFGHIJKLMNOPQRST")
    divisions = [node.code for node in industries.nodes if node.parent]
    assert divisions == [f"{number:02}" for number in range(1, 98)]
    assert industries.path("27") == "制造业 / 医药制造业"
    assert industries.path("27", "en") == "Manufacturing / Pharmaceuticals"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
ROWS = st.lists(st.dictionaries(st.sampled_from(["x", "n", "d"]), JSON, max_size=3), max_size=3)


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(raw=JSON | ROWS)
def test_no_input_breaks_any_face(kind: str, raw: Any) -> None:
    one = a(kind)
    faces = kind_of(one)
    value = faces.parse(raw, one)
    assert json.loads(json.dumps(value)) == value
    assert faces.parse(value, one) == value
    list(faces.problems(value, one, context(files={})))
    for shown in (
        faces.display(value, one),
        faces.display(value, one, "en"),
        faces.cell(value, one),
        faces.text(value, one),
        faces.masked(value, one),
    ):
        assert isinstance(shown, str)
    assert faces.diff(value, value, one) == []
    assert faces.template == f"kernel/forms/{kind}.html"


@given(st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False))
def test_an_amount_survives_display_and_typing(amount: Any) -> None:
    one = a("decimal", unit="万元")
    stored = kind_of(one).parse(str(amount), one)
    assert kind_of(one).parse(kind_of(one).cell(stored, one), one) == stored


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_survives_display_and_typing(day: Any) -> None:
    one = a("date")
    assert kind_of(one).parse(kind_of(one).display(day.isoformat(), one), one) == day.isoformat()


@pytest.mark.parametrize("kind", ["tags", "multiselect"])
def test_two_hundred_thousand_items_are_examined_in_one_pass(kind: str) -> None:
    started = time.process_time()
    said(kind, parsed(kind, [f"x{number % 90_000}" for number in range(200_000)]))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("kind", "limits", "value", "complaint"),
    [
        ("integer", {"max_value": 5}, 6, "不能大于 5"),
        ("ref", {"max_chars": 3}, {"label": "演示项目"}, "4"),
        ("org_ref", {"max_chars": 3}, {"name": "演示大学"}, "4"),
        ("table", {"max_rows": 1}, [{"x": "一"}, {"x": "二"}], "2"),
    ],
)
def test_what_is_more_than_a_field_takes_is_named_with_its_measure(
    kind: str, limits: dict[str, int], value: Any, complaint: str
) -> None:
    [words] = said(kind, value, **limits)
    assert complaint in words


def test_a_unit_typed_behind_a_number_is_no_part_of_it() -> None:
    assert parsed("decimal", "12.5 亩", unit="亩") == "12.5"
