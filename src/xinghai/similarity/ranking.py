"""Which texts answer a question best: BM25 over terms, several fields counted as one (BM25F).

A term of a field counts by how often it stands there, how long the field is beside others, and
the field's weight; what the fields give is added and then saturated, so that a title and a body
that both say the word are not two findings. Rare terms count more.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit
from xinghai.similarity.cpu_count import in_threads, shared
from xinghai.similarity.terms import KIND, Bags, bags_of

U64 = NDArray[np.uint64]
F64 = NDArray[np.float64]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

# How soon a repeated term stops counting, and how much a long text is held against it.
SATURATION, LENGTH = 0.9, 0.75
# How soon a term repeated in a long question stops counting.
ASKED = 8.0
# Reciprocal rank fusion: how much the first places of an order count beside the later ones.
FUSION = 60.0
# Of characters, runs of letters, pairs, words. A run is a whole word, of one term where a Chinese
# word is of several; a long word's pairs have been counted already.
KINDS = np.array([1.0, 2.0, 1.0, 0.3])


def weigh(hashes: U64, held: NDArray[np.int64], documents: int) -> F64:
    """Return what each term is worth, given how many of so many documents hold it."""
    rare = np.log1p((documents - held + 0.5) / (held + 0.5))
    return rare * KINDS[(hashes & KIND).astype(np.int64)]


class Ranking:
    """An index in memory for some hundred thousand documents, each of one or more fields."""

    def __init__(self, fields: Sequence[Bags], weights: Sequence[float] = ()) -> None:
        shares = list(weights) or [1.0] * len(fields)
        if not fields or len(shares) != len(fields) or len({len(one) for one in fields}) != 1:
            raise ValueError("every field needs a weight and the same documents")
        self.documents = len(fields[0])
        merged = merge_fields(fields, shares, [average_length(one) for one in fields])
        order = np.argsort(merged[0])
        hashes = merged[0][order]
        first = np.ones(len(hashes), np.bool_)
        first[1:] = hashes[1:] != hashes[:-1]
        self.terms = hashes[first]
        self.begins = np.append(np.flatnonzero(first), len(hashes)).astype(np.int64)
        self.held = np.diff(self.begins)
        self.worth = weigh(self.terms, self.held, self.documents)
        self._numbers = merged[2].astype(np.int32)[order]
        self._impacts = _saturated(merged[1][order]).astype(np.float32)

    def scores(self, question: str) -> Floats:
        """Return the score of every document."""
        asked = bags_of([question])
        wanted, times = self._wanted(asked)
        scores = np.zeros(self.documents, np.float32)
        _add(wanted, times, self.begins, self._numbers, self._impacts, scores)
        return scores

    def best(self, question: str, limit: int = 10) -> tuple[Numbers, Floats]:
        """Return numbers and scores of the best documents that hold anything asked, best first."""
        return best_of(self.scores(question), limit)

    def known(self, hashes: U64) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return where each term stands in `terms`, and whether it does."""
        if not len(self.terms):
            return np.zeros(len(hashes), np.int64), np.zeros(len(hashes), np.bool_)
        places = np.minimum(np.searchsorted(self.terms, hashes), len(self.terms) - 1)
        return places, self.terms[places] == hashes

    def _wanted(self, asked: Bags) -> tuple[NDArray[np.int32], Floats]:
        """Return the number of each asked term, -1 for an unknown one, and what it is worth."""
        places, known = self.known(asked.hashes)
        wanted = np.where(known, places, -1).astype(np.int32)
        worth = self.worth[places] if len(self.terms) else np.zeros(len(places))
        return wanted, (_asked(asked.counts) * worth).astype(np.float32)


def strengths_of(
    hashes: U64,
    bags_by_field: Sequence[Bags],
    weights: Sequence[float],
    average_lengths: Sequence[float],
) -> F64:
    """Return documents x terms: how strongly each of a few documents says each of sorted terms.

    Times what the terms are worth (see `weigh`), and added up, that is the score a Ranking of the
    whole gives: exactly, where the average lengths are the whole's.
    """
    times = np.zeros((len(bags_by_field[0]), len(hashes)))
    for bags, weight, average in zip(bags_by_field, weights, average_lengths, strict=True):
        if len(hashes) and len(bags.hashes):
            places = np.minimum(np.searchsorted(hashes, bags.hashes), len(hashes) - 1)
            found = hashes[places] == bags.hashes
            numbers = np.repeat(np.arange(len(bags)), np.diff(bags.starts))
            times[numbers[found], places[found]] += _scaled(bags, weight, average)[found]
    strengths: F64 = _saturated(times)
    return strengths


def best_of(scores: Floats, limit: int) -> tuple[Numbers, Floats]:
    """Return the numbers and values of the highest scores above zero; of equals the first."""
    limit = max(limit, 0)
    chosen = np.flatnonzero(scores > 0)
    if len(chosen) > limit > 0:
        least = np.partition(scores[chosen], len(chosen) - limit)[len(chosen) - limit]
        chosen = chosen[scores[chosen] >= least]
    chosen = chosen[np.argsort(-scores[chosen], kind="stable")][:limit]
    return chosen, scores[chosen]


def fuse(orders: Sequence[Numbers], limit: int) -> tuple[Numbers, F64]:
    """Join several orders of the same documents into one; who is early in most comes first."""
    numbers, places = np.unique(np.concatenate(orders), return_inverse=True)
    ranks = np.concatenate([np.arange(len(one)) for one in orders])
    scores: F64 = np.zeros(len(numbers))
    np.add.at(scores, places, 1 / (FUSION + 1 + ranks))
    order = np.argsort(-scores, kind="stable")[: max(limit, 0)]
    return numbers[order], scores[order]


def average_length(bags: Bags) -> float:
    """Return how many terms a document of this field has; never zero."""
    return max(float(bags.lengths.mean()) if len(bags) else 0.0, 1.0)


def merge_fields(
    fields: Sequence[Bags], weights: Sequence[float], averages: Sequence[float]
) -> tuple[U64, F64, Numbers]:
    """Return hash, weighted count and document of every term of every document, fields added."""
    parts = [_scaled(*one) for one in zip(fields, weights, averages, strict=True)]
    within = [np.repeat(np.arange(len(one)), np.diff(one.starts)) for one in fields]
    if len(fields) == 1:
        return fields[0].hashes, parts[0], within[0]
    hashes = np.concatenate([one.hashes for one in fields])
    times, numbers = np.concatenate(parts), np.concatenate(within)
    order = np.lexsort((hashes, numbers))
    hashes, times, numbers = hashes[order], times[order], numbers[order]
    first = np.ones(len(hashes), np.bool_)
    first[1:] = (hashes[1:] != hashes[:-1]) | (numbers[1:] != numbers[:-1])
    begins = np.flatnonzero(first)
    sums = np.add.reduceat(times, begins) if len(begins) else times
    return hashes[begins], sums, numbers[begins]


def _scaled(bags: Bags, weight: float, average: float) -> F64:
    lengths = 1 - LENGTH + LENGTH * bags.lengths / average
    return weight * bags.counts / np.repeat(lengths, np.diff(bags.starts))


def _asked(counts: NDArray[np.uint16]) -> F64:
    return counts * (ASKED + 1) / (counts + ASKED)


def _saturated(times: F64) -> F64:
    return times * (SATURATION + 1) / (times + SATURATION)


@njit(cache=True)
def _add(wanted, worth, begins, numbers, impacts, scores):
    for place in range(len(wanted)):
        term = wanted[place]
        if term >= 0:
            for spot in range(begins[term], begins[term + 1]):
                scores[numbers[spot]] += worth[place] * impacts[spot]


@njit(cache=True)
def _insert(row, values, number, score):
    """Keep a row sorted by score; of equals the one that came first stays first."""
    place = len(row) - 1
    while place > 0 and values[place - 1] < score:
        row[place], values[place] = row[place - 1], values[place - 1]
        place -= 1
    row[place], values[place] = number, score


def best_rows(wanted, worth, starts, begins, numbers, impacts, documents, chosen, values):
    """Write the best documents of every question into its row of `chosen` and `values`.

    Question n asks for wanted[starts[n]:starts[n + 1]] (-1 is unknown), each worth so much; term
    t stands in numbers[begins[t]:begins[t + 1]] with those impacts.
    """
    given = (wanted, worth, starts, begins, numbers, impacts, documents, chosen, values)
    in_threads(lambda part: _best_rows(*part, *given), shared(len(chosen), least=16))


@njit(cache=True, nogil=True)
def _best_rows(
    first, last, wanted, worth, starts, begins, numbers, impacts, documents, chosen, values
):
    for question in range(first, last):
        scores = np.zeros(documents, np.float32)
        part = slice(starts[question], starts[question + 1])
        _add(wanted[part], worth[part], begins, numbers, impacts, scores)
        row, best = chosen[question], values[question]
        for number in range(documents):
            if scores[number] > best[-1]:
                _insert(row, best, number, scores[number])
