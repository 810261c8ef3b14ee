"""Turn documents into postings: keys, separate for each audience, and weights of terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xinghai.corpus import posting_lists
from xinghai.corpus.models import Document, Measure
from xinghai.similarity import postings
from xinghai.similarity.normalising import normalise_many
from xinghai.similarity.terms import bags_of

# The audience under whose key every document stands, whoever may see it.
EVERY = "*"
# Before anything was measured: a title and a short text of the field.
TITLE_LENGTH, BODY_LENGTH = 40.0, 1500.0


@dataclass(frozen=True)
class Postings:
    keys: posting_lists.Keys
    entries: posting_lists.Entries


def average_lengths() -> tuple[float, float]:
    known = Measure.objects.first()
    return (known.title_length, known.body_length) if known else (TITLE_LENGTH, BODY_LENGTH)


def postings_of(documents: Sequence[Document], *, averages: tuple[float, float]) -> Postings:
    """Return every posting of these documents; the documents must have their numbers already."""
    titles = bags_of([document.title for document in documents])
    bodies = bags_of([document.body for document in documents])
    hashes, impacts, starts = postings.impacts_of(
        titles, bodies, title_length=averages[0], body_length=averages[1]
    )
    pairs = [
        (place, posting_lists.seed_of(audience))
        for place, document in enumerate(documents)
        for audience in document.audiences
    ]
    places = np.array([place for place, _seed in pairs], np.int64)
    seeds = np.array([seed for _place, seed in pairs], np.uint64)
    numbers = np.array([document.number for document in documents], np.int64)
    inside, row = _ranges(starts[places], starts[places + 1])
    prints = _prints(documents, numbers)
    ones = np.ones(1, np.int64)
    return Postings(
        np.concatenate(
            [
                (hashes[inside] ^ seeds[row]).view(np.int64),
                seeds.view(np.int64),
                prints.keys,
                np.full(len(numbers), posting_lists.key_of_all(EVERY)),
            ]
        ),
        np.concatenate(
            [
                _entries(numbers[places[row]], impacts[inside]),
                _entries(numbers[places], ones),
                prints.entries,
                _entries(numbers, ones),
            ]
        ),
    )


def _ranges(
    begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every place of several ranges, one after the other, and which range it is of."""
    sizes = ends - begins
    row = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) - before[row] + begins[row], row


def _prints(documents: Sequence[Document], numbers: NDArray[np.int64]) -> Postings:
    codes, counts = normalise_many([text_of(document) for document in documents])
    found, starts = postings.prints_of_many(codes, counts)
    keys, rests = postings.buckets_of(found)
    return Postings(keys, _entries(np.repeat(numbers, np.diff(starts)), rests))


def text_of(document: Document) -> str:
    """Return the text in which copies are searched: title and body joined."""
    return f"{document.title}\n{document.body}"


def _entries(numbers: NDArray[np.int64], values: NDArray[Any]) -> posting_lists.Entries:
    return numbers << 32 | values.astype(np.int64)
