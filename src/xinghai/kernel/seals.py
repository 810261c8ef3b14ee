"""Merkle roots over the whole trail: a published root fixes everything before it.

The tree is the one of RFC 6962. A seal keeps the roots of the tree's full subtrees, so that the
next seal reads only the events written since. Sealing takes no lock a write could wait for.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from typing import Self

from django.db import connection, transaction

from xinghai.kernel.clock import database_now
from xinghai.kernel.hashing import digest
from xinghai.kernel.models import Event, Seal

log = logging.getLogger(__name__)

SEALING_LOCK = 7_301_001
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.05
_LEAF, _NODE = b"\x00", b"\x01"

_LAST_ID = "SELECT pg_sequence_last_value(pg_get_serial_sequence('kernel_event', 'id')::regclass)"
_WRITERS = """
    SELECT virtualtransaction, pid FROM pg_locks
    WHERE locktype = 'relation' AND relation = 'kernel_event'::regclass
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND mode = 'RowExclusiveLock' AND granted AND pid IS DISTINCT FROM pg_backend_pid()
"""


class Tree:
    """A Merkle tree that only grows, kept as the roots of its full subtrees, the largest first."""

    def __init__(self, count: int = 0, subtrees: Iterable[bytes] = ()) -> None:
        self.count = count
        self.subtrees = list(subtrees)

    @classmethod
    def kept_by(cls, seal: Seal) -> Self:
        """Return the tree as the seal stored it; seals of the first format stored none."""
        stored, parts = bytes(seal.subtrees), seal.count.bit_count()
        size = len(stored) // parts if parts else 0
        return cls(seal.count, (stored[place * size :][:size] for place in range(parts)))

    def add(self, leaf: bytes) -> None:
        node, size = digest(_LEAF, leaf), self.count
        while size & 1:
            node, size = digest(_NODE, self.subtrees.pop(), node), size >> 1
        self.subtrees.append(node)
        self.count += 1

    @property
    def root(self) -> bytes:
        if not self.subtrees:
            return digest(_LEAF)
        node = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            node = digest(_NODE, left, node)
        return node


def merkle_root(hashes: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes in order (RFC 6962)."""
    tree = Tree()
    for leaf in hashes:
        tree.add(leaf)
    return tree.root


def seal(*, patience: float = PATIENCE_SECONDS) -> Seal | None:
    """Seal all events written so far.

    None when nothing is new, when another worker is sealing, or when a transaction that may still
    write an earlier event stays open for longer than `patience` seconds: the next run tries again.
    """
    with transaction.atomic():
        if not _scalar("SELECT pg_try_advisory_xact_lock(%s)", [SEALING_LOCK]):
            return None
        reached = _wait_for_writers(patience)
        last = Seal.objects.order_by("-last_event_id").first()
        covered = last.last_event_id if last is not None else 0
        if reached <= covered:
            return None
        tree = _tree_of(last) if last is not None else Tree()
        newest = covered
        for pk, leaf in _hashes(after=covered, up_to=reached):
            tree.add(leaf)
            newest = pk
        if newest == covered:
            return None
        return Seal.objects.create(
            at=database_now(),
            last_event_id=newest,
            count=tree.count,
            root=tree.root,
            subtrees=b"".join(tree.subtrees),
        )


def _wait_for_writers(patience: float) -> int:
    """Return the newest id below which no event can appear any more; 0 after `patience` seconds.

    An id is drawn by an INSERT, which locks the table in RowExclusive mode before it draws and
    until its transaction ends. Whoever drew an id up to the sequence's last value has therefore
    either ended or stands among the holders of that lock read after it. Those are waited for by
    looking, never by asking for a lock: a lock request would make later writers queue behind it.
    Ids are drawn one at a time (no sequence cache), else a session could hold an old one.
    """
    reached = int(_scalar(_LAST_ID) or 0)
    earlier, until = _open_writers(), time.monotonic() + patience
    while earlier:
        if time.monotonic() >= until:
            log.warning("seals.writers_still_open pids=%s", sorted(earlier.values(), key=str))
            return 0
        time.sleep(PAUSE_SECONDS)
        still = _open_writers()
        earlier = {one: pid for one, pid in earlier.items() if one in still}
    return reached


def _open_writers() -> dict[str, int | None]:
    """Return the transactions that have written, or are about to write, events; without ours."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return dict(cursor.fetchall())


def _tree_of(last: Seal) -> Tree:
    """Return the tree the last seal stands for, from its own columns or else from the events."""
    kept = Tree.kept_by(last)
    if kept.root == bytes(last.root):
        return kept
    tree = Tree()
    for _pk, leaf in _hashes(after=0, up_to=last.last_event_id):
        tree.add(leaf)
    if tree.root != bytes(last.root):
        # Sealing goes on: whoever damages one seal must not stop all later ones.
        log.error("seals.last_seal_does_not_fit seal=%s", last.pk)
    return tree


def false_seals() -> list[int]:
    """Return the ids of seals that no longer fit the events they cover; reads each event once."""
    seals = list(Seal.objects.order_by("last_event_id"))
    if not seals:
        return []
    false, tree = [], Tree()
    hashes = _hashes(after=0, up_to=seals[-1].last_event_id)
    waiting = next(hashes, None)
    for one in seals:
        while waiting is not None and waiting[0] <= one.last_event_id:
            tree.add(waiting[1])
            waiting = next(hashes, None)
        told = (one.count, bytes(one.root), bytes(one.subtrees) or b"".join(tree.subtrees))
        if told != (tree.count, tree.root, b"".join(tree.subtrees)):
            false.append(one.pk)
    return false


def _hashes(*, after: int, up_to: int) -> Iterator[tuple[int, bytes]]:
    rows = Event.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk")
    for pk, value in rows.values_list("pk", "hash").iterator(chunk_size=10_000):
        yield pk, bytes(value)


def _scalar(sql: str, values: list[int] | None = None) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return row[0] if row else None
