"""What fits what: offers ranked for what is asked, each with the phrases in which the two met.

A need and the achievements, a suggestion and the projects before it, an application and the
experts: the same question. Ranked by BM25 over title and body, and with an encoder also by
nearness of meaning, the two orders joined.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xinghai.similarity.encoding import Encoder, EncodingFailed
from xinghai.similarity.key_phrases import phrases_of
from xinghai.similarity.normalising import normalise
from xinghai.similarity.ranking import F64, Numbers, Ranking, best_of, fuse
from xinghai.similarity.terms import KIND, RUN, Bags, bags_of, marked_places
from xinghai.similarity.vectors import as_units

log = logging.getLogger(__name__)

TITLE, BODY = 2.0, 1.0
# How many of each order are joined, how many reasons are given, how much of a question is read.
JOINED, REASONS, READ = 200, 6, 3_000
SHORTEST_REASON = 2


@dataclass(frozen=True)
class Match:
    """An offer by number, how well it fits, and the phrases both say, the weightiest first."""

    number: int
    score: float
    reasons: list[str]


class Matching:
    """Offers to be ranked for whatever is asked; titles and an encoder are optional."""

    def __init__(
        self,
        offers: Sequence[str],
        *,
        titles: Sequence[str] = (),
        encoder: Encoder | None = None,
    ) -> None:
        heads = list(titles) or [""] * len(offers)
        self._texts = [f"{head}\n{body}" for head, body in zip(heads, offers, strict=True)]
        self._ranking = Ranking([bags_of(heads), bags_of(offers)], [TITLE, BODY])
        self._encoder = encoder
        self._vectors = as_units(encoder.encode(self._texts)) if encoder and offers else None

    def best(self, asked: str, limit: int = 10) -> list[Match]:
        """Return the offers that fit best, best first; offers that share nothing are left out."""
        near = self._near(asked)
        numbers, scores = self._ranking.best(asked, limit if near is None else JOINED)
        values = scores.astype(np.float64)
        if near is not None:
            numbers, values = fuse([numbers, near], limit)
        phrases = _Asked(asked, self._ranking)
        return [
            Match(int(number), float(value), phrases.met_in(self._texts[number]))
            for number, value in zip(numbers, values, strict=True)
        ]

    def _near(self, asked: str) -> Numbers | None:
        """Return the nearest in meaning; nothing, and a line in the log, when nobody answers."""
        if self._encoder is None or self._vectors is None or not asked.strip():
            return None
        try:
            question = as_units(self._encoder.encode([asked]))[0]
        except EncodingFailed as problem:
            log.warning("matched by words alone: %s", problem)
            return None
        return best_of(self._vectors @ question, JOINED)[0]


class _Asked:
    """The phrases of a question and what each is worth."""

    def __init__(self, asked: str, ranking: Ranking) -> None:
        self._text, self._ranking = asked[:READ], ranking
        weights = phrases_of(self._text)
        phrases = list(weights)
        bags = bags_of(phrases, words=False)
        worth = self._worth(bags) * np.array(list(weights.values()))
        order = np.argsort(-worth, kind="stable").tolist()
        self._phrases = [(phrases[n], _plain(phrases[n]), _runs(bags, n)) for n in order]

    def met_in(self, offer: str) -> list[str]:
        """Return the phrases that occur in an offer; a phrase inside a longer one is left out."""
        plain = _plain(offer)
        asks = any(runs for _, _, runs in self._phrases)
        said = _runs(bags_of([offer], words=False), 0) if asks else set()
        reasons: list[str] = []
        for phrase, form, runs in self._phrases:
            if len(reasons) == REASONS:
                break
            if form in plain and runs <= said and not any(phrase in one for one in reasons):
                reasons.append(phrase)
        return reasons or self._met_by_chance(offer)

    def _met_by_chance(self, offer: str) -> list[str]:
        """Return what both say where no dictionary knows it: their common runs of characters."""
        hashes, _ = bags_of([offer], words=False)[0]
        spans = marked_places(self._text, hashes[(hashes & KIND) != 0])
        common = sorted({self._text[begin:end] for begin, end in spans}, key=lambda one: -len(one))
        return [one for one in common if len(one) >= SHORTEST_REASON][:REASONS]

    def _worth(self, bags: Bags) -> F64:
        """Return what the terms of each phrase are worth together: long and rare ones most."""
        worth: F64 = np.zeros(len(bags))
        places, known = self._ranking.known(bags.hashes)
        within = np.repeat(np.arange(len(bags)), np.diff(bags.starts))
        np.add.at(worth, within[known], self._ranking.worth[places[known]])
        return worth


def _plain(text: str) -> str:
    return "".join(map(chr, normalise(text).codes.tolist()))


def _runs(bags: Bags, number: int) -> set[int]:
    """Return the runs of letters of a text: a short one stands in many a longer one by chance."""
    hashes, _ = bags[number]
    return set(hashes[(hashes & KIND) == RUN].tolist())
