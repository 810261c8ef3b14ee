"""From typed words to the documents that hold them: which lists to read, what they add up to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xinghai.corpus import lists
from xinghai.similarity import postings
from xinghai.similarity.ranking import weigh
from xinghai.similarity.terms import CHARACTER, bags_of

U64 = NDArray[np.uint64]
KIND = np.uint64(3)
# A question may be a whole text; so many of its most telling terms are asked.
MOST_TERMS, LONGEST = 48, 20_000
# What a page shows must meet this share of what was asked for, by weight.
LEAST_MET = 0.5


@dataclass(frozen=True)
class Question:
    """The terms of a question, each with how often it is asked (no more than thrice counts)."""

    terms: U64
    times: NDArray[Any]

    def __len__(self) -> int:
        return len(self.terms)


@dataclass(frozen=True)
class Ranked:
    """Documents, the best first, with their scores and the share of the question they met."""

    numbers: NDArray[np.int64]
    scores: NDArray[np.float64]
    met: NDArray[np.float64]
    is_whole: bool


def question_of(text: str) -> Question:
    """Return what is asked for: pairs, runs and words; single characters only where no more is.

    Typed words apart are not joined: "锂电池 回收" does not ask for "池回".
    """
    pieces = [piece for piece in re.split(r"[\s\W_]+", text[:LONGEST]) if piece]
    bags = bags_of(pieces)
    terms, places = np.unique(bags.hashes, return_inverse=True)
    times = np.bincount(places, weights=bags.counts) if len(terms) else np.empty(0)
    longer = (terms & KIND) != CHARACTER
    if longer.any():
        terms, times = terms[longer], times[longer]
    return Question(terms, np.minimum(times, 3.0))


def rank(question: Question, *, audiences: Sequence[str], whole: bool = False) -> Ranked:
    """Return every document these audiences may find that holds a term asked for.

    Two statements where the question is long (the first chooses its most telling terms), else
    one. Each list gives its strongest postings, all of them when `whole` is asked.
    """
    asked = _most_telling(question, audiences)
    keys, term_of = _keys(asked.terms, audiences)
    sizes = [lists.key_of_all(audience) for audience in audiences]
    found = lists.read(np.append(keys, np.array(sizes, np.int64)), whole=whole)
    total = sum(found[size].held for size in sizes if size in found)
    held = np.zeros(len(asked))
    for key, term in zip(keys.tolist(), term_of.tolist(), strict=True):
        held[term] += found[key].held if key in found else 0
    weights = asked.times * _worth(asked.terms, held, total)
    chosen = [
        (term, found[key])
        for key, term in zip(keys.tolist(), term_of.tolist(), strict=True)
        if key in found
    ]
    if not chosen:
        return Ranked(np.empty(0, np.int64), np.empty(0), np.empty(0), True)
    entries = np.concatenate([one.entries for _term, one in chosen]).astype(np.uint64)
    ends = np.cumsum([len(one.entries) for _term, one in chosen])
    terms = np.array([term for term, _one in chosen], np.int32)
    numbers, scores, met = postings.summed(entries, ends, terms, weights[terms])
    order = np.lexsort((-numbers, -scores))
    return Ranked(
        numbers[order],
        scores[order],
        met[order] / weights.sum(),
        all(one.is_whole for _term, one in chosen),
    )


def _worth(terms: U64, held: NDArray[Any], total: int) -> NDArray[np.float64]:
    """What each term tells; postings of documents that are gone may make it seem held by all."""
    total = max(total, int(held.max(initial=0)))
    return weigh(terms, held.astype(np.int64), total)


def _most_telling(question: Question, audiences: Sequence[str]) -> Question:
    if len(question) <= MOST_TERMS:
        return question
    keys, term_of = _keys(question.terms, audiences)
    sizes = np.array([lists.key_of_all(audience) for audience in audiences], np.int64)
    found = lists.held_by(np.append(keys, sizes))
    held = np.bincount(
        term_of, weights=[found.get(key, 0) for key in keys.tolist()], minlength=len(question)
    )
    total = sum(found.get(size, 0) for size in sizes.tolist())
    weights = question.times * _worth(question.terms, held, total)
    # What nobody holds tells nothing of what stands here.
    weights[held == 0] = 0
    best = np.sort(np.argsort(-weights, kind="stable")[:MOST_TERMS])
    return Question(question.terms[best], question.times[best])


def _keys(terms: U64, audiences: Sequence[str]) -> tuple[lists.Keys, NDArray[np.int64]]:
    """Keys of every term for every audience; those of one term follow each other."""
    by_audience = [lists.keys_for(audience, terms) for audience in audiences]
    keys = np.stack(by_audience, axis=1).reshape(-1) if by_audience else np.empty(0, np.int64)
    return keys, np.repeat(np.arange(len(terms)), len(by_audience))
