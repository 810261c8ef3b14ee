from collections.abc import Iterator
from typing import Any

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.kinds.base import Fault, Kind
from xinghai.kernel.forms.typed import halfwidth

LEVELS = range(1, 10)
_ENDS = ("start", "target")


def is_level(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in LEVELS


def read_level(raw: Any) -> Any:
    """`6`, `6级` and `TRL 6` are one level."""
    if not isinstance(raw, str):
        return raw
    word = halfwidth(raw).upper().removeprefix("TRL").removesuffix("级").strip()
    return int(word) if word.isdecimal() and len(word) == 1 else halfwidth(raw)


class TrlKind(Kind):
    """A technology readiness level 1 to 9; the options carry the names of the call's scale."""

    name = "trl"
    is_choice = True
    needs = frozenset({"options"})
    missing = wording.MISSING_CHOICE

    def empty(self, field: Field) -> Any:
        return None

    def is_typed(self, value: Any) -> bool:
        return is_level(value)

    def parse(self, raw: Any, field: Field) -> Any:
        return read_level(raw) if raw != "" else None

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not is_level(value):
            yield Fault(wording.NOT_A_LEVEL)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not is_level(value):
            return super().display(value, field, language)
        option = field.option(str(value))
        return f"TRL {value} {option.name(language)}" if option else f"TRL {value}"

    def cell(self, value: Any, field: Field) -> str:
        return str(value) if is_level(value) else super().cell(value, field)


class TrlPairKind(Kind):
    """`{"start": 4, "target": 7}`."""

    name = "trl_pair"
    is_choice = True
    needs = frozenset({"options"})
    missing = wording.MISSING_CHOICE
    _level = TrlKind()

    def empty(self, field: Field) -> Any:
        return {}

    def is_empty(self, value: Any) -> bool:
        if isinstance(value, dict):
            return not (value.get("start") or value.get("target"))
        return super().is_empty(value)

    def is_typed(self, value: Any) -> bool:
        if not isinstance(value, dict) or not value.keys() <= set(_ENDS):
            return False
        return all(map(self._level.stores, value.values()))

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, list) and len(raw) == 2:
            raw = {"start": raw[0], "target": raw[1]}
        if not isinstance(raw, dict):
            return raw
        ends = {end: self._level.read(raw.get(end, ""), field) for end in _ENDS}
        return ends if any(ends.values()) else {}

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        ends = [value.get("start"), value.get("target")] if isinstance(value, dict) else [value]
        if not all(ends):
            yield Fault(wording.HALF_A_PAIR)
        elif not all(is_level(end) for end in ends) or len(ends) != 2:
            yield Fault(wording.NOT_A_LEVEL)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, dict) or self.is_empty(value):
            return super().display(value, field, language)
        ends = (self._level.display(value.get(end), field, language) for end in _ENDS)
        return " → ".join(ends)
