"""Highlight search terms: split a text into pieces, each marked or not."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xinghai.corpus.searching import Question, question_of
from xinghai.similarity.terms import KIND, WORD, marked_places

Pieces = list[tuple[str, bool]]
BEFORE, LENGTH = 30, 180


@dataclass(frozen=True)
class Marker:
    """Marks the terms of a query in any text, whatever its script, width or case."""

    terms: NDArray[np.uint64]

    @classmethod
    def of(cls, question: Question) -> "Marker":
        """Long words are pairs of characters too, and those are found without a dictionary."""
        return cls(question.terms[(question.terms & KIND) != WORD])

    def __call__(self, text: str) -> Pieces:
        return pieces(text, marked_places(text, self.terms))

    def excerpt(self, text: str) -> Pieces:
        """Return the part of a text around its first mark, with dots where it was cut."""
        spans = marked_places(text, self.terms)
        start = max(spans[0][0] - BEFORE, 0) if spans else 0
        end = start + LENGTH
        inside = [
            (max(first, start) - start, min(last, end) - start)
            for first, last in spans
            if first < end and last > start
        ]
        cut = pieces(text[start:end].replace("\n", " "), inside)
        return [("…", False)] * (start > 0) + cut + [("…", False)] * (end < len(text))


def marker(text: str) -> Marker:
    """Return the marker for the terms of a typed query."""
    return Marker.of(question_of(text))


def pieces(text: str, spans: list[tuple[int, int]]) -> Pieces:
    """Split a text at its marked spans; the spans are sorted and do not overlap."""
    made, at = [], 0
    for first, last in spans:
        made += [(text[at:first], False), (text[first:last], True)]
        at = last
    made.append((text[at:], False))
    return [(piece, is_marked) for piece, is_marked in made if piece]
