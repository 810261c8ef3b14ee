"""Many clients at the same moment, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

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
