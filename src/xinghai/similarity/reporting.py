"""Two documents side by side, as a screen shows them: what agrees, what is greyed, how much it is.

All places are led back to the texts as they were written; the pieces of a side, joined, are
exactly its text.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.aligning import OWN, WHY, Passage, align_all
from xinghai.similarity.masking import Stock
from xinghai.similarity.normalising import LONGEST, Normal, normalise
from xinghai.similarity.packing import shelve

# A line of at least so many cells is a row of a table; cells shorter than this agree everywhere.
FEWEST_CELLS, SHORT_CELL = 3, 12
BETWEEN_CELLS = re.compile(r"[\t|｜│┃]+|[ \u3000]{2,}")
GREYS = (*WHY, OWN)


@dataclass(frozen=True)
class Piece:
    """A part of a text: the number of its passage, from 0, and why it does not count."""

    text: str
    passage: int | None
    grey: str


@dataclass(frozen=True)
class Finding:
    """A passage in the places of both texts as written; its number is its place in the list."""

    here: tuple[int, int]
    there: tuple[int, int]
    matched: int
    longest: int
    why: str


@dataclass(frozen=True)
class SideBySide:
    """Shares are counted characters of all; `longest` is the longest run that counts."""

    share_here: float
    share_there: float
    longest: int
    passages: list[Finding]
    pieces_here: list[Piece]
    pieces_there: list[Piece]


@dataclass(frozen=True)
class _Painted:
    """For each character of a normal form its passage, from 1, and its kind of grey."""

    passages: NDArray[np.int32]
    greys: NDArray[np.uint8]

    @property
    def is_counted(self) -> NDArray[np.bool_]:
        return (self.passages > 0) & (self.greys == 0)

    @property
    def share(self) -> float:
        return float(self.is_counted.mean()) if len(self.greys) else 0.0


@dataclass(frozen=True)
class Against:
    """One text and several sources; `share` is what stands in any of them and counts."""

    share: float
    sources: list[SideBySide]


def side_by_side(
    one: str, other: str, *, stock: Sequence[str] = (), is_own: bool = False
) -> SideBySide:
    """Compare two texts; what stands in `stock` is greyed, and all of it where `is_own`."""
    known = Stock(shelve(stock))
    return _compared(_Text.of(one, known), _Text.of(other, known), is_own=is_own)[0]


def against(
    one: str, sources: Sequence[str], *, stock: Sequence[str] = (), own: Collection[int] = ()
) -> Against:
    """Compare one text with each source; those whose numbers are in `own` are the writer's."""
    known = Stock(shelve(stock))
    here = _Text.of(one, known)
    is_counted = np.zeros(len(here.greys), np.bool_)
    found = []
    for number, source in enumerate(sources):
        compared, painted = _compared(here, _Text.of(source, known), is_own=number in own)
        is_counted |= painted.is_counted
        found.append(compared)
    return Against(float(is_counted.mean()) if len(is_counted) else 0.0, found)


@dataclass(frozen=True)
class _Text:
    """A text, its normal form, and for each of its characters whether it stands in a form."""

    written: str
    normal: Normal
    greys: NDArray[np.uint8]

    @classmethod
    def of(cls, text: str, known: Stock) -> "_Text":
        normal = normalise(text)
        return cls(text, normal, known.marks_in(normal.codes))


def _compared(here: _Text, there: _Text, *, is_own: bool) -> tuple[SideBySide, _Painted]:
    """Return the comparison, and what of `here` it paints."""
    light = _cells(here.written[:LONGEST])[here.normal.places]
    codes = here.normal.codes, there.normal.codes
    passages = align_all(*codes, here.greys, light, is_own=is_own)
    ours, theirs = _painted(passages, 0, here.greys), _painted(passages, 1, there.greys)
    found = SideBySide(
        share_here=ours.share,
        share_there=theirs.share,
        longest=max((passage.longest for passage in passages), default=0),
        passages=[_finding(passage, here.normal, there.normal) for passage in passages],
        pieces_here=list(_pieces(here.written, here.normal, ours)),
        pieces_there=list(_pieces(there.written, there.normal, theirs)),
    )
    return found, ours


def _cells(text: str) -> NDArray[np.bool_]:
    """Mark the characters of short cells in what looks like the rows of a table."""
    found = np.zeros(len(text), np.bool_)
    start = 0
    for line in text.splitlines(keepends=True):
        edges = [(0, 0), *(one.span() for one in BETWEEN_CELLS.finditer(line)), (len(line),) * 2]
        cells = [(left[1], right[0]) for left, right in pairwise(edges)]
        cells = [(first, last) for first, last in cells if line[first:last].strip()]
        if len(cells) >= FEWEST_CELLS:
            for first, last in cells:
                if last - first < SHORT_CELL:
                    found[start + first : start + last] = True
        start += len(line)
    return found


def _painted(passages: Sequence[Passage], side: int, greys: NDArray[np.uint8]) -> _Painted:
    """Paint the passages of one side, those that count over those that do not."""
    found, painted = np.zeros(len(greys), np.int32), greys.copy()
    for number, passage in sorted(enumerate(passages), key=lambda one: not one[1].why):
        for segment in passage.segments:
            span = slice(segment[side], segment[side] + segment[2])
            found[span] = number + 1
            painted[span] = greys[span]
            if passage.why:
                painted[span][greys[span] == 0] = GREYS.index(passage.why)
    return _Painted(found, painted)


def _finding(passage: Passage, here: Normal, there: Normal) -> Finding:
    return Finding(
        here=here.original(*passage.here),
        there=there.original(*passage.there),
        matched=passage.matched,
        longest=passage.longest,
        why=passage.why,
    )


def _pieces(text: str, normal: Normal, painted: _Painted) -> Iterator[Piece]:
    """Cut the text where the paint changes; marks and spaces go with what stands around them."""
    paint = painted.passages.astype(np.int64) * len(GREYS) + painted.greys
    whole = np.zeros(len(text), np.int64)
    if len(paint):
        after = np.searchsorted(normal.places, np.arange(len(text)))
        before = paint[np.maximum(after - 1, 0)]
        behind = paint[np.minimum(after, len(paint) - 1)]
        whole = np.where((before == behind) & (after > 0) & (after < len(paint)), before, 0)
        whole[normal.places] = paint
    edges = np.flatnonzero(np.diff(whole)) + 1
    for start, end in pairwise([0, *edges.tolist(), len(text)]):
        if start < end:
            passage, grey = divmod(int(whole[start]), len(GREYS))
            yield Piece(text[start:end], passage - 1 if passage else None, GREYS[grey])
