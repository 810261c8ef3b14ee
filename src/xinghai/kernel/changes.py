"""What has changed: each table that is watched counts its changes, in their own transactions.

A trigger of the table writes into `ChangeCount` (the migrations of `kernel` and `portal`), whoever
changes the rows: a page, the worker, a command, another program. A change and its count become
visible together, so nobody can read new counts with old rows or old counts with new rows for good.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.db import connection

from xinghai.kernel.clock import note_moment, shifted

# The parts as they stand, one text: mostly it is the one from before, and need not be read.
COUNTS = """
    SELECT clock_timestamp(), coalesce(string_agg(topic || ' ' || tally, ','), '')
    FROM kernel_changecount
"""
# A relation is watched when its trigger fires in every session, also where triggers are skipped.
RELATIONS = """
    SELECT relname, EXISTS (
        SELECT FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE tgrelid = pg_class.oid AND tgenabled = 'A' AND proname = 'kernel_count_change'
    )
    FROM pg_class
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(oid)
    AND relnamespace <> 'pg_catalog'::regnamespace
"""
FUNCTIONS = """
    SELECT proname FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e'
    )
"""
NAME = re.compile(r"\w+")
CLOCKS = frozenset(
    {
        "clock_timestamp",
        "statement_timestamp",
        "transaction_timestamp",
        "now",
        "current_date",
        "current_time",
        "current_timestamp",
        "localtime",
        "localtimestamp",
        "timeofday",
    }
)


@dataclass(frozen=True)
class Reading:
    """The database's time, and the parts of all counts as one text."""

    moment: datetime
    text: str

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each table has changed, by table; the steps are of chance."""
        found: Counter[str] = Counter()
        for part in filter(None, self.text.split(",")):
            topic, _space, tally = part.partition(" ")
            found[topic] += int(tally)
        return found

    def of(self, tables: Iterable[str]) -> dict[str, int]:
        return {table: self.counts.get(table, 0) for table in tables}


def read_changes() -> Reading:
    """Ask how often each watched table has changed, and what time it is: one statement."""
    ((moment, text),) = _rows(COUNTS)
    return Reading(shifted(note_moment(moment)), text)


def _rows(statement: str) -> list[tuple[Any, ...]]:
    """Ask by the connection this thread has; where it has none, past Django's set-up of one.

    Each visitor's page asks it, and the set-up costs more than the question.
    """
    pool = getattr(connection, "pool", None)
    if connection.connection is None and pool is not None:
        pool.open()
        with pool.connection() as free:
            return list(free.execute(statement).fetchall())
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@dataclass
class Tables:
    """The tables some statements name, and words in them behind which more may hide."""

    names: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Note what the statements of the block name."""
        watched_relations(), own_functions()
        with connection.execute_wrapper(self._hear):
            yield

    def _hear(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = sql if isinstance(sql, str) else sql.as_string(connection.connection)
        words = set(NAME.findall(text.lower()))
        known = watched_relations()
        named = words & known.keys()
        self.names |= named
        self.unsure |= {name for name in named if not known[name]}
        self.unsure |= words & (CLOCKS | own_functions())
        return execute(sql, params, many, context)


@cache
def watched_relations() -> dict[str, bool]:
    """Return every table and view, and whether its changes are counted; read once per process."""
    return dict(_rows(RELATIONS))


@cache
def own_functions() -> frozenset[str]:
    """Return functions of our own, in which a statement could hide what it reads."""
    return frozenset(name for (name,) in _rows(FUNCTIONS))
