"""Everything against everything in parts that know nothing of one another.

The same steps as `comparing`, by the same functions, from columns to columns: texts to fingerprints
(any handful of texts), who meets whom (a heap: all fingerprints of some hashes), who is a candidate
(all meetings of some documents), which passages (a pair). What carries the columns from part to
part, and to which machine, is not known here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity import candidate_pairs, kernels
from xinghai.similarity.aligning import Passage
from xinghai.similarity.comparing import shared_passages
from xinghai.similarity.fingerprint_index import (
    NOBODY,
    RULE,
    WIDTH,
    WINDOW,
    Chosen,
    Fingerprints,
    Runs,
    choose,
    greys_of,
    seat,
    with_units,
)
from xinghai.similarity.masking import Stock
from xinghai.similarity.normalising import normalise
from xinghai.similarity.packing import shelve

# A meeting is no grey, so it has no kind; `there` of a grey is nobody.
MEETING, NO_ONE = 0, -1


@dataclass(frozen=True)
class Known:
    """What every part must know: from how many holders on words are common, and the forms."""

    most: int
    stock: tuple[str, ...] = ()
    has_units: bool = False


@dataclass(frozen=True)
class Heap:
    """All fingerprints of some hashes: of which document, where in it.

    Each says again of its document: the unit, the length in characters, how many it has in all,
    whether it says one thing over and over.
    """

    hashes: NDArray[np.uint64]
    documents: NDArray[np.int64]
    places: NDArray[np.int32]
    units: NDArray[np.int64]
    sizes: NDArray[np.int32]
    counts: NDArray[np.int32]
    little: NDArray[np.bool_]


@dataclass(frozen=True)
class Shared:
    """Pairs of documents of one unit: how many fingerprints of a heap both hold.

    `fewer` is how many the shorter of the two has in all.
    """

    heres: NDArray[np.int64]
    theres: NDArray[np.int64]
    shared: NDArray[np.int64]
    fewer: NDArray[np.int64]


@dataclass(frozen=True)
class Met:
    """Rows of two kinds: a meeting (here < there, where in `here`, is it enough), a grey place."""

    heres: NDArray[np.int64]
    theres: NDArray[np.int64]
    places: NDArray[np.int32]
    enough: NDArray[np.bool_]
    kinds: NDArray[np.uint8]


def prints_of(texts: Sequence[str]) -> tuple[Chosen, NDArray[np.int64]]:
    """Return the fingerprints of texts, and how long each is."""
    shelf = shelve(texts)
    return choose((shelf, 0, len(shelf))), np.diff(shelf.starts)


class _Seated:
    """A heap in the order of its documents, which are numbered from 0, and who meets in it."""

    def __init__(self, heap: Heap, known: Known) -> None:
        self.names, numbers = np.unique(heap.documents, return_inverse=True)
        # One number to sort by is three times as quick as two.
        order = np.argsort(numbers << 32 | heap.places)
        firsts = np.searchsorted(numbers[order], np.arange(len(self.names)))
        hashes, self.places = heap.hashes[order], heap.places[order]
        self.owners = heap.documents[order]
        self.units = heap.units[order][firsts] if known.has_units else NOBODY
        self.sizes, self.counts = (
            one[order][firsts].astype(np.int64) for one in (heap.sizes, heap.counts)
        )
        little = heap.little[order][firsts]
        stock = prints_of(known.stock)[0].hashes
        self.begins = np.append(firsts, len(hashes)).astype(np.int64)
        self.prints = _packed(np.append(hashes, stock), self.begins, self.places, little)
        self.runs = seat(self.prints, self.units, known.most)

    def look_at_units(self, families: Mapping[int, int]) -> Runs:
        own = np.array([families.get(one, one) for one in self.names.tolist()], np.int64)
        return with_units(self.runs, self.prints, self.units, own)


def _packed(
    hashes: NDArray[np.uint64],
    begins: NDArray[np.int64],
    places: NDArray[np.int32],
    little: NDArray[np.bool_],
) -> Fingerprints:
    """Pack hashes with their numbers; those behind the last document are a form's."""
    whole = len(hashes)
    low = max(whole.bit_length(), 1)
    packed = hashes >> np.uint64(low) << np.uint64(low) | np.arange(whole, dtype=np.uint64)
    edges = np.array([0, whole])
    begins = np.append(begins, whole)
    return Fingerprints(packed, edges, places, begins, low, len(begins) - 2, little)


def shared_in_units(heap: Heap, known: Known) -> Shared:
    """Return which documents of one unit share fingerprints of this heap."""
    own = _Seated(heap, known)
    found = candidate_pairs.shared_in_units(
        own.begins, own.runs.where, own.runs.members, own.units, NOBODY
    )
    heres, theres = found[:, 0], found[:, 1]
    fewer = np.minimum(own.counts[heres], own.counts[theres])
    return Shared(own.names[heres], own.names[theres], found[:, 2].astype(np.int64), fewer)


def families_of(versions: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each document the first document it is a version of; itself when there is none."""
    families: dict[int, int] = {}
    for here, there in sorted(versions):
        families[there] = min(families.get(there, there), families.get(here, here))
    return families


def meet(heap: Heap, known: Known, families: Mapping[int, int]) -> Met:
    """Return which documents share fingerprints of this part, and which positions do not count."""
    own = _Seated(heap, known)
    runs = own.look_at_units(families) if known.has_units else own.runs
    seats = runs.where, runs.members, runs.unitary
    sizes, little = own.sizes, own.prints.little
    found = candidate_pairs.meetings(own.begins, own.places, seats, sizes, little, RULE)
    kinds = greys_of(runs, slice(0, len(own.places)))
    [grey] = np.nonzero(kinds)
    return Met(
        np.append(own.names[found[:, 0]], own.owners[grey]),
        np.append(own.names[found[:, 1]], np.full(len(grey), NO_ONE)),
        np.append(found[:, 2], own.places[grey]),
        np.append(found[:, 3], np.zeros(len(grey), np.int32)).astype(np.bool_),
        np.append(np.zeros(len(found), np.uint8), kinds[grey]),
    )


def candidates(
    heres: NDArray[np.int64],
    theres: NDArray[np.int64],
    places: NDArray[np.int32],
    enough: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs worth aligning of all the meetings of some documents, in any order."""
    order = np.lexsort((places, theres, heres))
    heres, theres = heres[order], theres[order]
    last = candidate_pairs.near_pairs(heres, theres, places[order], enough[order], RULE)
    return heres[last], theres[last]


@dataclass(frozen=True)
class Pair:
    """Two texts to align; where the first has what does not count, and of what kind."""

    here: str
    there: str
    places: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    is_one_unit: bool
    is_own: bool


@dataclass(frozen=True)
class Row:
    """What two documents share; places are of the texts as written, the share is of the first."""

    share: float
    longest: int
    passages: list[tuple[tuple[int, int], tuple[int, int], Passage]]


def align_pair(pair: Pair, stock: Stock) -> Row | None:
    """Return what two documents share, if one passage counts or is by the same writer."""
    here, there = normalise(pair.here), normalise(pair.there)
    marks = np.zeros(len(here), np.uint8)
    order = np.argsort(pair.places, kind="stable")
    kernels.mark_grey(pair.places[order], pair.kinds[order], WIDTH, WINDOW, marks)
    passages = shared_passages(
        here.codes,
        there.codes,
        stock.marks_in(here.codes, marks),
        is_one_unit=pair.is_one_unit,
        is_own=pair.is_own,
    )
    if not passages:
        return None
    return Row(
        share=sum(one.matched for one in passages) / len(here),
        longest=max(one.longest for one in passages),
        passages=[(here.original(*one.here), there.original(*one.there), one) for one in passages],
    )
