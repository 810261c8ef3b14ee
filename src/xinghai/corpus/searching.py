"""From typed words to the documents that hold them: which lists to read, what they add up to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xinghai.corpus import posting_lists
from xinghai.corpus.indexing import average_lengths
from xinghai.similarity import postings
from xinghai.similarity.ranking import strengths_of, weigh
from xinghai.similarity.terms import CHARACTER, KIND, PAIR, bags_of

U64 = NDArray[np.uint64]
# A question may be a whole text; so many of its most telling terms are asked.
MOST_TERMS, MOST_TIMES, LONGEST = 48, 3, 20_000
# So many postings are read for one question; beyond, the strongest of the commonest terms do.
BUDGET = 150_000
# A pair nobody writes is most often the end of one word and the beginning of the next.
UNHEARD = 0.25
ROUNDING = 1e-4
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
    """Documents by number, their scores, and the share of the question they met at most.

    `terms` and `worth` say what every term asked for tells, characters included. Of very common
    terms only the strongest postings were read: a document is not held to lack them, only its text
    can tell. Their share of the question is `unread`: a document that was not seen at all cannot
    meet more.
    """

    numbers: NDArray[np.int64]
    scores: NDArray[np.float32]
    met: NDArray[np.float32]
    terms: U64
    worth: NDArray[np.float64]
    unread: float

    def near(self, least: float) -> "Ranked":
        chosen = self.met >= least - ROUNDING
        return replace(
            self, numbers=self.numbers[chosen], scores=self.scores[chosen], met=self.met[chosen]
        )

    def best(self, count: int) -> NDArray[np.int64]:
        """Return the places of the best, the best first; of equals the newest."""
        places = np.arange(len(self.numbers))
        if count < len(places):
            least = np.partition(self.scores, len(places) - count)[len(places) - count]
            places = np.flatnonzero(self.scores >= least)
        return places[np.lexsort((-self.numbers[places], -self.scores[places]))][:count]


def question_of(text: str, *, words: bool = True) -> Question:
    """Return the terms of a query: pairs, runs and words; single characters only where nothing
    longer is typed.

    Words typed with a space between are not joined: "锂电池 回收" does not ask for "池回".
    Without `words` a long word counts by its pairs alone: a subject that is said again is seldom
    said in the same long words.
    """
    pieces = [piece for piece in re.split(r"[\s\W_]+", text[:LONGEST]) if piece]
    bags = bags_of(pieces, words=words)
    terms, places = np.unique(bags.hashes, return_inverse=True)
    times = np.bincount(places, weights=bags.counts) if len(terms) else np.empty(0)
    times = np.minimum(times, MOST_TIMES)
    is_single = (terms & KIND) == CHARACTER
    if is_single.all():
        return Question(terms, times, terms[:0], times[:0])
    return Question(terms[~is_single], times[~is_single], terms[is_single], times[is_single])


def rank(question: Question, *, audiences: Sequence[str], whole: bool = False) -> Ranked:
    """Return every document these audiences may find that contains a term of the query.

    Two statements: the number of documents per term, then the lists of the most informative
    terms. Whole lists are read, the rarest term first, until BUDGET is used up (all of them
    when `whole` is set).
    """
    audiences = list(dict.fromkeys(audiences))
    keys, singles = _keys(question.terms, audiences), _keys(question.singles, audiences)
    sizes = np.array([posting_lists.key_of_all(audience) for audience in audiences], np.int64)
    held = posting_lists.held_by(np.concatenate([keys.ravel(), singles.ravel(), sizes]))
    total = sum(held.get(size, 0) for size in sizes.tolist())
    counts = _counts(keys, held)
    worth = question.times * _worth(question.terms, counts, total)
    worth[(counts == 0) & ((question.terms & KIND) == PAIR)] *= UNHEARD
    chosen = _most_telling(worth, counts)
    is_read = np.zeros(len(worth), np.bool_)
    is_read[_within(counts, chosen, BUDGET if not whole else total * len(worth))] = True
    numbers, scores, met = _added(keys[chosen], worth[chosen], is_read[chosen])
    all_asked = max(worth[chosen].sum(), 1e-9)
    unread = worth[chosen][~is_read[chosen]].sum() / all_asked
    terms = np.concatenate([question.terms[chosen], question.singles])
    tells = question.single_times * _worth(question.singles, _counts(singles, held), total)
    by_term = np.argsort(terms)
    return Ranked(
        numbers,
        scores,
        met / all_asked + unread,
        terms[by_term],
        np.concatenate([worth[chosen], tells])[by_term],
        float(unread),
    )


def _counts(keys: posting_lists.Keys, held: Mapping[int, int]) -> NDArray[np.int64]:
    """How many documents hold each term, over all audiences: a row of keys a term."""
    counts = [held.get(key, 0) for key in keys.ravel().tolist()]
    return np.array(counts, np.int64).reshape(keys.shape).sum(axis=1)


def _most_telling(worth: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of a long question keep the terms that tell most; what nobody holds tells nothing here."""
    if len(worth) <= MOST_TERMS:
        return np.arange(len(worth))
    return np.sort(np.argsort(-np.where(counts > 0, worth, 0), kind="stable")[:MOST_TERMS])


def _within(counts: NDArray[np.int64], chosen: NDArray[np.int64], budget: int) -> NDArray[np.int64]:
    """Of the chosen terms those whose lists are short, and the rarer ones while they fit."""
    rarest = chosen[np.argsort(counts[chosen], kind="stable")]
    fits = np.cumsum(counts[rarest]) <= budget
    return rarest[fits | (counts[rarest] <= posting_lists.MOST_IN_BEST)]


def _added(
    keys: posting_lists.Keys, worth: NDArray[np.float64], is_read: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Add up the lists of all terms; those of one term follow one another."""
    asked = np.concatenate([np.flatnonzero(is_read), np.flatnonzero(~is_read)])
    read = posting_lists.read(keys[is_read].ravel(), keys[~is_read].ravel())
    begins = np.flatnonzero(np.diff(read.keys, prepend=~read.keys[:1]))
    term_of = dict(zip(keys[asked].ravel().tolist(), np.repeat(asked, keys.shape[1]), strict=True))
    terms = np.array([term_of[key] for key in read.keys[begins].tolist()], np.int32)
    meets = np.where(is_read, worth, 0.0)[terms]
    ends = np.append(begins[1:], len(read.keys))
    return postings.summed(read.entries.view(np.uint64), ends, terms, worth[terms], meets)


def score_again(
    ranked: Ranked,
    titles: Sequence[str],
    bodies: Sequence[str],
    *,
    weights: Sequence[float] = (postings.TITLE_WEIGHT, 1.0),
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Compute the exact score of some documents from their texts, and the share of the query
    they match.

    The lists contain no single characters and, for very common terms, only strong postings.
    `weights` are those of a term in the title and in the body.
    """
    fields = [bags_of(titles), bags_of(bodies)]
    strengths = strengths_of(ranked.terms, fields, weights, average_lengths())
    asked = np.where((ranked.terms & KIND) == CHARACTER, 0.0, ranked.worth)
    asked = asked if asked.any() else ranked.worth
    return strengths @ ranked.worth, (strengths > 0) @ asked / max(asked.sum(), 1e-9)


def _worth(terms: U64, held: NDArray[Any], total: int) -> NDArray[np.float64]:
    """What each term tells; postings of documents that are gone may make it seem held by all."""
    total = max(total, int(held.max(initial=0)))
    return weigh(terms, held.astype(np.int64), total)


def _keys(terms: U64, audiences: Sequence[str]) -> posting_lists.Keys:
    """Return a row of keys for each term: one for every audience."""
    columns = [posting_lists.keys_for(audience, terms) for audience in audiences]
    return np.stack(columns, axis=1)
