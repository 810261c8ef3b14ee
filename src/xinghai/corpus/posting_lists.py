"""Posting lists in PostgreSQL: fresh postings are rows, older ones are packed by key in segments.

Words are packed big-endian, as PostgreSQL sends its numbers. One statement reads a key's lists
and its fresh postings, so a reader never sees a posting twice while it moves from one to another.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from xinghai.corpus import streaming

PACKED = np.dtype(">i8")
MOST_IN_BEST = 4096
PEN = 7_304_001
Keys = NDArray[np.int64]
Entries = NDArray[np.int64]

HELD = """
    SELECT key, sum(held)::bigint FROM (
        SELECT key, held FROM corpus_postinglist WHERE key = ANY(%s::bigint[])
        UNION ALL SELECT key, 1 FROM corpus_freshposting WHERE key = ANY(%s::bigint[])
    ) every GROUP BY key
"""
# Of some keys every posting, of others the strongest of each segment.
READ = """
    SELECT key, best || rest FROM corpus_postinglist WHERE key = ANY(%s::bigint[])
    UNION ALL SELECT key, best FROM corpus_postinglist WHERE key = ANY(%s::bigint[])
    UNION ALL SELECT key, string_agg(int8send(entry), '')
        FROM corpus_freshposting WHERE key = ANY(%s::bigint[]) GROUP BY key
"""
TAKE = "DELETE FROM corpus_postinglist WHERE segment_id = ANY(%s) RETURNING key, best || rest"


def seed_of(audience: str) -> int:
    """Return the number that makes the keys of an audience different from those of other audiences.

    Used as a key itself, it is the key of all documents of the audience.
    """
    return int.from_bytes(hashlib.blake2b(audience.encode(), digest_size=8).digest(), "big")


def keys_for(audience: str, hashes: NDArray[np.uint64]) -> Keys:
    """Return the keys of terms for one audience; other audiences have other keys for the same
    terms.
    """
    return (hashes ^ np.uint64(seed_of(audience))).view(np.int64)


def key_of_all(audience: str) -> int:
    """Return the key whose list contains every document of the audience."""
    return int(np.uint64(seed_of(audience)).astype(np.int64))


def takes_the_pen() -> bool:
    """Try to become the one transaction that may change lists; return whether it succeeded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [PEN])
        return bool(cursor.fetchone()[0])


def wait_for_the_pen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PEN])


def write_fresh(keys: Keys, entries: Entries) -> None:
    """Write postings as rows, in the order of the index they go into."""
    order = np.argsort(keys)
    keys, entries = keys[order], entries[order]
    rows = np.zeros(len(keys), streaming.PAIR)
    rows["columns"], rows["key_size"], rows["entry_size"] = 2, 8, 8
    rows["key"], rows["entry"] = keys, entries
    statement = "COPY corpus_freshposting (key, entry) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(streaming.HEADER + rows.tobytes() + streaming.END)


def held_by(keys: Keys) -> dict[int, int]:
    """Return the number of documents per key; a key without documents is left out."""
    asked = as_array(keys.tolist())
    return dict(_rows(HELD, [asked, asked]))


def as_array(numbers: Sequence[int]) -> str:
    """Return whole numbers as PostgreSQL writes an array of them.

    The driver looks at each member of a list for itself, which takes longer than the question.
    """
    return f"{{{','.join(map(str, numbers))}}}"


@dataclass(frozen=True)
class Read:
    """Postings one after the other, with the key of each."""

    keys: Keys
    entries: Entries


def read(whole: Keys, best: Keys | None = None) -> Read:
    """Return all postings of some keys, and the strongest postings of other keys, in that order."""
    every, some = whole.tolist(), [] if best is None else best.tolist()
    place = {key: number for number, key in enumerate(every + some)}
    asked = [as_array(keys) for keys in (every, some, every + some)]
    rows = sorted(_rows(READ, asked), key=lambda row: place[row[0]])
    entries = unpacked(b"".join([stored for _key, stored in rows]))
    sizes = [len(stored) // PACKED.itemsize for _key, stored in rows]
    return Read(np.repeat(np.array([row[0] for row in rows], np.int64), sizes), entries)


def _rows(statement: str, arguments: list[Any]) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        yield from cursor.fetchall()


def unpacked(stored: bytes | memoryview) -> Entries:
    return np.frombuffer(stored, PACKED).astype(np.int64)


def write_lists(keys: Keys, entries: Entries, *, segment: int) -> int:
    """Write postings as a segment's lists, in one stream; return how many they are.

    The strongest come first; a newer document before an older one of the same value.
    """
    strength = (entries & 0xFFFFFFFF) << 32 | entries >> 32
    order = np.lexsort((-strength, keys))
    statement = (
        "COPY corpus_postinglist (key, segment_id, held, best, rest) FROM STDIN (FORMAT binary)"
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(streaming.HEADER)
        for some in streaming.rows(keys[order], entries[order], segment=segment, most=MOST_IN_BEST):
            copy.write(some)
        copy.write(streaming.END)
    return len(keys)


def take_fresh(most: int) -> tuple[Keys, Entries]:
    """Delete the oldest fresh postings and return them; with the transaction they come back."""
    statement = (
        "COPY (DELETE FROM corpus_freshposting"
        " WHERE id IN (SELECT id FROM corpus_freshposting ORDER BY id LIMIT %s)"
        " RETURNING key, entry) TO STDOUT (FORMAT binary)"
    )
    with connection.cursor() as cursor, cursor.copy(statement, [most]) as copy:
        stream = b"".join(bytes(piece) for piece in copy)
    count = (len(stream) - len(streaming.HEADER) - len(streaming.END)) // streaming.PAIR.itemsize
    rows = np.frombuffer(stream, streaming.PAIR, count=count, offset=len(streaming.HEADER))
    return rows["key"].astype(np.int64), rows["entry"].astype(np.int64)


def take_segments(segments: Iterable[int]) -> tuple[Keys, Entries]:
    """Delete the lists of these segments and return their postings."""
    keys, entries = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for key, stored in _rows(TAKE, [list(segments)]):
        entries.append(unpacked(stored))
        keys.append(np.full(len(entries[-1]), key, np.int64))
    return np.concatenate(keys), np.concatenate(entries)
