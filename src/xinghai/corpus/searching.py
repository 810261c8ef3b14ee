"""From typed words to the documents that hold them: which lists to read, what they add up to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xinghai.corpus import lists
from xinghai.corpus.indexing import average_lengths
from xinghai.similarity import postings
from xinghai.similarity.ranking import rescore, weigh
from xinghai.similarity.terms import CHARACTER, bags_of

U64 = NDArray[np.uint64]
KIND = np.uint64(3)
# A question may be a whole text; so many of its most telling terms are asked.
MOST_TERMS, MOST_TIMES, LONGEST = 48, 3, 20_000
# What a page shows must meet this share of what was asked for, by weight.
LEAST_MET = 0.5


@dataclass(frozen=True)
class Question:
    """The terms of a question and how often each is asked (no more than thrice counts).

    `singles` are the characters: they stand everywhere, so lists are read for the others, and
    the best answers are scored again with both.
    """

    terms: U64
    times: NDArray[Any]
    singles: U64
    single_times: NDArray[Any]

    def __len__(self) -> int:
        return len(self.terms)


@dataclass(frozen=True)
class Ranked:
    """Documents, the best first, with their scores and the share of the question they met.

    `terms` and `worth` say what every term asked for tells, characters included.
    """

    numbers: NDArray[np.int64]
    scores: NDArray[np.float64]
    met: NDArray[np.float64]
    terms: U64
    worth: NDArray[np.float64]
    is_whole: bool


def question_of(text: str) -> Question:
    """Return what is asked for: pairs, runs and words; single characters only where no more is.

    Typed words apart are not joined: "锂电池 回收" does not ask for "池回".
    """
    pieces = [piece for piece in re.split(r"[\s\W_]+", text[:LONGEST]) if piece]
    bags = bags_of(pieces)
    terms, places = np.unique(bags.hashes, return_inverse=True)
    times = np.bincount(places, weights=bags.counts) if len(terms) else np.empty(0)
    times = np.minimum(times, MOST_TIMES)
    is_single = (terms & KIND) == CHARACTER
    if is_single.all():
        return Question(terms, times, terms[:0], times[:0])
    return Question(terms[~is_single], times[~is_single], terms[is_single], times[is_single])


def rank(question: Question, *, audiences: Sequence[str], whole: bool = False) -> Ranked:
    """Return every document these audiences may find that holds a term asked for.

    Two statements where the question is long (the first chooses its most telling terms), else
    one. Each list gives its strongest postings, all of them when `whole` is asked.
    """
    asked = _most_telling(question, audiences)
    keys, term_of = _keys(asked.terms, audiences)
    singles, single_of = _keys(asked.singles, audiences)
    sizes = np.array([lists.key_of_all(audience) for audience in audiences], np.int64)
    found = lists.read(keys, counted=np.concatenate([singles, sizes]), whole=whole)
    total = sum(found[size].held for size in sizes.tolist() if size in found)
    weights = asked.times * _worth(asked.terms, _held(keys, term_of, found), total)
    tells = asked.single_times * _worth(asked.singles, _held(singles, single_of, found), total)
    numbers, scores, met, is_whole = _added(keys, term_of, found, weights)
    order = np.lexsort((-numbers, -scores))
    terms = np.concatenate([asked.terms, asked.singles])
    by_term = np.argsort(terms)
    return Ranked(
        numbers[order],
        scores[order],
        met[order] / max(weights.sum(), 1e-9),
        terms[by_term],
        np.concatenate([weights, tells])[by_term],
        is_whole,
    )


def _held(
    keys: lists.Keys, term_of: NDArray[np.int64], found: Mapping[int, lists.Listed]
) -> NDArray[Any]:
    counts = [found[key].held if key in found else 0 for key in keys.tolist()]
    return np.bincount(term_of, weights=counts) if len(counts) else np.empty(0)


def _added(
    keys: lists.Keys,
    term_of: NDArray[np.int64],
    found: Mapping[int, lists.Listed],
    weights: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], bool]:
    chosen = [
        (term, found[key])
        for key, term in zip(keys.tolist(), term_of.tolist(), strict=True)
        if key in found
    ]
    if not chosen:
        return np.empty(0, np.int64), np.empty(0), np.empty(0), True
    entries = np.concatenate([one.entries for _term, one in chosen]).astype(np.uint64)
    ends = np.cumsum([len(one.entries) for _term, one in chosen])
    terms = np.array([term for term, _one in chosen], np.int32)
    numbers, scores, met = postings.summed(entries, ends, terms, weights[terms])
    return numbers, scores, met, all(one.is_whole for _term, one in chosen)


def score_again(ranked: Ranked, titles: Sequence[str], bodies: Sequence[str]) -> NDArray[Any]:
    """Score some documents exactly, by every term: lists leave out characters and weak postings."""
    return rescore(
        ranked.terms,
        np.ones(len(ranked.terms), np.uint16),
        ranked.worth,
        [bags_of(titles), bags_of(bodies)],
        [postings.TITLE_WEIGHT, 1.0],
        average_lengths(),
    )


def _worth(terms: U64, held: NDArray[Any], total: int) -> NDArray[np.float64]:
    """What each term tells; postings of documents that are gone may make it seem held by all."""
    total = max(total, int(held.max(initial=0)))
    return weigh(terms, held.astype(np.int64), total)


def _most_telling(question: Question, audiences: Sequence[str]) -> Question:
    """Of a long question keep the terms that tell most; what nobody holds tells nothing here."""
    if len(question) <= MOST_TERMS:
        return question
    keys, term_of = _keys(question.terms, audiences)
    sizes = np.array([lists.key_of_all(audience) for audience in audiences], np.int64)
    found = lists.held_by(np.append(keys, sizes))
    counts = [found.get(key, 0) for key in keys.tolist()]
    held = np.bincount(term_of, weights=counts, minlength=len(question))
    total = sum(found.get(size, 0) for size in sizes.tolist())
    weights = question.times * _worth(question.terms, held, total)
    weights[held == 0] = 0
    best = np.sort(np.argsort(-weights, kind="stable")[:MOST_TERMS])
    return replace(question, terms=question.terms[best], times=question.times[best])


def _keys(terms: U64, audiences: Sequence[str]) -> tuple[lists.Keys, NDArray[np.int64]]:
    """Keys of every term for every audience; those of one term follow each other."""
    by_audience = [lists.keys_for(audience, terms) for audience in audiences]
    keys = np.stack(by_audience, axis=1).reshape(-1) if by_audience else np.empty(0, np.int64)
    return keys, np.repeat(np.arange(len(terms)), len(by_audience))
