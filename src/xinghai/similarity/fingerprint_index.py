"""Fingerprints of many documents, sorted once: who meets whom, and what everybody writes.

The work is cut into parts that threads take (see `cores`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity import candidate_pairs, kernels
from xinghai.similarity.cpu_count import cores, in_threads
from xinghai.similarity.packing import Shelf

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
# What `candidate_pairs` goes by.
RULE = FEWEST_SHARED, WIDTH, REACH, SHORT


class Chosen(NamedTuple):
    """Fingerprints of some documents, one after the other; of each how many, if it says little."""

    hashes: NDArray[np.uint64]
    places: NDArray[np.int32]
    counts: NDArray[np.int64]
    little: NDArray[np.bool_]


NOTHING = Chosen(
    np.empty(0, np.uint64), np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0, np.bool_)
)


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
    little: NDArray[np.bool_]


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
        kernels.mark_grey(self.places[own], greys_of(self.runs, own), WIDTH, WINDOW, marks)
        return marks


def common_among(holders: int) -> int:
    """Return in how many of `holders` units a phrase must occur to count as boilerplate."""
    return min(max(holders // ONE_IN, FEWEST_COMMON), MOST_COMMON)


def find_candidates(
    shelf: Shelf, *, units: NDArray[np.int64] = NOBODY, stock: Shelf | None = None
) -> Candidates:
    """Return the pairs of documents that share fingerprints near one another."""
    if len(units) not in (0, len(shelf)):
        raise ValueError("one unit for each document")
    prints = fingerprints(shelf, stock)
    runs = seat(prints, units, common_among(holders(len(shelf), units)))
    if len(units):
        runs = with_units(runs, prints, units)
    sizes = np.diff(shelf.starts)
    seats = runs.where, runs.members, runs.unitary
    whole = prints.begins, prints.places, seats, sizes, prints.little, RULE
    step = max(len(shelf) // (8 * cores()), AT_ONCE)
    found = in_threads(lambda part: candidate_pairs.walk(*part, *whole), _parts(len(shelf), step))
    pairs = np.concatenate(found) if found else np.empty((0, 2), np.uint32)
    return Candidates(pairs, prints.places, prints.begins, runs)


def _parts(whole: int, step: int) -> Iterator[tuple[int, int]]:
    yield from pairwise([*range(0, whole, step), whole])


def fingerprints(shelf: Shelf, stock: Shelf | None = None) -> Fingerprints:
    """Choose the fingerprints of all documents, and behind them of the forms."""
    shelves = [shelf] if stock is None or not len(stock) else [shelf, stock]
    parts = [(one, *part) for one in shelves for part in _parts(len(one), AT_ONCE)]
    made = in_threads(choose, parts)
    begins = np.concatenate([np.zeros(1, np.int64), *(one.counts for one in made)]).cumsum()
    little = np.concatenate([np.zeros(0, np.bool_), *(one.little for one in made)])
    if begins[-1] >= MOST_FINGERPRINTS:
        raise ValueError("too many documents for one shelf")
    low = max(int(begins[-1]).bit_length(), 1)
    shift = np.uint64(64 - HEAP_BITS)
    sizes = np.zeros((len(made), 1 << HEAP_BITS), np.int64)
    in_threads(
        lambda n: kernels.counted_by_shelf(made[n].hashes, shift, sizes[n]), range(len(made))
    )
    edges = np.concatenate([np.zeros(1, np.int64), sizes.sum(axis=0).cumsum()])
    slots = edges[:-1] + sizes.cumsum(axis=0) - sizes
    firsts = np.cumsum([0, *(len(one.hashes) for one in made)])
    packed = np.empty(int(begins[-1]), np.uint64)
    places = np.empty(int(begins[-1]), np.int32)

    def put(number: int) -> None:
        # Taken out, so that what was copied needs no memory twice.
        own, made[number] = made[number], NOTHING
        first = int(firsts[number])
        kernels.put_on_shelves(own.hashes, first, np.uint64(low), shift, slots[number], packed)
        places[first : first + len(own.places)] = own.places

    in_threads(put, range(len(made)))
    return Fingerprints(packed, edges, places, begins, low, len(shelf), little)


def choose(part: tuple[Shelf, int, int]) -> Chosen:
    """Choose the fingerprints of the documents of a shelf from the first to before the end."""
    shelf, first, end = part
    starts = shelf.starts[first : end + 1]
    codes = shelf.codes[starts[0] : starts[-1]]
    hashes, places, counts = kernels.fingerprints(codes, starts - starts[0], WIDTH, WINDOW)
    little = candidate_pairs.say_little(hashes, counts, np.diff(starts), RULE)
    return Chosen(hashes, places, counts, little)


def holders(documents: int, units: NDArray[np.int64]) -> int:
    """Return how many units could contain a phrase; the number of documents where units are
    unknown.
    """
    return len(np.unique(units)) if len(units) else documents


def seat(prints: Fingerprints, units: NDArray[np.int64], most: int) -> Runs:
    """Let who shares a fingerprint meet, unless more than `most` hold it, or a form."""
    whole = len(prints.packed)
    where = np.full(whole, -1, np.int32)
    greys = np.zeros(whole, np.uint8)
    # Only what is written to takes memory: most fingerprints meet nobody.
    members = np.empty(whole, np.uint32)
    steps = np.arange((whole >> 9) + 2) << 9
    steps[-1] = max(whole - 1, 0)
    blocks = np.searchsorted(prints.begins, steps, "right") - 1
    low = np.uint64(prints.low)

    def gather(part: tuple[int, int]) -> None:
        first, end = part
        prints.packed[first:end].sort()
        candidate_pairs.gather_runs(
            prints.packed, first, end, low, prints.begins, blocks, prints.documents, units, most,
            (where, greys, members),
        )  # fmt: skip

    in_threads(gather, pairwise(prints.edges.tolist()))
    return Runs(where, greys, members, np.empty(0, np.uint8))


def with_units(
    runs: Runs,
    prints: Fingerprints,
    units: NDArray[np.int64],
    families: NDArray[np.int64] | None = None,
) -> Runs:
    """Mark boilerplate of single units; families of versions are computed where none are given."""
    if families is None:
        families = candidate_pairs.join_families(prints.begins, runs.where, runs.members, units)
    unitary = np.zeros(len(runs.where), np.uint8)
    candidate_pairs.mark_unitary(runs.where, runs.members, units, families, unitary)
    return replace(runs, unitary=unitary)


def greys_of(runs: Runs, own: slice) -> NDArray[np.uint8]:
    """Return for each fingerprint why it does not count; 0 where it counts."""
    greys = runs.greys[own]
    if not len(runs.unitary):
        return greys
    seats = runs.where[own]
    seats = np.where(seats < -1, -2 - seats, seats)
    is_of_unit = (seats >= 0) & (runs.unitary[seats] & candidate_pairs.UNITARY > 0)
    return np.where(is_of_unit, np.uint8(kernels.UNIT), greys)
