"""Everything against everything: which documents share passages, and exactly which.

Fingerprints of all documents are sorted once; documents that hold the same rare fingerprints are
candidates; only those are aligned. A fingerprint that many documents hold is what everybody writes
(a form's text, a policy's phrase) and makes nobody a candidate: no list is needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.aligning import Passage, align
from xinghai.similarity.gathering import common_among, find_candidates
from xinghai.similarity.shelving import Shelf, shelve

__all__ = [
    "Match",
    "Passage",
    "common_among",
    "compare_everything",
    "find_candidates",
    "match_on",
    "shelve",
]


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
            masks[here] = found.grey_in(shelf, here) > 0
        passages = align(shelf[here], shelf[there], masks[here])
        if passages:
            yield Match(here, there, passages)
