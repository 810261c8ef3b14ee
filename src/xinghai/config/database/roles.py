"""Roles, database and extensions, made so at every start.

`xinghai_admin` belongs to the launcher alone. The application's `xinghai` owns
its database and nothing else: a superuser could switch off the triggers that
keep the history append-only.
"""

from pathlib import Path

import psycopg
from psycopg import sql

APPLICATION = "xinghai"
DATABASE = "xinghai"
EXTENSIONS = ("btree_gist", "pg_trgm")


def make_roles_and_database(
    socket: Path, *, admin: str, admin_password: str, password: str, may_create: bool
) -> None:
    """Idempotent. `may_create` lets the role make databases (the tests need it)."""

    def connect(database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(socket), user=admin, password=admin_password, dbname=database, autocommit=True
        )

    with connect("postgres") as connection:
        _make_role(connection, password=password, may_create=may_create)
    with connect("template1") as connection:
        _make_extensions(connection)
    with connect("postgres") as connection:
        _make_database(connection)
    with connect(DATABASE) as connection:
        _make_extensions(connection)


def _make_role(connection: psycopg.Connection, *, password: str, may_create: bool) -> None:
    role = sql.Identifier(APPLICATION)
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION])
    if known.fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(role))
    connection.execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS {} PASSWORD {}"
        ).format(
            role,
            sql.SQL("CREATEDB" if may_create else "NOCREATEDB"),
            sql.Literal(password),
        )
    )


def _make_database(connection: psycopg.Connection) -> None:
    name, owner = sql.Identifier(DATABASE), sql.Identifier(APPLICATION)
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    if known.fetchone() is None:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    for database in (DATABASE, "postgres"):
        connection.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database))
        )
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE postgres TO {}").format(owner))


def _make_extensions(connection: psycopg.Connection) -> None:
    for name in EXTENSIONS:
        connection.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
        )
