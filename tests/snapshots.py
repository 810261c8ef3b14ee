"""Rows that many tests begin with: made once per run by the real services, put back by a copy.

A snapshot is taken in a transaction that is rolled back, on an empty database, and kept beside
the data directory for the other workers. Each worker stores it in a schema of its own database;
a test puts it back with one statement. Numbers and times are those of the first making.
"""

import fcntl
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import sql
from psycopg.errors import LockNotAvailable

from tests import tables
from xinghai.kernel.clock import shifted, travel_to

# A test that has locked what the making needs gets no snapshot; it must not wait for itself.
PATIENCE = "2s"
# A snapshot taken at a travelled moment is a little older than the moment it is put back at.
BEFORE = timedelta(minutes=10)
KEEP = "CREATE TABLE {schema}.{table} (LIKE public.{table})"
# The next number of a column is never one the snapshot holds. It is asked with every copy: a test
# of migrations makes tables anew, and they count from one.
COUNTED = """
    SELECT attname, pg_get_serial_sequence(attrelid::regclass::text, attname) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
    AND pg_get_serial_sequence(attrelid::regclass::text, attname) IS NOT NULL
"""
COUNT_ON = """
    PERFORM setval({name}, greatest(nextval({name}), (SELECT max({column}) FROM {schema}.{table})));
"""
PUT_BACK = """
    CREATE FUNCTION {schema}.put_back() RETURNS void LANGUAGE plpgsql
    SET session_replication_role = replica AS {body}
"""
PUT_ONE = "INSERT INTO public.{table} ({columns}) SELECT {columns} FROM {schema}.{table};"


@dataclass(frozen=True)
class Snapshot:
    """The rows of each table in PostgreSQL's binary form, and what the making answered."""

    name: str
    answer: str
    rows: dict[str, bytes] = field(repr=False)

    @property
    def schema(self) -> str:
        return f"snapshot_{self.name}"


class _Undo(Exception):
    """Ends the transaction in which a snapshot was taken."""


_stored: dict[str, Snapshot] = {}


def put_back(name: str, make: Callable[[], str]) -> str | None:
    """Put back what `make` makes on an empty database, and return its answer.

    None where there is no snapshot or the test has made some of it: then the caller makes it.
    """
    name = f"{name}{_moment()}"
    snapshot = _stored.get(name) or _take_elsewhere(name, make)
    if snapshot is None:
        return None
    call = sql.SQL("SELECT {}.put_back()").format(sql.Identifier(snapshot.schema))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(call)
    except IntegrityError:
        return None
    return snapshot.answer


def _moment() -> str:
    """Nothing today; the hour where the clock has been moved."""
    now = datetime.now(UTC)
    return "" if shifted(now) == now else f"_{shifted(now):%Y%m%d%H}"


def _take_elsewhere(name: str, make: Callable[[], str]) -> Snapshot | None:
    """Take and store on another connection: the test's own transaction will be rolled back."""

    def run() -> Snapshot | None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
                snapshot = _of_this_run(name, make)
                if snapshot is not None:
                    _store(snapshot)
                return snapshot
        except OperationalError as trouble:
            if isinstance(trouble.__cause__, LockNotAvailable):
                return None
            raise
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as elsewhere:
        snapshot = elsewhere.submit(copy_context().run, run).result()
    if snapshot is not None:
        _stored[name] = snapshot
    return snapshot


def _of_this_run(name: str, make: Callable[[], str]) -> Snapshot | None:
    """The snapshot another worker has taken, or ours; None where committed rows are about."""
    folder = Path(settings.DATA_DIR) / "snapshots"
    folder.mkdir(exist_ok=True)
    kept = folder / f"{name}.pickle"
    with _alone(folder / f"{name}.lock"):
        if kept.exists():
            found: Snapshot = pickle.loads(kept.read_bytes())  # noqa: S301 (written by this run)
            return found
        if tables.used():
            return None
        snapshot = _take(name, make)
        kept.write_bytes(pickle.dumps(snapshot))
        return snapshot


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _take(name: str, make: Callable[[], str]) -> Snapshot:
    now = datetime.now(UTC)
    travelled = shifted(now) != now
    taken: list[Snapshot] = []
    try:
        with transaction.atomic():
            with travel_to(shifted(now) - BEFORE) if travelled else nullcontext():
                answer = make()
            rows = {table: tables.rows_of(table) for table in tables.used()}
            taken.append(Snapshot(name, answer, rows))
            raise _Undo
    except _Undo:
        return taken[0]


def _store(snapshot: Snapshot) -> None:
    """Keep the rows in a schema beside the tables, with a function that copies them over."""
    schema = sql.Identifier(snapshot.schema)
    body = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
        for name, rows in snapshot.rows.items():
            table, columns = sql.Identifier(name), tables.columns_of(name)
            words = {"schema": schema, "table": table, "columns": tables.names(columns)}
            cursor.execute(sql.SQL(KEEP).format(**words))
            tables.write_rows(rows, snapshot.schema, name)
            cursor.execute(COUNTED, [f'public."{name}"'])
            for column, sequence in cursor.fetchall():
                counted = {"name": sequence, "column": sql.Identifier(column)}
                body.append(sql.SQL(COUNT_ON).format(**words, **counted).as_string())
            body.append(sql.SQL(PUT_ONE).format(**words).as_string())
        text = f"BEGIN {' '.join(body)} END"
        cursor.execute(sql.SQL(PUT_BACK).format(schema=schema, body=sql.Literal(text)))
