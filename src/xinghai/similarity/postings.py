"""Posting lists as arrays: which documents hold a term and how strongly, and the best of many.

A posting is one word: the document's number in the high half, a value in the low half.
Of terms the value is the impact, what BM25F gives a term in this document before the term's
rarity is known, so that a list sorted by its values begins with the documents that matter.
"""

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit
from xinghai.similarity.cpu_count import in_threads, shared
from xinghai.similarity.kernels import COMMON, grams, mark_grey, winnow
from xinghai.similarity.ranking import SATURATION, merge_fields
from xinghai.similarity.terms import Bags

U64 = NDArray[np.uint64]

# What a word of the title weighs beside one of the text.
TITLE_WEIGHT = 3.0
MOST = 65_535
_PER_IMPACT = (SATURATION + 1) / MOST
# Over so many numbers an array with a place for each is larger than sorting is slow.
FAR_APART = 1 << 22
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


def impacts_of(
    titles: Bags, bodies: Bags, *, title_length: float, body_length: float
) -> tuple[U64, NDArray[np.int64], NDArray[np.int64]]:
    """Return terms, impacts (1 to MOST), and where each document's terms begin.

    `titles` and `bodies` are the fields of the same documents; the lengths are averages in terms.
    """
    hashes, times, numbers = merge_fields(
        [titles, bodies], [TITLE_WEIGHT, 1.0], [max(title_length, 1.0), max(body_length, 1.0)]
    )
    impacts = np.maximum(MOST * times / (times + SATURATION), 1).astype(np.int64)
    return hashes, impacts, np.searchsorted(numbers, np.arange(len(titles) + 1))


def summed(
    entries: U64,
    ends: NDArray[np.int64],
    terms: NDArray[np.int32],
    weights: NDArray[np.float64],
    meets: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Return the documents of several lists, their scores, and how much of the question they met.

    Documents come in the order of their numbers.

    List n is entries[ends[n - 1]:ends[n]] and belongs to terms[n]; a document in it scores
    weights[n] times what its impact stands for and meets meets[n]. A document that stands in two
    lists of one term (two audiences) counts once; lists of one term follow each other.
    """
    if not len(entries):
        return np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0, np.float32)
    numbers = (entries >> _HALF).astype(np.int64)
    least = int(numbers.min())
    places, size = numbers - least, int(numbers.max()) - least + 1
    names = None
    if size > FAR_APART:
        names, places = np.unique(numbers, return_inverse=True)
        size = len(names)
    sums, met, last = (
        np.zeros(size, np.float32),
        np.zeros(size, np.float32),
        np.zeros(size, np.int16),
    )
    _summed(entries, places, ends, terms, weights, meets, sums, met, last)
    held = np.flatnonzero(last)
    return held + least if names is None else names[held], sums[held], met[held]


@njit(cache=True)
def _summed(entries, places, ends, terms, weights, meets, sums, met, last):
    start = 0
    for number in range(len(ends)):
        term, weight, meet = terms[number] + 1, weights[number] * _PER_IMPACT, meets[number]
        for spot in range(start, ends[number]):
            place = places[spot]
            if last[place] != term:
                last[place] = term
                sums[place] += weight * (entries[spot] & _LOW)
                met[place] += meet
        start = ends[number]


WINDOW, WIDTH, BUCKETS = 24, 8, 20
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_BUCKET, _REST = np.uint64((1 << BUCKETS) - 1), np.uint64(BUCKETS)


def prints_of(codes: NDArray[np.uint16]) -> tuple[U64, NDArray[np.int32]]:
    """Return a text's fingerprints (see `kernels.winnow`) and where each stands.

    Any run of WINDOW + WIDTH - 1 characters holds one.
    """
    hashes = grams(codes, WIDTH)
    places = np.empty(len(hashes), np.int32)
    count = winnow(hashes, WINDOW, places)
    places = places[:count]
    return hashes[places], places


def prints_of_many(
    codes: NDArray[np.uint16], counts: NDArray[np.int64]
) -> tuple[U64, NDArray[np.int64]]:
    """Return distinct fingerprints of many texts (see `normalise_many`), and where each begins."""
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    room, held = np.empty(len(codes), np.uint64), np.zeros(len(counts), np.int64)
    in_threads(
        lambda part: _prints(codes, starts, *part, room, held), shared(len(counts), least=64)
    )
    kept = np.arange(len(codes)) - np.repeat(starts[:-1], counts) < np.repeat(held, counts)
    return room[kept], np.concatenate([np.zeros(1, np.int64), np.cumsum(held)])


@njit(cache=True, nogil=True)
def _prints(codes, starts, first, last, room, held):
    for document in range(first, last):
        hashes = grams(codes[starts[document] : starts[document + 1]], WIDTH)
        places = np.empty(len(hashes), np.int32)
        count = winnow(hashes, WINDOW, places)
        row = np.sort(hashes[places[:count]])
        kept = 0
        for place in range(count):
            if place == 0 or row[place] != row[place - 1]:
                room[starts[document] + kept] = row[place]
                kept += 1
        held[document] = kept


def buckets_of(prints: U64) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Split fingerprints into the key they stand under and the value that tells them apart there.

    Keys are spread over all words, one for one, as those of terms are. They are made of the lowest
    bits: a fingerprint is the smallest hash of a window, so its highest are mostly zeros and would
    fill few buckets.
    """
    keys = (prints & _BUCKET) * _SPREAD
    return keys.view(np.int64), (prints >> _REST & _LOW).astype(np.uint32)


def commonly_written(
    codes: NDArray[np.uint16], places: NDArray[np.int32], is_common: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Mark by COMMON the characters of a text in fingerprints which many documents hold."""
    marks = np.zeros(len(codes), np.uint8)
    mark_grey(places, is_common * np.uint8(COMMON), WIDTH, WINDOW, marks)
    return marks
