"""Sealing beside writers: how long it takes, what it reads, and how long a write waits for it.

Writers are processes of their own, each with a person, so that neither Python's lock nor a row's
lock is measured. The events of the mass are rows with a hash and no story: sealing reads nothing
else. The old way is the control: all hashes of all time, read and hashed under a table lock.

How long a write takes depends on the disk and on whatever else the machine does. How long it waits
for the table's lock depends on the sealing alone, and is looked up beside.
"""

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from django.db import connection, connections, transaction

from tests.factories import make_user
from xinghai.accounts.models import User
from xinghai.kernel.events import record
from xinghai.kernel.models import Event, Seal
from xinghai.kernel.seals import Tree, false_seals, seal

WRITERS = 2
PAUSE = 0.002
QUIET_SECONDS = 15.0
CHUNK = 500_000
LOOK_EVERY = 0.01
LARGEST_CONTROL = 1_000_000
PROCESSES = multiprocessing.get_context("fork")

Wait = tuple[float, float]  # when a write ended, and how long it took


@dataclass(frozen=True)
class Phase:
    name: str
    events: int
    rows: int
    lock_wait: float
    began: float
    ended: float


def run(*, events: int) -> None:
    people = [make_user() for _ in range(WRITERS)]
    heads = ["events", "seconds", "rows hashed", "longest wait for the lock ms"]
    heads += ["writes", "p99 ms", "longest write ms"]
    print(f"| what | {' | '.join(heads)} |")
    print(f"|---{'|--:' * len(heads)}|", flush=True)
    _fill(min(events, LARGEST_CONTROL))
    _report(people, lambda: [_quietly("nobody seals"), _timed("control: the old way", _old_way)])
    _fill(events)
    _report(people, _phases_of_today)
    _print(_timed("all seals verified, writers at rest", _verify), [])


def _fill(size: int) -> None:
    """Bring the table to so many events, and its statistics up to date."""
    with connection.cursor() as cursor:
        have = Event.objects.count()
        for first in range(have + 1, size + 1, CHUNK):
            cursor.execute(
                "INSERT INTO kernel_event (at, verb, subject_type, subject_id, data, text_digest,"
                " address_digest, format, previous_hash, hash)"
                " SELECT now(), 'look', 'bench.mass', n, '{}', '', '', 2, '', sha256(int8send(n))"
                " FROM generate_series(%s::bigint, %s::bigint) n",
                [first, min(first + CHUNK - 1, size)],
            )
        cursor.execute("VACUUM ANALYZE kernel_event")


def _old_way() -> int:
    tree = Tree()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE kernel_event IN SHARE MODE")
        rows = Event.objects.order_by("pk").values_list("hash", flat=True)
        for value in rows.iterator(chunk_size=10_000):
            tree.add(bytes(value))
    return tree.count


def _phases_of_today() -> list[Phase]:
    return [
        _quietly("nobody seals"),
        _timed("first seal: everything there is", _seal),
        _quietly("nobody seals"),
        _timed("next seal: what was written since", _seal),
    ]


def _seal() -> int:
    before = Seal.objects.order_by("-pk").values_list("count", flat=True).first() or 0
    made = seal()
    if made is None:
        raise SystemExit("nothing was sealed")
    return made.count - before


def _verify() -> int:
    if false := false_seals():
        raise SystemExit(f"seals {false} do not fit")
    return Seal.objects.latest("pk").count


def _quietly(name: str) -> Phase:
    def wait() -> int:
        time.sleep(QUIET_SECONDS)
        return 0

    return _timed(name, wait)


def _timed(name: str, act: Callable[[], int]) -> Phase:
    size = _size()
    with _looking_for_waits() as waits:
        began = time.monotonic()
        rows = act()
        ended = time.monotonic()
    return Phase(name, size, rows, max(waits), began, ended)


@contextmanager
def _looking_for_waits() -> Iterator[list[float]]:
    """See how long anybody has waited for a lock on the events' table, again and again."""
    waits, is_over = [0.0], threading.Event()

    def look() -> None:
        try:
            with connection.cursor() as cursor:
                while not is_over.wait(LOOK_EVERY):
                    cursor.execute(
                        "SELECT coalesce(extract(epoch FROM max(clock_timestamp() - waitstart)), 0)"
                        " FROM pg_locks WHERE NOT granted AND locktype = 'relation'"
                        " AND relation = 'kernel_event'::regclass"
                    )
                    waits.append(float(cursor.fetchone()[0]))
        finally:
            connections.close_all()

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield waits
    finally:
        is_over.set()
        looker.join()


def _size() -> int:
    """By the sequence: counting ten million rows would be measured with the writes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM kernel_event_id_seq")
        return int(cursor.fetchone()[0])


def _report(people: list[User], act: Callable[[], list[Phase]]) -> None:
    with _writing(people) as waits:
        phases = act()
    for phase in phases:
        _print(phase, waits)


@contextmanager
def _writing(people: list[User]) -> Iterator[list[Wait]]:
    """Every person writes events until the block ends; then the waits are in the list."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    pairs = [PROCESSES.Pipe() for _ in people]
    writers = [
        PROCESSES.Process(target=_write, args=[person, theirs])
        for person, (_ours, theirs) in zip(people, pairs, strict=True)
    ]
    for writer in writers:
        writer.start()
    waits: list[Wait] = []
    time.sleep(1)  # their first connections
    try:
        yield waits
    finally:
        for ours, _theirs in pairs:
            ours.send("stop")
        for ours, _theirs in pairs:
            waits += ours.recv()
        for writer in writers:
            writer.join()


def _write(person: Any, line: Connection) -> None:
    waits: list[Wait] = []
    while not line.poll(PAUSE):
        began = time.monotonic()
        record("look", person, by=person, reason="演示的理由")
        ended = time.monotonic()
        waits.append((ended, ended - began))
    line.send(waits)


def _print(phase: Phase, waits: list[Wait]) -> None:
    """A write belongs to the phase in which it began or ended."""
    met = sorted(
        length * 1000
        for ended, length in waits
        if ended >= phase.began and ended - length <= phase.ended
    )
    shown = (
        f"{len(met):,} | {met[len(met) * 99 // 100]:.1f} | {met[-1]:.1f}" if met else "– | – | –"
    )
    print(
        f"| {phase.name} | {phase.events:,} | {phase.ended - phase.began:.1f}"
        f" | {phase.rows:,} | {phase.lock_wait * 1000:.0f} | {shown} |",
        flush=True,
    )
