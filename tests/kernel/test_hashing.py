"""RFC 8785: one spelling of every JSON value, so that anybody can recompute a hash."""

import json
import struct
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from django.utils.translation import gettext_lazy

from xinghai.kernel.hashing import (
    canonical,
    content_hash,
    digest,
    former_spelling,
    is_hash_of,
)


def test_the_example_of_the_standard() -> None:
    """RFC 8785, 3.2.2: literals, numbers and escapes."""
    given = (
        '{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],'
        ' "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/",'
        ' "literals": [null, true, false]}'
    )
    assert canonical(json.loads(given)).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_by_their_utf_16_units() -> None:
    """RFC 8785, 3.2.3: a character of the rare planes sorts before some of the basic plane."""
    given = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7}
    assert list(json.loads(canonical(given)).values()) == [2, 4, 6, 7, 1, 5, 3]
    assert list(json.loads(former_spelling(given)).values()) == [2, 4, 6, 7, 1, 3, 5]


@pytest.mark.parametrize(
    ("bits", "spelled"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555554", "333333333.33333325"),
        ("41b3de4355555555", "333333333.3333333"),
        ("41b3de4355555556", "333333333.3333334"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_are_spelled_as_in_the_standard(bits: str, spelled: str) -> None:
    """RFC 8785, appendix B."""
    number = struct.unpack(">d", bytes.fromhex(bits))[0]
    assert canonical(number).decode() == spelled


EVERY_CHARACTER = [chr(one) for one in range(0x110000) if not 0xD800 <= one < 0xE000]


@pytest.mark.parametrize(
    "value",
    [
        "".join(EVERY_CHARACTER),
        {one: position for position, one in enumerate(EVERY_CHARACTER[:0xD800])},
        {one: position for position, one in enumerate(EVERY_CHARACTER)},
        [None, True, False, 0, -1, 2**53 - 1, "", {}, [], ({"b": [1], "a": {"": ()}},)],
        [1.0, 0.1, {"a": 1e-7}],
    ],
    ids=["text", "usual keys", "all keys", "values", "fractions"],
)
def test_pythons_own_encoder_is_asked_only_where_it_spells_alike(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), float("-inf"), 2**53, -(2**53), {1: "a"}, "\ud800", {1, 2}],
)
def test_what_programs_read_differently_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical({"value": value} if not isinstance(value, dict) else value)


def test_what_is_too_deep_for_json_is_refused() -> None:
    deep: list[Any] = []
    for _level in range(5_000):
        deep = [deep]
    with pytest.raises(ValueError, match="too deep"):
        canonical(deep)


def test_the_largest_integers_every_program_reads_alike_pass() -> None:
    assert canonical([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"


def test_what_json_cannot_carry_becomes_text() -> None:
    given = {
        "amount": Decimal("120.50"),
        "small": Decimal("1E-7"),
        "day": date(2024, 2, 29),
        "at": datetime(2024, 2, 29, 8, 30, tzinfo=UTC),
        "key": UUID(int=1),
        "label": gettext_lazy("公共机制"),
    }
    assert json.loads(canonical(given)) == {
        "amount": "120.50",
        "small": "0.0000001",
        "day": "2024-02-29",
        "at": "2024-02-29T08:30:00Z",
        "key": "00000000-0000-0000-0000-000000000001",
        "label": "公共机制",
    }


def test_a_hash_made_before_the_standard_was_followed_still_fits() -> None:
    content = {"ratio": 1.0, "rate": 1e-05, "😀": "a", "\ufb33": "b"}
    former = digest(former_spelling(content)).hex()

    assert former != content_hash(content)
    assert is_hash_of(former, content)
    assert is_hash_of(content_hash(content), content)
    assert not is_hash_of(former, {**content, "ratio": 2.0})


def test_texts_and_whole_numbers_are_spelled_as_they_always_were() -> None:
    """So receipts printed before stay recomputable: answers hold no fractions."""
    content = {"title": '演示"建议"\\\n\t\x01', "years": [2024, 2025], "joint": True, "none": None}
    assert canonical(content) == former_spelling(content)
