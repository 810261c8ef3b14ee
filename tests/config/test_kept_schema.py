"""The kept schema and the migrations give the same database; what does not fit is passed over."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from xinghai.config.kept_schema import (
    SCRIPT,
    KeptSchema,
    dump,
    load_into_empty,
    migrations_of_the_program,
)

# What only the tests have: their process, and the copies of what many begin with.
OURS = ("--schema=public", "--exclude-table=toy_*")
FUNCTIONS_OF_THE_TOY = """
    SELECT proname FROM pg_proc JOIN pg_trigger ON tgfoid = pg_proc.oid
    JOIN pg_class ON pg_class.oid = tgrelid
    GROUP BY proname HAVING bool_and(relname LIKE 'toy\\_%')
"""
CASTS_AND_BRACKETS = re.compile(r"::(character varying|text)(\[\])?|[()]")
MANY = 500
pytestmark = pytest.mark.usefixtures("django_db_setup", "db")


@pytest.fixture
def kept() -> KeptSchema:
    return KeptSchema(SCRIPT.read_text())


@pytest.fixture
def empty() -> Iterator[dict[str, Any]]:
    """A new database on the tests' server, as a connection's parameters."""
    parameters = connection.get_connection_params()
    with psycopg.connect(**parameters, autocommit=True) as own:
        # Each worker of the run has its own.
        name = f"kept_{parameters['dbname']}"
        own.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield parameters | {"dbname": name}
        own.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrate(name: str, place: Path) -> None:
    """Run the migrations that were written after the script, as `prepare` does."""
    known = connection.settings_dict
    address = f"postgres://{known['USER']}:{known['PASSWORD']}@/{known['HOST']}/{name}"
    environment = os.environ | {"DATABASE_URL": address, "XINGHAI_DATA_DIR": str(place)}
    environment |= {"XINGHAI_MODE": "demo", "XINGHAI_SECRET_KEY": "x" * 50}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"]
    subprocess.run(command, env=environment, check=True)


def rows(database: str) -> Counter[str]:
    """What the migrations wrote; a row's place, and how far a sequence is, say nothing."""
    lines = dump(database, "--data-only", *OURS).splitlines()
    return Counter(line.rstrip(",;") for line in lines if "setval" not in line)


def schema(database: str) -> list[str]:
    """Each thing in the database as SQL, but the functions of the toy's triggers.

    PostgreSQL writes an array's casts elsewhere once it has read its own writing.
    """
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS_OF_THE_TOY)
        toys = [name for (name,) in cursor.fetchall()]
    parts = dump(database, "--schema-only", *OURS).split("\n-- Name: ")
    assert len(parts) > MANY
    ours = [part for part in parts if part.partition("(")[0] not in toys]
    return [CASTS_AND_BRACKETS.sub("", part) for part in ours]


def test_the_kept_schema_is_the_one_of_the_migrations(
    kept: KeptSchema, empty: dict[str, Any], place: Path
) -> None:
    kept.load(empty)
    migrate(empty["dbname"], place)
    migrated = connection.settings_dict["NAME"]
    assert schema(empty["dbname"]) == schema(migrated)
    assert rows(empty["dbname"]) == rows(migrated)
    assert "INSERT INTO public.kernel_calendarday" in "\n".join(rows(empty["dbname"]))


def test_one_index_less_would_be_found(kept: KeptSchema, empty: dict[str, Any]) -> None:
    kept.load(empty)
    before = schema(empty["dbname"])
    with psycopg.connect(**empty) as own:
        own.execute("DROP INDEX accounts_user_username_6088629e_like")
    assert schema(empty["dbname"]) != before


def test_it_fits_this_program(kept: KeptSchema) -> None:
    """Else a first start runs every migration: `./xinghai keep-schema` makes it anew."""
    assert kept.fits(migrations_of_the_program(), server=18)


def test_it_is_passed_over_where_a_migration_was_changed_or_is_gone(kept: KeptSchema) -> None:
    program = migrations_of_the_program()
    first = ("accounts", "0001_initial")
    assert not kept.fits(program | {first: "another"}, server=18)
    assert not kept.fits({key: program[key] for key in program if key != first}, server=18)
    assert kept.fits(program | {("accounts", "0999_later"): "new"}, server=18)


def test_it_is_passed_over_on_another_server_and_when_it_is_not_whole(kept: KeptSchema) -> None:
    program = migrations_of_the_program()
    assert not kept.fits(program, server=17)
    assert not KeptSchema("-- PostgreSQL 18\n").fits(program, server=18)
    assert not KeptSchema("CREATE TABLE half ();").fits(program, server=18)


def test_a_script_that_fails_leaves_nothing(kept: KeptSchema, empty: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        KeptSchema(kept.script + "\nSELECT 1 FROM public.nowhere;").load(empty)
    with psycopg.connect(**empty) as own:
        [tables] = own.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    assert tables == (0,)


def test_a_database_that_holds_something_is_left_alone() -> None:
    assert not load_into_empty()
