"""The time that decides is the database server's; the functions here read it.

Several web processes on several machines must agree on whether a window was
open, so no rule ever reads the clock of the process it runs in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

# The moment a page is drawn as of, once something has asked for it; no page, no list.
_page_moment: ContextVar[list[datetime] | None] = ContextVar("page_moment", default=None)
_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))


def database_now() -> datetime:
    """Return the database's wall clock (aware, UTC), not the transaction's start.

    While a page is drawn (`one_moment`) it is the same moment whenever it is asked for.
    """
    known = _page_moment.get()
    if known:
        return shifted(known[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    note_moment(moment)
    return shifted(moment)


@contextmanager
def one_moment() -> Iterator[None]:
    """Draw a page as of one moment: what its parts say of the time agrees, and is asked once."""
    token = _page_moment.set([])
    try:
        yield
    finally:
        _page_moment.reset(token)


def note_moment(moment: datetime) -> None:
    """Take the moment another statement brought along as the one of the page being drawn."""
    known = _page_moment.get()
    if known == []:
        known.append(moment)


def shifted(moment: datetime) -> datetime:
    """Apply the travelling shift to a moment the database returned in another query."""
    return moment + _shift.get()


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
