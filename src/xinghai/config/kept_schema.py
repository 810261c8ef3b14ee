"""The schema of a new database as one SQL script: a demonstration need not run every migration.

The migrations stay the truth. `./xinghai keep-schema` runs them in an empty database and writes
the script from it. Its head names each migration it stands for, with a digest of its file: where
one of them is gone or has been changed, or PostgreSQL is of another major version, the script is
passed over. Migrations written after it run on top of it, so nobody need make it anew for each.
`tests/config/test_kept_schema.py` shows that both ways give the same schema.
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import django
import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from xinghai.config.database.binaries import find_binaries

SCRIPT = Path(__file__).parent / "kept_schema.sql"
MIGRATION = re.compile(r"^-- migration (\S+) (\S+) (\w+)$", re.MULTILINE)
SERVER = re.compile(r"^-- PostgreSQL (\d+)$", re.MULTILINE)
# `migrate` makes these rows itself, and a count of changes begins where chance says.
MADE = ("auth_permission", "django_content_type", "django_migrations", "kernel_changecount")
NOTE = "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())"
Migration = tuple[str, str]


class KeptSchema:
    """One such script."""

    def __init__(self, script: str) -> None:
        self.script = script

    @cached_property
    def migrations(self) -> dict[Migration, str]:
        """Return the digest of each migration the script stands for, in the order they ran."""
        found = MIGRATION.findall(self.script)
        return {(app, name): digest for app, name, digest in found}

    def fits(self, migrations: Mapping[Migration, str], *, server: int) -> bool:
        """Whether the program still has these very migrations, and the server is of this kind."""
        made_by = SERVER.search(self.script)
        return (
            made_by is not None
            and int(made_by[1]) == server
            and bool(self.migrations)
            and self.migrations.items() <= migrations.items()
        )

    def load(self, database: Mapping[str, Any]) -> None:
        """Run the script in an empty database, and note its migrations: all of it or nothing.

        On a connection of its own, since the script changes the session it runs in.
        """
        with psycopg.connect(**database) as own:
            own.execute(self.script.encode())
            own.execute("SET search_path TO DEFAULT")
            own.cursor().executemany(NOTE, list(self.migrations))


def load_into_empty() -> bool:
    """Give an empty database its schema; False where it is not empty or the script does not fit."""
    if connection.introspection.table_names():
        return False
    kept = KeptSchema(SCRIPT.read_text())
    if not kept.fits(migrations_of_the_program(), server=major_of_the_server()):
        return False
    kept.load(connection.get_connection_params())
    return True


def migrations_of_the_program() -> dict[Migration, str]:
    """Return a digest of the file of every migration there is."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return {key: _digest(one.__module__) for key, one in known.items()}


def _digest(module: str) -> str:
    written = Path(str(sys.modules[module].__file__)).read_bytes()
    return hashlib.sha256(written).hexdigest()[:16]


def major_of_the_server() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def made_from_the_migrations() -> str:
    """Return the script of this database, which holds what the migrations made and no more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        ran = cursor.fetchall()
    digests = migrations_of_the_program()
    head = [
        "-- Made by `./xinghai keep-schema`; not edited by hand (see kept_schema.py).",
        f"-- PostgreSQL {major_of_the_server()}",
        *(f"-- migration {app} {name} {digests[app, name]}" for app, name in ran),
    ]
    return "\n".join([*head, "", dump(connection.settings_dict["NAME"])])


def dump(database: str, *more: str) -> str:
    """Return a database of our server as SQL; `more` are further words for pg_dump."""
    known = connection.get_connection_params()
    words = ["--no-owner", "--no-privileges", "--no-comments", "--inserts", *more]
    # The sequences of these tables go with them.
    words += [f"--exclude-table-data={table}*" for table in MADE]
    told = subprocess.run(
        [find_binaries().program("pg_dump"), *words, "--rows-per-insert=1000", database],
        env=os.environ
        | {"PGHOST": known["host"], "PGUSER": known["user"], "PGPASSWORD": known["password"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    # What psql alone understands; it bears a word of chance.
    return "".join(line for line in told.splitlines(keepends=True) if not line.startswith("\\"))


def main() -> None:
    django.setup()
    SCRIPT.write_text(made_from_the_migrations())


if __name__ == "__main__":
    main()
