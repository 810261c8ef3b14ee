"""Everything against everything: which documents share passages, and exactly which.

Fingerprints of all documents are sorted once; documents that hold the same rare fingerprints near
one another are candidates; only those are aligned. What is no copy needs no list: a phrase of many
units is everybody's, one of several papers of a unit is how that unit speaks of itself. Forms and
policies may be given as `stock`, and who wrote what, so that nobody is told of their own words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xinghai.similarity import kernels
from xinghai.similarity.aligning import OWN, Passage, align_all
from xinghai.similarity.cpu_count import cores, in_threads
from xinghai.similarity.fingerprint_index import (
    Candidates,
    common_among,
    find_candidates,
)
from xinghai.similarity.masking import Stock
from xinghai.similarity.packing import Shelf, shelve

__all__ = [
    "Labels",
    "Match",
    "Passage",
    "common_among",
    "compare_everything",
    "find_candidates",
    "match_on",
    "shelve",
]
ALIGNED_AT_ONCE = 64


@dataclass(frozen=True)
class Match:
    """Two documents, by number, and the passages of the first that stand in the second."""

    here: int
    there: int
    passages: list[Passage]

    @property
    def counted(self) -> list[Passage]:
        return [one for one in self.passages if not one.why]


class Labels:
    """What is known of documents besides their words: unit, writer (-1 unknown), known texts."""

    def __init__(
        self,
        documents: int,
        units: ArrayLike | None = None,
        writers: ArrayLike | None = None,
        stock: Iterable[str] = (),
    ) -> None:
        self.units = _given(units, documents)
        self.writers = _given(writers, documents)
        self.forms = shelve(stock)
        self.stock = Stock(self.forms)

    def is_own(self, here: int, there: int) -> bool:
        return len(self.writers) > 0 and self.writers[here] == self.writers[there] >= 0

    def is_one_unit(self, here: int, there: int) -> bool:
        return len(self.units) > 0 and self.units[here] == self.units[there] >= 0


def _given(labels: ArrayLike | None, documents: int) -> NDArray[np.int64]:
    found = np.empty(0, np.int64) if labels is None else np.asarray(labels, np.int64)
    if labels is not None and found.shape != (documents,):
        raise ValueError("one label for each document")
    return found


def compare_everything(
    texts: Iterable[str],
    *,
    units: ArrayLike | None = None,
    writers: ArrayLike | None = None,
    stock: Sequence[str] = (),
) -> Iterator[Match]:
    """Compare all texts with one another; yield the pairs that share a passage."""
    yield from match_on(shelve(texts), units=units, writers=writers, stock=stock)


def match_on(
    shelf: Shelf,
    *,
    units: ArrayLike | None = None,
    writers: ArrayLike | None = None,
    stock: Sequence[str] = (),
) -> Iterator[Match]:
    """Yield the pairs of packed texts that share a passage that counts or is a writer's own."""
    labels = Labels(len(shelf), units, writers, stock)
    found = find_candidates(shelf, units=labels.units, stock=labels.forms)
    compare = _Comparison(shelf, labels, found)
    for first in range(0, len(found.pairs), ALIGNED_AT_ONCE * cores()):
        some = found.pairs[first : first + ALIGNED_AT_ONCE * cores()]
        for matches in in_threads(compare.all_of, np.array_split(some, cores())):
            yield from matches


@dataclass(frozen=True)
class _Comparison:
    shelf: Shelf
    labels: Labels
    found: Candidates

    def all_of(self, pairs: NDArray[np.uint32]) -> list[Match]:
        """Align pairs; those of one document follow one another, so it is marked once."""
        matches: list[Match] = []
        marked, greys = -1, np.empty(0, np.uint8)
        for here, there in pairs.tolist():
            if here != marked:
                codes = self.shelf[here]
                greys = self.labels.stock.marks_in(codes, self.found.grey_in(self.shelf, here))
                marked = here
            matches += self._match(here, there, greys)
        return matches

    def _match(self, here: int, there: int, greys: NDArray[np.uint8]) -> Iterator[Match]:
        passages = shared_passages(
            self.shelf[here],
            self.shelf[there],
            greys,
            is_one_unit=self.labels.is_one_unit(here, there),
            is_own=self.labels.is_own(here, there),
        )
        if passages:
            yield Match(here, there, passages)


def shared_passages(
    here: NDArray[np.uint16],
    there: NDArray[np.uint16],
    greys: NDArray[np.uint8],
    *,
    is_one_unit: bool,
    is_own: bool,
) -> list[Passage]:
    """Return all passages two documents share, if at least one counts or is by the same writer."""
    if not is_one_unit:
        # Nobody is found by another unit's account of itself; who took it with more, copied it.
        greys = np.where(greys == kernels.UNIT, np.uint8(0), greys)
    passages = align_all(here, there, greys, is_own=is_own)
    return passages if any(one.why in ("", OWN) for one in passages) else []
