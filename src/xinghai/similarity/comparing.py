"""Everything against everything: which documents share passages, and exactly which.

Fingerprints of all documents are sorted once; documents that hold the same rare fingerprints are
candidates; only those are aligned. A fingerprint that many documents hold is what everybody writes
(a form's text, a policy's phrase) and makes nobody a candidate: no list is needed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity import kernels
from xinghai.similarity.aligning import Passage, align
from xinghai.similarity.normalising import normalise_many

WIDTH, WINDOW, BITS = 8, 12, 40
# What more documents than this hold is common. Among few documents fewer make a custom.
FEWEST_COMMON, MOST_COMMON, ONE_IN = 6, 30, 40
# So many shared rare fingerprints make two documents a candidate.
FEWEST_SHARED = 3
AT_ONCE = 512


@dataclass(frozen=True)
class Shelf:
    """Documents in normal form, one after the other: n is codes[starts[n]:starts[n + 1]]."""

    codes: NDArray[np.uint16]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> NDArray[np.uint16]:
        return self.codes[self.starts[number] : self.starts[number + 1]]


def shelve(texts: Iterable[str]) -> Shelf:
    """Normalise many texts; their original places are found again when one is shown."""
    codes, lengths = [], []
    waiting = iter(texts)
    while some := list(islice(waiting, AT_ONCE)):
        joined, counts = normalise_many(some)
        codes.append(joined)
        lengths.append(counts)
    counts = np.concatenate(lengths) if lengths else np.empty(0, np.int64)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return Shelf(np.concatenate(codes) if codes else np.empty(0, np.uint16), starts)


@dataclass(frozen=True)
class Candidates:
    """Pairs worth aligning, and for every document the characters everybody writes."""

    pairs: NDArray[np.uint32]
    shared: NDArray[np.int64]
    fingerprints: "Fingerprints"


@dataclass(frozen=True)
class Fingerprints:
    """Of document n: places[begins[n]:begins[n + 1]]; `common` are the hashes of many."""

    places: NDArray[np.int32]
    begins: NDArray[np.int64]
    common: NDArray[np.uint64]

    def common_in(self, shelf: Shelf, number: int) -> NDArray[np.bool_]:
        """Mark the characters of one document that stand in what everybody writes."""
        codes = shelf[number]
        mask = np.zeros(len(codes), np.bool_)
        chosen = self.places[self.begins[number] : self.begins[number + 1]]
        if len(self.common) and len(chosen):
            hashes = kernels.grams(codes, WIDTH)
            kernels.mark_common(hashes, chosen, len(chosen), self.common, BITS, WIDTH, WINDOW, mask)
        return mask


def common_among(documents: int) -> int:
    """Return by how many of so many documents a phrase may be held before it counts as common."""
    return min(max(documents // ONE_IN, FEWEST_COMMON), MOST_COMMON)


def find_candidates(shelf: Shelf) -> Candidates:
    """Return the pairs of documents that share rare fingerprints, most shared first."""
    common = common_among(len(shelf))
    held, places, begins = _fingerprints(shelf)
    held.sort()
    held = held[_begins(held)]
    prints = Fingerprints(places, begins, kernels.common_hashes(held, BITS, common))
    pairs = np.empty(kernels.count_pairs(held, BITS, common), np.uint64)
    kernels.write_pairs(held, BITS, common, pairs)
    pairs.sort()
    edges = np.flatnonzero(_begins(pairs))
    shared = np.diff(np.append(edges, len(pairs)))
    wanted = shared >= FEWEST_SHARED
    chosen, shared = pairs[edges][wanted], shared[wanted]
    both = np.stack([chosen >> np.uint64(32), chosen & np.uint64(0xFFFFFFFF)], axis=1)
    order = np.argsort(-shared, kind="stable")
    return Candidates(both[order].astype(np.uint32), shared[order], prints)


def _fingerprints(shelf: Shelf) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int64]]:
    """Return packed (hash, document), places, and where each document's places begin."""
    documents, starts = len(shelf), shelf.starts
    counts = np.zeros(documents, np.int64)
    edges = [*range(0, documents, AT_ONCE), documents]
    room = max((starts[last] - starts[first] for first, last in pairwise(edges)), default=0)
    packed, places = np.empty(room, np.uint64), np.empty(room, np.int32)
    held, kept = [np.empty(0, np.uint64)], [np.empty(0, np.int32)]
    for first, last in pairwise(edges):
        kernels.fingerprints(
            shelf.codes, starts, first, last, WIDTH, WINDOW, BITS, packed, places, counts
        )
        held.append(kernels.gathered(packed, starts, first, last, counts))
        kept.append(kernels.gathered(places, starts, first, last, counts))
    begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return np.concatenate(held), np.concatenate(kept), begins


def _begins(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Mark the first of every run of equal values, which are sorted."""
    first = np.ones(len(values), np.bool_)
    first[1:] = values[1:] != values[:-1]
    return first


@dataclass(frozen=True)
class Match:
    """Two documents, by number, and the passages of the first that stand in the second."""

    here: int
    there: int
    passages: list[Passage]


def compare_everything(texts: Sequence[str]) -> Iterator[Match]:
    """Compare all texts with one another; yield the pairs that share a passage."""
    yield from match_on(shelve(texts))


def match_on(shelf: Shelf) -> Iterator[Match]:
    found = find_candidates(shelf)
    masks: dict[int, NDArray[np.bool_]] = {}
    for one, other in found.pairs:
        here, there = int(one), int(other)
        if here not in masks:
            masks[here] = found.fingerprints.common_in(shelf, here)
        passages = align(shelf[here], shelf[there], masks[here])
        if passages:
            yield Match(here, there, passages)
