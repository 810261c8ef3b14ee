"""Fingerprints of many documents, sorted once: who meets whom, and what everybody writes.

The work is cut into parts that threads take (see `cores`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity import kernels, partnering
from xinghai.similarity.cores import cores, in_threads
from xinghai.similarity.shelving import Shelf

WIDTH, WINDOW = 8, 12
# What more documents (or units) than this hold is common. Among few, fewer make a custom.
FEWEST_COMMON, MOST_COMMON, ONE_IN = 6, 30, 40
# So many shared fingerprints near one another make two documents a candidate.
FEWEST_SHARED, REACH = 2, 240
# Texts shorter than this are compared as wholes.
SHORT = 60
AT_ONCE = 256
# Hashes that begin with the same bits are sorted together: small heaps sort quicker than one.
HEAP_BITS = 7
# Seats are numbered in 31 bits: three million documents of 4,600 characters.
MOST_FINGERPRINTS = 1 << 31

NOBODY = np.empty(0, np.int64)
NOTHING = np.empty(0, np.uint64), np.empty(0, np.int32), NOBODY


@dataclass(frozen=True)
class Fingerprints:
    """Of document n: number begins[n] to begins[n + 1]; `packed` is hash and number, sorted.

    Texts of forms stand behind the documents; `documents` says how many are no forms. `low` bits
    of `packed` are the number.
    """

    packed: NDArray[np.uint64]
    edges: NDArray[np.int64]
    places: NDArray[np.int32]
    begins: NDArray[np.int64]
    low: int
    documents: int


@dataclass(frozen=True)
class Runs:
    """Of each fingerprint its seat and what it stands in; the documents seat by seat."""

    where: NDArray[np.int32]
    greys: NDArray[np.uint8]
    members: NDArray[np.uint32]
    unitary: NDArray[np.uint8]


@dataclass(frozen=True)
class Candidates:
    """Pairs worth aligning, and what is needed to mark the characters that do not count."""

    pairs: NDArray[np.uint32]
    places: NDArray[np.int32]
    begins: NDArray[np.int64]
    runs: Runs

    def grey_in(self, shelf: Shelf, number: int) -> NDArray[np.uint8]:
        """Say of each character of one document what it stands in that does not count."""
        marks = np.zeros(len(shelf[number]), np.uint8)
        own = slice(self.begins[number], self.begins[number + 1])
        greys = self.runs.greys[own]
        if len(self.runs.unitary):
            seats = self.runs.where[own]
            seats = np.where(seats < -1, -2 - seats, seats)
            is_of_unit = (seats >= 0) & (self.runs.unitary[seats] & partnering.UNITARY > 0)
            greys = np.where(is_of_unit, np.uint8(kernels.UNIT), greys)
        kernels.mark_grey(self.places[own], greys, WIDTH, WINDOW, marks)
        return marks


def common_among(holders: int) -> int:
    """Return by how many of so many a phrase may be held before it counts as common."""
    return min(max(holders // ONE_IN, FEWEST_COMMON), MOST_COMMON)


def find_candidates(
    shelf: Shelf, *, units: NDArray[np.int64] = NOBODY, stock: Shelf | None = None
) -> Candidates:
    """Return the pairs of documents that share fingerprints near one another."""
    if len(units) not in (0, len(shelf)):
        raise ValueError("one unit for each document")
    prints = fingerprints(shelf, stock)
    runs = _runs(prints, units)
    sizes = np.diff(shelf.starts)
    rule = FEWEST_SHARED, WIDTH, REACH, SHORT
    seats = runs.where, runs.members, runs.unitary
    step = max(len(shelf) // (8 * cores()), AT_ONCE)
    found = in_threads(
        lambda part: partnering.walk(*part, prints.begins, prints.places, seats, sizes, rule),
        _parts(len(shelf), step),
    )
    pairs = np.concatenate(found) if found else np.empty((0, 2), np.uint32)
    return Candidates(pairs, prints.places, prints.begins, runs)


def _parts(whole: int, step: int) -> Iterator[tuple[int, int]]:
    yield from pairwise([*range(0, whole, step), whole])


def fingerprints(shelf: Shelf, stock: Shelf | None = None) -> Fingerprints:
    """Choose the fingerprints of all documents, and behind them of the forms."""
    shelves = [shelf] if stock is None or not len(stock) else [shelf, stock]
    parts = [(one, *part) for one in shelves for part in _parts(len(one), AT_ONCE)]
    made = in_threads(_chosen, parts)
    counts = [counts for _hashes, _places, counts in made]
    begins = np.concatenate([np.zeros(1, np.int64), *counts]).cumsum()
    if begins[-1] >= MOST_FINGERPRINTS:
        raise ValueError("too many documents for one shelf")
    low = max(int(begins[-1]).bit_length(), 1)
    shift = np.uint64(64 - HEAP_BITS)
    sizes = np.zeros((len(made), 1 << HEAP_BITS), np.int64)
    in_threads(lambda n: kernels.counted_by_shelf(made[n][0], shift, sizes[n]), range(len(made)))
    edges = np.concatenate([np.zeros(1, np.int64), sizes.sum(axis=0).cumsum()])
    slots = edges[:-1] + sizes.cumsum(axis=0) - sizes
    firsts = np.cumsum([0, *(len(hashes) for hashes, _places, _counts in made)])
    packed = np.empty(int(begins[-1]), np.uint64)
    places = np.empty(int(begins[-1]), np.int32)

    def put(number: int) -> None:
        # Taken out, so that what was copied needs no memory twice.
        hashes, own, _counts = made[number]
        made[number] = NOTHING
        first = int(firsts[number])
        kernels.put_on_shelves(hashes, first, np.uint64(low), shift, slots[number], packed)
        places[first : first + len(own)] = own

    in_threads(put, range(len(made)))
    return Fingerprints(packed, edges, places, begins, low, len(shelf))


def _chosen(
    part: tuple[Shelf, int, int],
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int64]]:
    shelf, first, end = part
    starts = shelf.starts[first : end + 1]
    codes = shelf.codes[starts[0] : starts[-1]]
    return kernels.fingerprints(codes, starts - starts[0], WIDTH, WINDOW)


def _runs(prints: Fingerprints, units: NDArray[np.int64]) -> Runs:
    whole = len(prints.packed)
    where = np.full(whole, -1, np.int32)
    greys = np.zeros(whole, np.uint8)
    # Only what is written to takes memory: most fingerprints meet nobody.
    members = np.empty(whole, np.uint32)
    steps = np.arange((whole >> 9) + 2) << 9
    steps[-1] = max(whole - 1, 0)
    blocks = np.searchsorted(prints.begins, steps, "right") - 1
    most = common_among(len(np.unique(units)) if len(units) else prints.documents)
    low = np.uint64(prints.low)

    def gather(part: tuple[int, int]) -> None:
        first, end = part
        prints.packed[first:end].sort()
        partnering.gather_runs(
            prints.packed, first, end, low, prints.begins, blocks, prints.documents, units, most,
            (where, greys, members),
        )  # fmt: skip

    in_threads(gather, pairwise(prints.edges.tolist()))
    if not len(units):
        return Runs(where, greys, members, np.empty(0, np.uint8))
    unitary = np.zeros(whole, np.uint8)
    families = partnering.join_families(prints.begins, where, members, units)
    partnering.mark_unitary(where, members, units, families, unitary)
    return Runs(where, greys, members, unitary)
