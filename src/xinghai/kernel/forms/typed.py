"""Read what people type: full-width digits, thousands separators, `200万`, `2024.2.29`."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?|[+-]?\.\d+)(亿|千万|百万|万|千)?(元|人民币)?")
_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))")
_SCALE = {
    "": Decimal(1),
    "千": Decimal(1000),
    "万": Decimal(10000),
    "百万": Decimal(1000000),
    "千万": Decimal(10000000),
    "亿": Decimal(100000000),
}
_UNIT = {"万元": Decimal(10000), "亿元": Decimal(100000000)}
MAX_DIGITS = 18
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")


def storable(value: Any) -> Any:
    """The value without what no database can hold: NUL and halves of characters."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    return value


def normal(text: str) -> str:
    """One spelling for one text: NFC, no surrounding space, Unix line ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def count_characters(text: str) -> int:
    """A Chinese character counts one, as a person would count it."""
    return len(normal(text))


def halfwidth(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def read_number(typed: str, unit: str = "") -> Decimal | None:
    """The number in the field's unit, or None when it cannot be read.

    A bare number is already in the unit of the field; a scale or 元 makes it an amount that
    is converted: in a field of 万元 `200万` is 200 and `2,000,000元` is 200 too.
    """
    text = re.sub(r"[,，\s_]", "", halfwidth(typed)).removeprefix("¥").removeprefix("￥")
    if unit and text.endswith(unit) and unit not in _UNIT:
        text = text[: -len(unit)]
    found = _NUMBER.fullmatch(text)
    if not found or len(found[1]) > MAX_DIGITS:
        return None
    number = Decimal(found[1]) * _SCALE[found[2] or ""]
    if unit in _UNIT and (found[2] or found[3]):
        number = number / _UNIT[unit]
    return number


def plain(number: Decimal) -> str:
    """The shortest decimal writing without an exponent: `200`, `199.99`."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def read_date(typed: str) -> date | None:
    found = _DATE.fullmatch(re.sub(r"\s", "", halfwidth(typed)))
    if not found:
        return None
    month, day = (found[2] or found[4], found[3] or found[5])
    try:
        return date(int(found[1]), int(month), int(day))
    except ValueError:
        return None


def read_iso_date(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
