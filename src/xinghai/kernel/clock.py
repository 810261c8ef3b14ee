"""The time that decides is the database server's; the functions here read it.

Several web processes on several machines must agree on whether a window was
open, so no rule ever reads the clock of the process it runs in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, Func

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))


def database_now() -> datetime:
    """Return the database's wall clock (aware, UTC), not the transaction's start."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    return shifted(row[0])


def shifted(moment: datetime) -> datetime:
    """Apply the travelling shift to a moment the database returned in another query."""
    return moment + _shift.get()


class DatabaseNow(Func):
    """The database's clock inside a query: when the statement began, moved by `travel_to`."""

    output_field = DateTimeField()
    arity = 0

    def as_sql(self, *_args: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:
        shift = _shift.get()
        if not shift:
            return "statement_timestamp()", ()
        return "(statement_timestamp() + %s)", (shift,)


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
