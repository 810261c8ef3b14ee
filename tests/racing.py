"""Many clients at the same moment, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

CLIENTS = 16


def at_once(act: Callable[[int], object], *, clients: int = CLIENTS) -> list[object]:
    """Run `act` in so many threads, started together; return what each answered."""
    start = Barrier(clients)

    def run(client: int) -> object:
        try:
            start.wait()
            return act(client)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(run, range(clients)))


def is_somebody_waiting() -> bool:
    """Does any connection wait for a lock another one holds?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def overtake(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, act: Callable[[], object]
) -> Thread:
    """Let `act` begin, elsewhere, when the next caller of `module.name` has read and would write.

    The caller writes once `act` is done, or waits for its turn. Join the thread at the end.
    """
    write = getattr(module, name)

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    later = Thread(target=run)

    def write_late(*given: Any, **more: Any) -> Any:
        monkeypatch.setattr(module, name, write)
        later.start()
        while later.is_alive() and not is_somebody_waiting():
            later.join(0.01)
        return write(*given, **more)

    monkeypatch.setattr(module, name, write_late)
    return later
