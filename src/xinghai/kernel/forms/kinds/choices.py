from collections.abc import Iterator
from typing import Any

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.kinds.base import Fault, Kind, are_texts
from xinghai.kernel.forms.kinds.texts import count_faults
from xinghai.kernel.forms.trees import tree_named
from xinghai.kernel.forms.typed import halfwidth, normal

_TRUE = {"true", "1", "on", "yes", "y", "是", "有", "已"}
_FALSE = {"false", "0", "off", "no", "n", "否", "无", "未"}


class SelectKind(Kind):
    name = "select"
    is_choice = True
    needs = frozenset({"options"})
    missing = wording.MISSING_CHOICE

    def parse(self, raw: Any, field: Field) -> Any:
        """A typed or imported label is understood as its option."""
        if not isinstance(raw, str):
            return raw
        typed = normal(raw)
        named = next((one.value for one in field.options if one.label == typed), typed)
        return typed if field.option(typed) else named

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if field.option(value) is None:
            yield Fault(wording.NOT_AN_OPTION.fill(value=value))

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        option = field.option(value)
        return option.name(language) if option else super().display(value, field, language)

    def prefill(self, value: Any, field: Field) -> Any:
        """A known fact that is none of the choices leaves the field open."""
        parsed = self.read(value, field)
        return parsed if field.option(parsed) else ""


class RadioKind(SelectKind):
    name = "radio"


class MultiselectKind(Kind):
    name = "multiselect"
    is_choice = True
    limits = frozenset({"min_items", "max_items"})
    needs = frozenset({"options"})
    in_table = False
    missing = wording.MISSING_CHOICE

    def empty(self, field: Field) -> Any:
        return []

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, list) and are_texts(value)

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, str):
            raw = [raw] if raw.strip() else []
        if not isinstance(raw, list):
            return raw
        one = SelectKind()
        read = (one.read(each, field) for each in raw)
        chosen = [each for each in read if each not in ("", None)]
        order = [option.value for option in field.options]
        unique = list({repr(each): each for each in chosen}.values())
        known = [each for each in order if each in unique]
        return known + [each for each in unique if each not in order]

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(wording.NOT_A_CHOICE)
            return
        for each in value:
            if field.option(each) is None:
                yield Fault(wording.NOT_AN_OPTION.fill(value=each))
        yield from count_faults(value, field)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, list):
            return super().display(value, field, language)
        one = SelectKind()
        joint = ", " if language.startswith("en") else "、"
        return joint.join(one.display(each, field, language) for each in value)


class TreeSelectKind(Kind):
    """Codes out of a published classification, at any of its levels."""

    name = "tree_select"
    limits = frozenset({"min_items", "max_items"})
    needs = frozenset({"tree"})
    in_table = False
    missing = wording.MISSING_CHOICE

    def empty(self, field: Field) -> Any:
        return []

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, list) and are_texts(value)

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, str):
            raw = raw.replace("，", ",").split(",")
        if not isinstance(raw, list):
            return raw
        codes = [one.strip() if isinstance(one, str) else one for one in raw]
        return [code for code in codes if code not in ("", None)]

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(wording.NOT_A_CHOICE)
            return
        tree = tree_named(field.tree)
        for code in value:
            if not isinstance(code, str) or tree.find(code) is None:
                yield Fault(wording.NOT_AN_OPTION.fill(value=code))
        yield from count_faults(value, field)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, list):
            return super().display(value, field, language)
        tree = tree_named(field.tree)
        joint = "; " if language.startswith("en") else "；"
        return joint.join(tree.path(str(code), language) for code in value)


class BoolKind(Kind):
    """Yes, no, or not answered: an unticked question is not a no."""

    name = "bool"
    is_choice = True
    missing = wording.MISSING_CHOICE

    def empty(self, field: Field) -> Any:
        return None

    def is_typed(self, value: Any) -> bool:
        return isinstance(value, bool)

    def parse(self, raw: Any, field: Field) -> Any:
        if not isinstance(raw, str):
            return raw
        word = halfwidth(raw).lower()
        return True if word in _TRUE else False if word in _FALSE else word or None

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield Fault(wording.NOT_A_CHOICE)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, bool):
            return super().display(value, field, language)
        return (wording.YES if value else wording.NO).say(language)


class CommitmentKind(BoolKind):
    """A statement the submitter answers for; only a tick counts as given."""

    name = "commitment"
    needs = frozenset({"statement"})
    in_table = False
    missing = wording.MISSING_COMMITMENT

    def is_empty(self, value: Any) -> bool:
        return value is False or super().is_empty(value)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        return (wording.COMMITTED if value is True else wording.NOT_COMMITTED).say(language)

    def prefill(self, value: Any, field: Field) -> Any:
        """Nobody can promise on another's behalf, not even an earlier record of one's own."""
        return None
