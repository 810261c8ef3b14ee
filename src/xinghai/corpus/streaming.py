"""Rows of lists as PostgreSQL's binary COPY wants them, a million at a time.

Each value is led by its length in four bytes, each row by the number of its columns in two, all
big-endian; a header of nineteen bytes goes before, two bytes of -1 behind.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
END = b"\xff\xff"
# A row of a key and an entry.
PAIR = np.dtype(
    [
        ("columns", ">i2"),
        ("key_size", ">i4"),
        ("key", ">i8"),
        ("entry_size", ">i4"),
        ("entry", ">i8"),
    ]
)
# Columns: key, segment, held, best, rest; of a row without postings so many bytes.
COLUMNS, BARE = 5, 2 + (4 + 8) + (4 + 4) + (4 + 4) + 4 + 4
AT_ONCE = 4_000_000


def rows(
    keys: NDArray[np.int64], entries: NDArray[np.int64], *, segment: int, most: int
) -> Iterator[bytes]:
    """Yield the rows of postings that are sorted by key, the strongest first.

    The first `most` of a key are its best, what is left its rest.
    """
    edges = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    edges = np.append(edges, len(keys))
    first = 0
    while first < len(edges) - 1:
        last = int(np.searchsorted(edges, edges[first] + AT_ONCE, side="right")) - 1
        last = min(max(last, first + 1), len(edges) - 1)
        some = edges[first : last + 1]
        stream = np.empty(int(BARE * (len(some) - 1) + 8 * (some[-1] - some[0])), np.uint8)
        _write(keys, entries, some, segment, most, stream)
        yield stream.tobytes()
        first = last


@njit(cache=True, nogil=True)
def _put(stream, at, value, size):
    for place in range(size):
        stream[at + place] = (value >> (8 * (size - 1 - place))) & 0xFF
    return at + size


@njit(cache=True, nogil=True)
def _write(keys, entries, edges, segment, most, stream):
    at = 0
    for number in range(len(edges) - 1):
        begin, end = edges[number], edges[number + 1]
        cut = min(begin + most, end)
        at = _put(stream, at, COLUMNS, 2)
        at = _put(stream, _put(stream, at, 8, 4), keys[begin], 8)
        at = _put(stream, _put(stream, at, 4, 4), segment, 4)
        at = _put(stream, _put(stream, at, 4, 4), end - begin, 4)
        at = _put(stream, at, 8 * (cut - begin), 4)
        for place in range(begin, cut):
            at = _put(stream, at, entries[place], 8)
        at = _put(stream, at, 8 * (end - cut), 4)
        for place in range(cut, end):
            at = _put(stream, at, entries[place], 8)
