"""The time that decides is the database server's; the functions here read it.

Several web processes on several machines must agree on whether a window was
open, so no rule ever reads the clock of the process it runs in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, Func
from django.utils import timezone

from xinghai.kernel.request_memory import request_memory

_TOLD = "what the database's clock said last"
# When a page that is being written stops being true; None where nobody asks.
_ends: ContextVar[list[datetime] | None] = ContextVar("ends", default=None)
_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))


class Clock(Func):
    """The database's wall clock in a query; give what it returns to `note_moment`."""

    function = "clock_timestamp"
    output_field = DateTimeField()


def database_now() -> datetime:
    """Return the database's wall clock (aware, UTC), not the transaction's start.

    In a request it is the latest time a statement brought along. Who waits for a lock may be told
    the time from before the wait: what arrived in time is not late because somebody else was at
    work. Where the other one changed the row, the time is that of the reading after the wait.
    """
    told = (request_memory() or {}).get(_TOLD)
    if told is not None:
        return shifted(told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return shifted(note_moment(moment))


def note_moment(moment: datetime) -> datetime:
    """Remember the time a statement brought along, not yet shifted; return it."""
    memory = request_memory()
    if memory is not None:
        memory[_TOLD] = max(moment, memory.get(_TOLD, moment))
    return moment


def known_moment() -> datetime:
    """Return the time a statement of this request brought along; else this process's own.

    Good enough for words beside a date; a verdict asks `database_now`.
    """
    return shifted((request_memory() or {}).get(_TOLD) or timezone.now())


@contextmanager
def collecting_ends() -> Iterator[list[datetime]]:
    """Collect within the block the moments at which what is written stops being true."""
    ends: list[datetime] = []
    token = _ends.set(ends)
    try:
        yield ends
    finally:
        _ends.reset(token)


def note_end(moment: datetime) -> None:
    """Say that some words are true until `moment`: whoever compares with the time says it."""
    ends = _ends.get()
    if ends is not None:
        ends.append(moment)


def shifted(moment: datetime) -> datetime:
    """Apply the travelling shift to a moment the database returned in another query."""
    return moment + _shift.get()


def moved_by() -> timedelta:
    """Return how far the clock has been moved: nothing on a serving platform."""
    return _shift.get()


class DatabaseNow(Func):
    """The database's clock inside a query: when the statement began, moved by `travel_to`."""

    output_field = DateTimeField()
    arity = 0

    def as_sql(self, *_args: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:
        shift = _shift.get()
        if not shift:
            return "statement_timestamp()", ()
        return "(statement_timestamp() + %s)", (shift,)


def city_today() -> date:
    """Return the day it is in the city by the database's clock."""
    return timezone.localdate(database_now())


@contextmanager
def travel_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` and run on from there, inside this block only.

    Demonstration histories and tests of deadlines need it. It refuses under
    `serve`: there nobody may choose the time of a receipt.
    """
    if settings.MODE == "serve":
        raise RuntimeError("The clock cannot be moved on a serving platform.")
    token = _shift.set(timedelta(0))
    _shift.set(moment - database_now())
    try:
        yield
    finally:
        _shift.reset(token)
