import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.kinds.base import Fault, Kind
from xinghai.kernel.forms.typed import MAX_DIGITS, halfwidth, plain, read_number
from xinghai.kernel.forms.wording import Text

MONEY_PLACES = 2
_PLAIN = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,24})?")


def as_decimal(value: Any) -> Decimal | None:
    """The number a stored value stands for, or None when it is not one."""
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        return None
    written = str(value)
    return Decimal(written) if _PLAIN.fullmatch(written) else None


class IntegerKind(Kind):
    name = "integer"
    is_plain_text = True
    limits = frozenset({"min_value", "max_value", "above", "unit", "unit_en"})

    def empty(self, field: Field) -> Any:
        return None

    def is_typed(self, value: Any) -> bool:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and abs(value) < 10**MAX_DIGITS

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, float) and raw.is_integer():
            return int(raw)
        if not isinstance(raw, str):
            return raw
        number = read_number(raw, field.unit)
        if number is None or number != number.to_integral_value():
            return halfwidth(raw)
        return int(number)

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Fault(wording.NOT_WHOLE.fill(value=value))
            return
        yield from range_faults(Decimal(value), field)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        shown = super().display(value, field, language)
        return shown and shown + unit_of(field).say(language)

    def cell(self, value: Any, field: Field) -> str:
        return super().display(value, field)


class DecimalKind(Kind):
    """An amount kept as text: a binary float would lose the 分 the threshold turns on."""

    name = "decimal"
    is_plain_text = True
    limits = frozenset({"min_value", "max_value", "above", "places", "unit", "unit_en"})

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            return raw
        number = read_number(str(raw), field.unit)
        return halfwidth(str(raw)) if number is None else plain(number)

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        number = as_decimal(value)
        if number is None:
            yield Fault(wording.NOT_A_NUMBER.fill(value=value))
            return
        places = MONEY_PLACES if field.places is None else field.places
        if number != round(number, places):
            yield Fault(wording.TOO_FINE.fill(places=places))
        yield from range_faults(number, field)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        number = as_decimal(value)
        if number is None:
            return super().display(value, field, language)
        return f"{Decimal(plain(number)):,f}{unit_of(field).say(language)}"

    def cell(self, value: Any, field: Field) -> str:
        number = as_decimal(value)
        return super().display(value, field) if number is None else plain(number)

    def same(self, old: Any, new: Any) -> bool:
        first, second = as_decimal(old), as_decimal(new)
        return super().same(old, new) or (first is not None and first == second)


def unit_of(field: Field) -> Text:
    english = field.unit_en or field.unit
    return Text(f" {field.unit}", f" {english}") if field.unit else Text("", "")


def range_faults(number: Decimal, field: Field) -> Iterator[Fault]:
    unit = unit_of(field)
    if field.min_value is not None and number < field.min_value:
        yield Fault(wording.TOO_SMALL.fill(limit=plain(field.min_value), unit=unit))
    if field.above is not None and number <= field.above:
        yield Fault(wording.NOT_ABOVE.fill(limit=plain(field.above), unit=unit))
    if field.max_value is not None and number > field.max_value:
        yield Fault(wording.TOO_LARGE.fill(limit=plain(field.max_value), unit=unit))
