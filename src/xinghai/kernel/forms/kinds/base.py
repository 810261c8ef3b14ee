"""The base class of the kinds of field; a kind overrides the methods in which it differs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.wording import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value; row counts from 0, column is a column's id."""

    text: Text
    row: int | None = None
    column: str = ""
    missing: bool = False
    # Advice holds nobody up.
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that changed, as people read it; `where` is empty for the field as a whole."""

    where: str
    old: str
    new: str


def are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(one, str) for one in values)


def least_advised(count: int, field: Field, text: Text) -> Iterator[Fault]:
    """Yield what is advised where there is less of something than the form would like."""
    if field.advised_least is not None and count < field.advised_least:
        yield Fault(text.fill(count=count, limit=field.advised_least), advice=True)


class Kind:
    """A kind of field. Methods accept any JSON value: what cannot be read is kept and reported."""

    name: ClassVar[str] = ""
    limits: ClassVar[frozenset[str]] = frozenset()
    needs: ClassVar[frozenset[str]] = frozenset()
    in_table: ClassVar[bool] = True
    missing: ClassVar[Text] = wording.MISSING
    # Of the answer the control shows its text alone; or it shows which of some answers is chosen.
    is_plain_text: ClassVar[bool] = False
    is_choice: ClassVar[bool] = False

    @property
    def template(self) -> str:
        return f"kernel/forms/{self.name}.html"

    def empty(self, field: Field) -> Any:
        return ""

    def is_empty(self, value: Any) -> bool:
        return value is None or value == "" or value == [] or value == {}

    def read(self, raw: Any, field: Field) -> Any:
        """The value to store of what a browser sent: `parse` it; what no page sends becomes text.

        A wrong type must not be stored: every page that shows the record would have to bear it.
        """
        value = self.parse(raw, field)
        if self.stores(value):
            return value
        value = self.parse(json.dumps(raw, ensure_ascii=False), field)
        return value if self.stores(value) else self.empty(field)

    def stores(self, value: Any) -> bool:
        """Whether a value may be stored: it has the kind's type, is text as typed, or is absent."""
        return value is None or isinstance(value, str) or self.is_typed(value)

    def is_typed(self, value: Any) -> bool:
        """Whether a value that is neither text nor absent has the type this kind stores."""
        return False

    def parse(self, raw: Any, field: Field) -> Any:
        """The JSON value of what a browser sent; text that cannot be read stays as typed."""
        raise NotImplementedError

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        raise NotImplementedError

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        return "" if self.is_empty(value) else str(value)

    def cell(self, value: Any, field: Field) -> str:
        """Text of a Word or Excel cell."""
        return self.display(value, field)

    def text(self, value: Any, field: Field) -> str:
        """Words a search should find."""
        return self.display(value, field)

    def masked(self, value: Any, field: Field) -> str:
        """The value as shown to people outside the record."""
        return self.display(value, field)

    def same(self, old: Any, new: Any) -> bool:
        return bool(old == new) or (self.is_empty(old) and self.is_empty(new))

    def diff(self, old: Any, new: Any, field: Field, language: str = "zh") -> list[Difference]:
        if self.same(old, new):
            return []
        shown = self.display(old, field, language), self.display(new, field, language)
        return [Difference("", *shown)]

    def prefill(self, value: Any, field: Field) -> Any:
        """A value of the profile, the call or another record as this field holds it."""
        return self.read(value, field)
