"""The tables of a worker's database: which hold rows, how they are copied and emptied."""

from collections.abc import Iterable

from django.db import connection, transaction
from psycopg import sql

# Emptying a table is a change too, and is counted.
TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND c.relname <> 'kernel_changecount'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relname
"""
# A generated column is not written; the others are, in the order of the table.
COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum
"""
# Neither triggers nor references are asked: whole tables go, and whole snapshots come.
UNASKED = "SELECT set_config('session_replication_role', 'replica', true)"

# What the migrations have written, as it was when this worker began; `remember_migrated` fills it.
_migrated: dict[str, bytes] = {}


def remember_migrated() -> None:
    """Note the rows of a database that holds nothing but what the migrations wrote."""
    _migrated.clear()
    _migrated.update({table: rows_of(table) for table in filled(all_tables())})


def used() -> list[str]:
    """Tables that hold rows and held none after the migrations."""
    return filled(table for table in all_tables() if table not in _migrated)


def all_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def filled(tables: Iterable[str]) -> list[str]:
    question = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM public.{})").format(
            sql.Literal(table), sql.Identifier(table)
        )
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return sorted(name for (name,) in cursor.fetchall())


def columns_of(table: str) -> list[str]:
    """The columns a row is written with."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [f'public."{table}"'])
        return [name for (name,) in cursor.fetchall()]


def names(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def rows_of(table: str) -> bytes:
    """Every row in PostgreSQL's binary form, in the order of the first column."""
    query = sql.SQL("COPY (SELECT {} FROM public.{} ORDER BY 1) TO STDOUT (FORMAT binary)")
    with (
        connection.cursor() as cursor,
        cursor.copy(query.format(names(columns_of(table)), sql.Identifier(table))) as copy,
    ):
        return b"".join(copy)


def write_rows(rows: bytes, schema: str, table: str) -> None:
    query = sql.SQL("COPY {}.{} ({}) FROM STDIN (FORMAT binary)")
    place = (sql.Identifier(schema), sql.Identifier(table))
    with (
        connection.cursor() as cursor,
        cursor.copy(query.format(*place, names(columns_of(table)))) as copy,
    ):
        copy.write(rows)


def empty() -> None:
    """Leave what the migrations wrote and nothing else.

    TRUNCATE makes new files for every table and its indexes, and waits for every reader;
    few tables hold rows, and few rows.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UNASKED)
        for table in used():
            cursor.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(table)))
        for table, rows in _migrated.items():
            if rows_of(table) != rows:
                cursor.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(table)))
                write_rows(rows, "public", table)
