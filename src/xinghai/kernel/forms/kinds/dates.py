import re
from collections.abc import Iterator
from typing import Any

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.kinds.base import Fault, Kind, are_texts
from xinghai.kernel.forms.typed import halfwidth, read_date, read_iso_date

_ENDS = ("start", "end")


class DateKind(Kind):
    name = "date"
    is_plain_text = True

    def parse(self, raw: Any, field: Field) -> Any:
        if not isinstance(raw, str):
            return raw
        found = read_date(raw)
        return found.isoformat() if found else halfwidth(raw)

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if read_iso_date(value) is None:
            yield Fault(wording.NOT_A_DATE.fill(value=value))

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        found = read_iso_date(value)
        if found is None or language.startswith("en"):
            return super().display(value, field, language)
        return f"{found.year}年{found.month}月{found.day}日"


class DaterangeKind(Kind):
    """`{"start": …, "end": …}`; both ends belong to the range."""

    name = "daterange"
    _day = DateKind()

    def empty(self, field: Field) -> Any:
        return {}

    def is_empty(self, value: Any) -> bool:
        if isinstance(value, dict):
            return not any(value.get(end) for end in _ENDS)
        return super().is_empty(value)

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, dict) and value.keys() <= set(_ENDS) and are_texts(value.values())

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, str):
            ends = re.split(r"\s*(?:至|到|~|～|—|–|\.\.)\s*", raw.strip(), maxsplit=1)
            raw = {"start": ends[0], "end": ends[1]} if len(ends) == 2 else raw
        if isinstance(raw, list) and len(raw) == 2:
            raw = {"start": raw[0], "end": raw[1]}
        if not isinstance(raw, dict):
            return raw
        ends_ = {end: self._day.read(raw.get(end) or "", field) for end in _ENDS}
        return ends_ if any(ends_.values()) else {}

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(wording.NOT_A_DATE.fill(value=value))
            return
        given = [value.get("start"), value.get("end")]
        if not all(given):
            yield Fault(wording.HALF_A_RANGE)
        start, end = (read_iso_date(one) for one in given)
        for typed, found in zip(given, (start, end), strict=True):
            if typed and found is None:
                yield Fault(wording.NOT_A_DATE.fill(value=typed))
        if start and end and end < start:
            yield Fault(wording.DATES_REVERSED)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, dict) or self.is_empty(value):
            return super().display(value, field, language)
        ends = [self._day.display(value.get(end), field, language) for end in _ENDS]
        return (" to " if language.startswith("en") else " 至 ").join(ends)
