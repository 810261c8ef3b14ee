"""From a text to the documents that hold the same words: fingerprints first, then alignment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xinghai.corpus import posting_lists
from xinghai.corpus.indexing import EVERY
from xinghai.corpus.models import Document
from xinghai.similarity import postings
from xinghai.similarity.comparing import common_among
from xinghai.similarity.normalising import Normal

# Of what more documents hold than this, the owners of about so many are asked.
MOST_ASKED = 200
# A bucket so full holds what everybody writes, and is not read: of other fingerprints it holds one
# for every three thousand documents. Of very many documents it may hold more.
FULL, FULLER_BY = 2_000, 400
# So many fingerprints in common make a candidate; so many candidates are aligned.
FEWEST_SHARED, MOST_CANDIDATES = 2, 40


@dataclass(frozen=True)
class Suspects:
    """The numbers of documents that share rare fingerprints with a text, and the text's
    boilerplate.

    The documents that share most come first. `marks` has one number per character of the text:
    kernels.COMMON where the character belongs to boilerplate.
    """

    numbers: list[int]
    marks: NDArray[np.uint8]


def suspects_of(text: Normal, *, but_for: int | None) -> Suspects:
    """Return the documents that share words with a text; the caller then checks who may see them.

    Fingerprints of all documents are counted, also of those the reader may not see: boilerplate
    must be recognised even by somebody who sees few documents. Nothing of an unseen document is
    shown.
    """
    found, places = postings.prints_of(text.codes)
    buckets, rests = postings.buckets_of(found)
    asked, print_of = np.unique(_print(buckets, rests.astype(np.int64)), return_inverse=True)
    every = posting_lists.key_of_all(EVERY)
    held = posting_lists.held_by(np.append(np.unique(buckets), every))
    full = FULL + held.get(every, 0) // FULLER_BY
    is_full = np.array([held.get(bucket, 0) > full for bucket in buckets.tolist()], np.bool_)
    which, numbers = _matching(posting_lists.read(np.unique(buckets[~is_full])), asked)
    if but_for is not None:
        which, numbers = which[numbers != but_for], numbers[numbers != but_for]
    is_common = _common(which, numbers, len(asked), held.get(every, 0))
    is_common[print_of[is_full]] = True
    telling = ~is_common[which]
    candidates, shared = np.unique(numbers[telling], return_counts=True)
    order = np.lexsort((-candidates, -shared))
    chosen = candidates[order][shared[order] >= FEWEST_SHARED]
    marks = postings.commonly_written(text.codes, places, is_common[print_of])
    return Suspects(chosen.tolist(), marks)


def _print(keys: NDArray[np.int64], rests: NDArray[np.int64]) -> NDArray[np.int64]:
    """Join a key and a rest to one fingerprint; the upper half of a key identifies it."""
    return keys & ~np.int64(0xFFFFFFFF) | rests


def _matching(
    read: posting_lists.Read, asked: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs (fingerprint asked for, document that contains it), each pair once."""
    entries = read.entries
    if not len(entries):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    whole = _print(read.keys, entries & 0xFFFFFFFF)
    which = np.minimum(np.searchsorted(asked, whole), len(asked) - 1)
    hit = asked[which] == whole
    both = _distinct(which[hit] << 32 | entries[hit] >> 32)
    return both >> 32, both & 0xFFFFFFFF


def _distinct(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each word once, in order; numpy's own `unique` takes five times as long for these."""
    ordered = np.sort(words)
    return ordered[np.diff(ordered, prepend=~ordered[:1]) != 0]


def _common(
    which: NDArray[np.int64], numbers: NDArray[np.int64], asked: int, total: int
) -> NDArray[np.bool_]:
    """Return which fingerprints are boilerplate: those of many units, not of many documents.

    Many among all, or among those one audience sees: an office has formulas of its own, which are
    few beside everything. One unit may submit the same text every year; that does not make it
    boilerplate. Of very many documents a fixed sample is counted, the same for every fingerprint.
    """
    held = np.bincount(which, minlength=asked)
    is_common = np.zeros(asked, np.bool_)
    unsure = held[which] > common_among(0)
    unsure &= _drawn(numbers) * held[which] < MOST_ASKED
    if unsure.any():
        documents, places = np.unique(numbers[unsure], return_inverse=True)
        holders = _holders(documents)
        for names, most in ((holders.audiences, holders.most), (holders.everybody, None)):
            least = np.array([common_among(total)]) if most is None else most
            is_common |= _among_many(which[unsure], places, holders.owners, names, least, asked)
    return is_common


@dataclass(frozen=True)
class _Holders:
    """Of some documents the owner, -1 of one that is gone, and the audiences, each by a number.

    `audiences` has a row for each document and audience: the document's place and the audience's
    number; `most` says of each audience how many units are many.
    """

    owners: NDArray[np.int64]
    audiences: NDArray[np.int64]
    most: NDArray[np.int64]

    @property
    def everybody(self) -> NDArray[np.int64]:
        places = np.arange(len(self.owners))
        return np.stack([places, np.zeros(len(places), np.int64)], axis=1)


def _among_many(
    which: NDArray[np.int64],
    places: NDArray[np.int64],
    owners: NDArray[np.int64],
    audiences: NDArray[np.int64],
    most: NDArray[np.int64],
    asked: int,
) -> NDArray[np.bool_]:
    """Return which fingerprints more units hold than are many, within one audience at least."""
    begins = np.searchsorted(audiences[:, 0], np.arange(len(owners) + 1))
    sizes = np.diff(begins)[places]
    row = np.repeat(np.arange(len(places)), sizes)
    inside = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    audience = audiences[begins[places[row]] + inside, 1]
    owner = owners[places[row]]
    stands = owner >= 0
    # One word holds all three: words are sorted far quicker than rows.
    group = which[row] * len(most) + audience
    every = _distinct((group * len(owners) + owner)[stands]) // max(len(owners), 1)
    groups, units = np.unique(every, return_counts=True)
    is_common = np.zeros(asked, np.bool_)
    is_common[groups[units > most[groups % len(most)]] // len(most)] = True
    return is_common


def _drawn(numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each document a fixed pseudo-random number between 0 and 1."""
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(32)) / 2.0**32


def _holders(numbers: NDArray[np.int64]) -> _Holders:
    """Return whose each document is and who sees it; one without owner counts as its own.

    Postings may still name documents that were replaced; those have no owner.
    """
    found = Document.objects.numbered(numbers.tolist())
    rows = {row[0]: row[1:] for row in found.values_list("number", "owner", "audiences")}
    units: dict[str | int, int] = {}
    names: dict[str, int] = {}
    owners, audiences = np.full(len(numbers), -1, np.int64), []
    for place, number in enumerate(numbers.tolist()):
        if number in rows:
            owner, seen_by = rows[number]
            owners[place] = units.setdefault(owner or number, len(units))
            audiences += [(place, names.setdefault(name, len(names))) for name in seen_by]
    keys = [posting_lists.key_of_all(name) for name in names]
    held = posting_lists.held_by(np.array(keys, np.int64))
    most = np.array([common_among(held.get(key, 0)) for key in keys], np.int64)
    return _Holders(owners, np.array(audiences, np.int64).reshape(-1, 2), most)


def seen(numbers: Sequence[int], audiences: Sequence[str], kinds: Sequence[str]) -> list[Document]:
    """Return the first MOST_CANDIDATES of the documents that the audiences may see, in the
    given order.
    """
    asked = (
        posting_lists.as_array(numbers),
        list(audiences),
        list(kinds),
        list(kinds),
        MOST_CANDIDATES,
    )
    return list(Document.objects.raw(SEEN, asked))


SEEN = """
    SELECT corpus_document.* FROM unnest(%s::int[]) WITH ORDINALITY AS ranked (number, place)
    JOIN corpus_document USING (number)
    WHERE audiences && %s::varchar[]
        AND (cardinality(%s::varchar[]) = 0 OR kind = ANY(%s::varchar[]))
    ORDER BY place LIMIT %s
"""
