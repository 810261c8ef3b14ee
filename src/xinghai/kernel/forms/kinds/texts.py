import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.kinds.base import Fault, Kind, are_texts, least_advised
from xinghai.kernel.forms.typed import count_characters, halfwidth, normal

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_MOBILE = re.compile(r"1[3-9]\d{9}")


class TextKind(Kind):
    name = "text"
    is_plain_text = True
    limits = frozenset({"min_chars", "max_chars", "pattern"})

    def parse(self, raw: Any, field: Field) -> Any:
        return " ".join(normal(raw).split()) if isinstance(raw, str) else raw

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(wording.NOT_A_CHOICE)
            return
        count = count_characters(value)
        if field.min_chars is not None and count < field.min_chars:
            yield Fault(wording.TOO_SHORT.fill(count=count, limit=field.min_chars))
        yield from least_advised(count, field, wording.RATHER_LONGER)
        if field.max_chars is not None and count > field.max_chars:
            yield Fault(wording.TOO_LONG.fill(count=count, limit=field.max_chars))
        if field.pattern and not re.fullmatch(field.pattern, value):
            yield Fault(wording.WRONG_SHAPE.fill(example=field.example))


class TextareaKind(TextKind):
    name = "textarea"

    def parse(self, raw: Any, field: Field) -> Any:
        return normal(raw) if isinstance(raw, str) else raw


class PhoneKind(Kind):
    """A mainland mobile number; landlines are `text`, because extensions are written freely."""

    name = "phone"
    is_plain_text = True

    def parse(self, raw: Any, field: Field) -> Any:
        if not isinstance(raw, str | int) or isinstance(raw, bool):
            return raw
        typed = halfwidth(str(raw))
        digits = re.sub(r"[\s()-]", "", typed)
        digits = re.sub(r"^(\+86|0086)", "", digits)
        return digits if _MOBILE.fullmatch(digits) else typed

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, str) or not _MOBILE.fullmatch(value):
            yield Fault(wording.NOT_A_MOBILE.fill(value=value))

    def masked(self, value: Any, field: Field) -> str:
        shown = self.display(value, field)
        return f"{shown[:3]}****{shown[-4:]}" if len(shown) == 11 else "****" if shown else ""


class EmailKind(Kind):
    name = "email"
    is_plain_text = True

    def parse(self, raw: Any, field: Field) -> Any:
        return halfwidth(raw) if isinstance(raw, str) else raw

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, str) or not _EMAIL.fullmatch(value) or len(value) > 254:
            yield Fault(wording.NOT_AN_EMAIL.fill(value=value))

    def masked(self, value: Any, field: Field) -> str:
        name, at, host = self.display(value, field).partition("@")
        return f"{name[:1]}***{at}{host}" if at else "***" if name else ""


class TagsKind(Kind):
    name = "tags"
    is_plain_text = True
    limits = frozenset({"min_items", "max_items", "max_chars"})
    in_table = False

    def empty(self, field: Field) -> Any:
        return []

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, list) and are_texts(value)

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, str):
            raw = re.split(r"[,，;；、\n]", raw)
        if not self.is_typed(raw):
            return raw
        return [tag for tag in (" ".join(normal(one).split()) for one in raw) if tag]

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not self.is_typed(value):
            yield Fault(wording.NOT_A_CHOICE)
            return
        yield from count_faults(value, field)
        for tag in value:
            if field.max_chars is not None and count_characters(tag) > field.max_chars:
                yield Fault(wording.ITEM_TOO_LONG.fill(value=tag, limit=field.max_chars))
        for tag in sorted(tag for tag, times in Counter(value).items() if times > 1):
            yield Fault(wording.REPEATED.fill(value=tag))

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not self.is_typed(value):
            return super().display(value, field, language)
        return (", " if language.startswith("en") else "、").join(value)


def count_faults(value: list[Any], field: Field) -> Iterator[Fault]:
    if field.min_items is not None and len(value) < field.min_items:
        yield Fault(wording.TOO_FEW.fill(count=len(value), limit=field.min_items))
    yield from least_advised(len(value), field, wording.RATHER_MORE)
    if field.max_items is not None and len(value) > field.max_items:
        yield Fault(wording.TOO_MANY.fill(count=len(value), limit=field.max_items))
