"""Statements whose text is made once: asked again, only their values are new.

Django makes a statement's text from its parts whenever it is asked. For a record with all its
names that takes longer than the database's answer, and the text is the same each time.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import update_wrapper
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from xinghai.kernel.clock import moved_by

Rows = TypeVar("Rows", bound=QuerySet[Any, Any])
# Values no record has: where they come out of the making, the real ones go in.
INTEGER_MARK = 2**62
MOMENT_MARK = datetime(4000, 1, 1, tzinfo=UTC)
DAY_MARK = date(4000, 1, 1)
FIRST_MARKS = (0, 100_001)
MOST_OF_A_TUPLE = 1_000
MOST_TEXTS = 64


class KeptCompiler(SQLCompiler):
    """A compiler that has made its text before."""

    text: str = ""
    values: tuple[Any, ...] = ()
    converters: dict[int, Any] | None = None

    def as_sql(self, *args: Any, **wishes: Any) -> tuple[str, tuple[Any, ...]]:
        return (self.text, self.values) if self.text else super().as_sql(*args, **wishes)

    def get_converters(self, expressions: Any) -> dict[int, Any]:
        if self.converters is None:
            self.converters = super().get_converters(expressions)
        return self.converters


class KeptQuery(Query):
    """A query that hands out the compiler it was given."""

    made: SQLCompiler

    def get_compiler(self, *_args: Any, **_wishes: Any) -> SQLCompiler:
        return self.made


@dataclass(frozen=True)
class Text:
    """A text with the places its values go to."""

    rows: QuerySet[Any, Any]
    compiler: KeptCompiler
    places: tuple[tuple[int, tuple[str, int]], ...]

    def of(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values of the statement in the order of its text, typed as Django does."""
        given, found = dict(_single(values)), list(self.compiler.values)
        for place, name in self.places:
            value = given[name]
            found[place] = type(found[place])(value) if isinstance(value, int) else value
        return tuple(found)


class Kept(Generic[Rows]):
    """A function that makes a query of values, which is asked without being made again.

    What it is given by place belongs to the text; what is given by name are values, or tuples of
    values, of the statement: integers, text, moments, days. The query may depend on nothing else.
    """

    def __init__(self, build: Callable[..., Rows]) -> None:
        self.build = build
        self.texts: dict[Hashable, Text | None] = {}
        update_wrapper(self, build)

    def __call__(self, *fixed: Hashable, **values: Any) -> Rows:
        """Return the rows, to be read and not to be filtered further."""
        text = self.text_of(fixed, values)
        if text is None:
            return self.build(*fixed, **values)
        compiler = copy(text.compiler)
        compiler.connection = connection
        compiler.values = text.of(values)
        query: Any = copy(text.rows.query)
        query.made = compiler
        if query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("A lock needs a transaction.")
        rows: Rows = _like(text.rows, query)
        return rows

    def one(self, *fixed: Hashable, **values: Any) -> Any:
        """Return the first row, or None."""
        return next(iter(self(*fixed, **values)), None)

    def count(self, *fixed: Hashable, **values: Any) -> int:
        """Return how many rows there are."""
        text = self.text_of(fixed, values)
        if text is None:
            return self.build(*fixed, **values).count()
        with connection.cursor() as cursor:
            statement = f"SELECT count(*) FROM ({text.compiler.text}) counted"  # noqa: S608
            cursor.execute(statement, text.of(values))
            return int(cursor.fetchone()[0])

    def text_of(self, fixed: tuple[Hashable, ...], values: dict[str, Any]) -> Text | None:
        """Return the kept text; None where these values make another one, or none at all."""
        if not all(_fits(value) for value in values.values()):
            return None
        shape = tuple((name, *_shape_of(value)) for name, value in values.items())
        key = (fixed, shape, moved_by())
        if key not in self.texts:
            made = self._made(fixed, values)
            if len(self.texts) >= MOST_TEXTS:
                self.texts.clear()
            self.texts[key] = made
            return made
        return self.texts.get(key)

    def _made(self, fixed: tuple[Hashable, ...], values: dict[str, Any]) -> Text | None:
        """Make the text of two sets of marks: what is neither a mark nor the same is made of one.

        A moment less a second would stay for good in a text that was made of it.
        """
        try:
            text, other = (self._marked(fixed, values, first) for first in FIRST_MARKS)
        except EmptyResultSet:
            return None
        same = text.compiler.text == other.compiler.text and text.places == other.places
        if not same or len({name for _at, name in text.places}) != len(list(_single(values))):
            return None
        moved = {at for at, _name in text.places}
        pairs = zip(text.compiler.values, other.compiler.values, strict=True)
        if any(one != two for at, (one, two) in enumerate(pairs) if at not in moved):
            return None
        return text

    def _marked(self, fixed: tuple[Hashable, ...], values: dict[str, Any], first: int) -> Text:
        marks = {
            name: _mark(value, first + number * MOST_OF_A_TUPLE)
            for number, (name, value) in enumerate(values.items())
        }
        rows = self.build(*fixed, **marks)
        query: Any = rows.query.chain(klass=KeptQuery)
        compiler = KeptCompiler(query, connection, "default")
        text, found = compiler.as_sql()
        compiler.text, compiler.values = text, tuple(found)
        compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
        compiler.connection = None  # type: ignore[assignment] # each thread asks by its own
        names = {mark: name for name, mark in _single(marks)}
        places = [(at, names[one]) for at, one in enumerate(found) if _is_mark(one, names)]
        return Text(_like(rows, query), compiler, tuple(places))


def _like(rows: Any, query: Query) -> Any:
    """Return rows read as these are, by another query."""
    made: Any = type(rows)(model=rows.model, query=query)
    for name in ("_iterable_class", "_fields", "_prefetch_related_lookups"):
        setattr(made, name, getattr(rows, name))
    return made


def _single(values: dict[str, Any]) -> Iterator[tuple[tuple[str, int], Any]]:
    """Yield each value that goes into a statement, with its name and its place in a tuple."""
    for name, value in values.items():
        if isinstance(value, tuple):
            yield from (((name, place), one) for place, one in enumerate(value))
        elif value is not None:
            yield (name, -1), value


def _shape_of(value: Any) -> tuple[Any, ...]:
    """Return what of a value decides about the text: its kind, and how many there are."""
    if isinstance(value, tuple):
        return tuple(type(one) for one in value)
    return (type(value), None)


def _mark(value: Any, number: int) -> Any:
    """Return a value of the same kind that nothing else in a statement has."""
    if isinstance(value, tuple):
        return tuple(_mark(one, number + at) for at, one in enumerate(value))
    if value is None:
        return None
    if type(value) is int:
        return INTEGER_MARK + number
    if type(value) is str:
        return f"xinghai-mark-{number}"
    if type(value) is datetime:
        return MOMENT_MARK + timedelta(microseconds=number)
    if type(value) is date:
        return DAY_MARK + timedelta(days=number)
    raise TypeError(f"{value!r} cannot go into a kept statement")


def _fits(value: Any) -> bool:
    """Whether a value can go where its mark stood: no column holds a larger number."""
    if isinstance(value, tuple):
        return len(value) < MOST_OF_A_TUPLE and all(_fits(one) for one in value)
    return not isinstance(value, int) or abs(value) < INTEGER_MARK


def _is_mark(value: Any, names: dict[Any, Any]) -> bool:
    return isinstance(value, int | str | date) and value in names


def padded(keys: Iterable[int]) -> tuple[int, ...]:
    """Return keys for an IN, with keys no record has until there are a power of two.

    So lists of all lengths are asked by a few texts.
    """
    found = tuple(keys)
    most = 1 << max(len(found) - 1, 0).bit_length() if found else 0
    return found + tuple(range(-1, len(found) - most - 1, -1))


def kept(build: Callable[..., Rows]) -> Kept[Rows]:
    """Keep the text of the statement a function makes; see `Kept`."""
    return Kept(build)
