"""Work inside an installation: its environment, and its database while nobody else runs it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from xinghai.config.database.launcher import borrow
from xinghai.config.environment import establish


@contextmanager
def installation(data_dir: Path) -> Iterator[None]:
    """The environment of an installation, its embedded database running for the while."""
    given = os.environ.get("DATABASE_URL")
    if given:
        establish(data_dir, database_url=given)
        yield
        return
    with borrow(data_dir) as url:
        establish(data_dir, database_url=url)
        try:
            yield
        finally:
            close_connections()


def close_connections() -> None:
    """Before the database ends, or the pool complains of the loss."""
    if not settings.configured:
        return
    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
