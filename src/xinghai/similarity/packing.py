"""Store many documents in normal form in one array, one after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.normalising import normalise_many

Thing = TypeVar("Thing")

# So many texts, or characters, are taken up at once.
MOST_TEXTS, MOST_CHARACTERS = 64, 1_000_000


@dataclass(frozen=True)
class Shelf:
    """Document n is codes[starts[n]:starts[n + 1]]."""

    codes: NDArray[np.uint16]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> NDArray[np.uint16]:
        return self.codes[self.starts[number] : self.starts[number + 1]]


def shelve(texts: Iterable[str]) -> Shelf:
    """Normalise many texts into one array; few texts of an iterator are in memory at a time."""
    codes = np.empty(0, np.uint16)
    counts: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    at = 0
    for some in handfuls(texts, len, most=MOST_TEXTS, size=MOST_CHARACTERS):
        own, sizes = normalise_many(some)
        if at + len(own) > len(codes):
            # Grows in place: the system moves pages, it does not copy them.
            codes.resize(at + len(own) + max(at // 2, 1 << 20), refcheck=False)
        codes[at : at + len(own)] = own
        counts.append(sizes)
        at += len(own)
    codes.resize(at, refcheck=False)
    return Shelf(codes, np.concatenate(counts).cumsum())


def handfuls(
    things: Iterable[Thing], size_of: Callable[[Thing], int], *, most: int, size: int
) -> Iterator[list[Thing]]:
    """Yield lists of at most so many items; a list ends earlier when its items reach the given
    size.
    """
    some: list[Thing] = []
    held = 0
    for thing in things:
        some.append(thing)
        held += size_of(thing)
        if len(some) == most or held >= size:
            yield some
            some, held = [], 0
    if some:
        yield some
