"""Checks on one number or two; “以上” and “以内” include the number (民法典第一千二百五十九条)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xinghai.kernel.forms.checks.base import Check, Hit, Situation
from xinghai.kernel.forms.kinds.numbers import as_decimal

NUMBER = (int, str)


def _number(situation: Situation, name: str = "") -> Decimal | None:
    return as_decimal(situation.value(name))


def _limit(situation: Situation, name: str) -> Decimal:
    return Decimal(str(situation.parameter(name)))


class AtLeast(Check):
    name = "at_least"
    parameters = {"value": NUMBER}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        number = _number(situation)
        if number is not None and number < _limit(situation, "value"):
            yield Hit()


class AtMost(Check):
    name = "at_most"
    parameters = {"value": NUMBER}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        number = _number(situation)
        if number is not None and number > _limit(situation, "value"):
            yield Hit()


class Between(Check):
    name = "between"
    parameters = {"low": NUMBER, "high": NUMBER}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        number = _number(situation)
        low, high = _limit(situation, "low"), _limit(situation, "high")
        if number is not None and not low <= number <= high:
            yield Hit()


class NotMoreThan(Check):
    """One amount may equal but not exceed another."""

    name = "not_more_than"
    parameters = {"other": str}
    field_parameters = ("other",)

    def hits(self, situation: Situation) -> Iterator[Hit]:
        number, other = _number(situation), _number(situation, situation.parameter("other"))
        if number is not None and other is not None and number > other:
            yield Hit()


class AllowedPairs(Check):
    """Start and target of technology readiness, from the pairs a notice allows.

    `pairs` pass; `tolerated` pairs break only the soft part of the rule and warn; every other
    pair breaks the hard part. The field is a pair itself, or the target beside `start`.
    """

    name = "allowed_pairs"
    parameters = {"pairs": list}
    optional = {"tolerated": list, "start": str, "soft_message": str, "soft_message_en": str}
    field_parameters = ("start",)

    def hits(self, situation: Situation) -> Iterator[Hit]:
        pair = self._pair(situation)
        if None in pair or pair in self._listed(situation, "pairs"):
            return
        if pair in self._listed(situation, "tolerated"):
            soft = situation.spec.parameters
            words = {"zh": soft.get("soft_message", ""), "en": soft.get("soft_message_en", "")}
            yield Hit(soft.get("start", ""), severity="warn", words=words)
        else:
            yield Hit()

    def _pair(self, situation: Situation) -> tuple[Any, Any]:
        if "start" in situation.spec.parameters:
            return situation.value(situation.parameter("start")) or None, situation.value() or None
        value = situation.value()
        return (
            (value.get("start"), value.get("target")) if isinstance(value, dict) else (None, None)
        )

    def _listed(self, situation: Situation, name: str) -> set[tuple[Any, ...]]:
        return {tuple(pair) for pair in situation.spec.parameters.get(name, [])}
