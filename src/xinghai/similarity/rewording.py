"""What was said again in other words: clauses of two texts that hold the same pairs of characters.

For two texts whose subject is near, when no run of characters stays that `aligning` begins from.
Texts are cut into clauses; a clause and its best partner there are scored by the pairs of
characters both hold, rare ones more; a stretch counts where several clauses that follow one
another here have their partners near one another there. Nothing is sure about it: two people who
describe one thing may choose the same words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.normalising import normalise
from xinghai.similarity.terms import IDEOGRAPHS

Floats = NDArray[np.float32]
Span = tuple[int, int]

# So much of a text is read; so many of its clauses are compared at most.
READ, MOST_CLAUSES = 20_000, 800
CLAUSE = re.compile(r"[^，。；：！？、,;:!?\n]+[，。；：！？、,;:!?\n]*")
# Shorter clauses go with what follows them; longer ones are cut, so that no clause is a text.
SHORTEST, LONGEST = 12, 60
# A clause of fewer pairs of characters says nothing that two people would not say alike.
LEAST_PAIRS = 7
# A clause is said again with so much of its pairs by weight; it then begins or continues a stretch.
LEAST_SAID = 0.34
# Between clauses of a stretch so many may stand, on either side, that were not said again.
GAP = 3
# A stretch counts with so many clauses that have partners of their own, and so many pairs of
# characters in them: figures between a few words are anybody's.
FEWEST, ENOUGH = 3, 45


@dataclass(frozen=True)
class Reworded:
    """A stretch of both texts, places as written, and the clauses that face one another.

    `score` is the share of the pairs here, by weight, that the other stretch holds.
    """

    here: Span
    there: Span
    score: float
    clauses: list[tuple[Span, Span]]


@dataclass(frozen=True)
class Rewording:
    """The stretches in their order here, and what share of each text their clauses are."""

    share_here: float
    share_there: float
    stretches: list[Reworded]


def reworded(
    one: str, other: str, *, known_here: Sequence[Span] = (), known_there: Sequence[Span] = ()
) -> Rewording:
    """Return what of one text the other says again; `known` spans of either are not looked at.

    Known is what stands in both word for word, in a form or in everybody's texts.
    """
    here, there = _Clauses.of(one, known_here), _Clauses.of(other, known_there)
    if not here.spans or not there.spans:
        return Rewording(0.0, 0.0, [])
    scores = _scores(here, there)
    stretches = list(_stretches(here, there, scores))
    return Rewording(
        here.share([clause for one in stretches for clause, _ in one.clauses]),
        there.share([clause for one in stretches for _, clause in one.clauses]),
        stretches,
    )


@dataclass(frozen=True)
class _Clauses:
    """The clauses of a text that say something: where each stands, which one of all it is, and its
    pairs of characters; and the text's length.
    """

    spans: list[Span]
    places: list[int]
    pairs: list[NDArray[np.uint32]]
    length: int

    @classmethod
    def of(cls, text: str, known: Sequence[Span]) -> "_Clauses":
        """Cut the text; what is known says nothing."""
        text = text[:READ]
        normal = normalise(text)
        is_known = np.zeros(len(text), np.bool_)
        for first, last in known:
            is_known[first:last] = True
        found = cls([], [], [], len(text))
        for place, (first, last) in enumerate(islice(_cut(text), MOST_CLAUSES)):
            begin, end = np.searchsorted(normal.places, [first, last])
            free = ~is_known[normal.places[begin:end]]
            pairs = _pairs(normal.codes[begin:end].astype(np.uint32), free)
            if len(pairs) >= LEAST_PAIRS:
                found.spans.append((first, last))
                found.places.append(place)
                found.pairs.append(pairs)
        return found

    def share(self, clauses: Sequence[Span]) -> float:
        said = sum(last - first for first, last in set(clauses))
        return min(said / max(self.length, 1), 1.0)


def _pairs(codes: NDArray[np.uint32], free: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Return the distinct pairs of free characters, one of them Chinese at least: those of letters
    and digits are few, and stand in any two tables, formulas or foreign words.
    """
    telling = (codes[:-1] >= IDEOGRAPHS) | (codes[1:] >= IDEOGRAPHS)
    telling &= free[:-1] & free[1:]
    return np.unique((codes[:-1] << np.uint32(16) | codes[1:])[telling])


def _cut(text: str) -> Iterator[Span]:
    """Yield clauses of SHORTEST to LONGEST characters, marks at their ends included."""
    start = 0
    for found in CLAUSE.finditer(text):
        if found.end() - start < SHORTEST and found.end() < len(text):
            continue
        while found.end() - start > LONGEST:
            yield start, start + LONGEST
            start += LONGEST
        if start < found.end():
            yield start, found.end()
        start = found.end()


def _scores(here: _Clauses, there: _Clauses) -> Floats:
    """Return clauses here x clauses there: the share of the pairs of either, by weight, in both.

    A pair that stands in many clauses of the two texts is the subject's, and tells little.
    """
    sizes = [len(one) for one in (*here.pairs, *there.pairs)]
    pairs, places = np.unique(np.concatenate([*here.pairs, *there.pairs]), return_inverse=True)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    held = np.bincount(places, minlength=len(pairs))
    weights = np.log1p(len(sizes) / held).astype(np.float32)
    totals = np.bincount(rows, weights=weights[places], minlength=len(sizes)).astype(np.float32)
    count = len(here.pairs)
    is_here = np.zeros(len(pairs), np.bool_)
    is_here[places[rows < count]] = True
    in_both = is_here & (np.bincount(places[rows >= count], minlength=len(pairs)) > 0)
    column = np.cumsum(in_both) - 1
    kept = in_both[places]
    matrix = np.zeros((len(sizes), max(int(in_both.sum()), 1)), np.float32)
    matrix[rows[kept], column[places[kept]]] = np.sqrt(weights[places[kept]])
    shared = matrix[:count] @ matrix[count:].T
    found: Floats = 2 * shared / np.maximum(totals[:count, None] + totals[None, count:], 1e-6)
    return found


def _stretches(here: _Clauses, there: _Clauses, scores: Floats) -> Iterator[Reworded]:
    """Join clauses said again that follow one another, wherever their partners lie nearby."""
    best = scores.argmax(axis=1)
    said = [
        (clause, int(best[clause]))
        for clause in range(len(best))
        if scores[clause, best[clause]] >= LEAST_SAID
    ]
    open_ones: list[list[tuple[int, int]]] = []
    done: list[list[tuple[int, int]]] = []
    ours, theirs = here.places, there.places
    for clause, partner in said:
        done += [one for one in open_ones if ours[clause] - ours[one[-1][0]] > GAP + 1]
        open_ones = [one for one in open_ones if ours[clause] - ours[one[-1][0]] <= GAP + 1]
        for one in open_ones:
            if min(abs(theirs[partner] - theirs[other]) for _own, other in one) <= GAP + 1:
                one.append((clause, partner))
                break
        else:
            open_ones.append([(clause, partner)])
    for one in sorted([*done, *open_ones]):
        pairs = sum(len(here.pairs[own]) for own, _other in one)
        if len({other for _own, other in one}) >= FEWEST and pairs >= ENOUGH:
            yield _stretch(here, there, one, scores)


def _stretch(
    here: _Clauses, there: _Clauses, said: list[tuple[int, int]], scores: Floats
) -> Reworded:
    clauses = [(here.spans[own], there.spans[other]) for own, other in said]
    lefts, rights = [left for left, _ in clauses], [right for _, right in clauses]
    return Reworded(
        here=(min(lefts)[0], max(last for _first, last in lefts)),
        there=(min(rights)[0], max(last for _first, last in rights)),
        score=float(np.mean([scores[own, other] for own, other in said])),
        clauses=clauses,
    )
