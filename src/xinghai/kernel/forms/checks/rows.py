"""Checks on repeating rows and lists."""

from collections.abc import Iterator
from typing import Any

from xinghai.kernel.forms.checks.base import Check, Hit, Situation
from xinghai.kernel.forms.kinds.numbers import as_decimal
from xinghai.kernel.forms.typed import read_number

VERIFIABLE = ("有", "无", "是", "否", "yes", "no")


class CountAtLeast(Check):
    """So many rows or items, the number included."""

    name = "count_at_least"
    parameters = {"value": int}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        value = situation.value()
        count = len(value) if isinstance(value, list) else 0
        if not situation.is_empty() and count < situation.parameter("value"):
            yield Hit()


class RowsInclude(Check):
    """At least one row whose column holds one of the values."""

    name = "rows_include"
    parameters = {"column": str, "any_of": list}
    column_parameters = ("column",)

    def hits(self, situation: Situation) -> Iterator[Hit]:
        given = {str(row.get(situation.parameter("column"))) for row in situation.rows()}
        if not situation.is_empty() and not given & set(situation.parameter("any_of")):
            yield Hit()


class Measurable(Check):
    """A target is a number with its unit, or something that can be verified as there or not."""

    name = "measurable"
    parameters = {"column": str, "unit": str}
    column_parameters = ("column", "unit")

    def hits(self, situation: Situation) -> Iterator[Hit]:
        column, unit = situation.parameter("column"), situation.parameter("unit")
        for number, row in enumerate(situation.rows()):
            if row.get(column) and not _is_measurable(row.get(column), row.get(unit)):
                yield Hit(row=number, column=column)


class LowestIs(Check):
    """The level of the whole equals the lowest level of its parts."""

    name = "lowest_is"
    parameters = {"column": str, "total": str}
    field_parameters = ("total",)
    column_parameters = ("column",)

    def hits(self, situation: Situation) -> Iterator[Hit]:
        column = situation.parameter("column")
        levels = [as_decimal(row.get(column)) for row in situation.rows()]
        known = [level for level in levels if level is not None]
        whole = as_decimal(situation.value(situation.parameter("total")))
        if known and whole is not None and min(known) != whole:
            yield Hit()


def _is_measurable(value: Any, unit: Any) -> bool:
    text = str(value).strip()
    if text.lower() in VERIFIABLE:
        return True
    bare = text.lstrip("≥≤><=＞＜±约 ")
    for mark in ("%", "％", "‰", "℃"):
        if bare.endswith(mark):
            return read_number(bare[: -len(mark)]) is not None
    return read_number(bare) is not None and bool(unit)
