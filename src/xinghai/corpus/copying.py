"""From a text to the documents that hold the same words: fingerprints first, then alignment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xinghai.corpus import lists
from xinghai.corpus.indexing import EVERY
from xinghai.corpus.models import Document
from xinghai.similarity import postings
from xinghai.similarity.comparing import common_among
from xinghai.similarity.normalising import Normal

# Of what more documents hold than this, the owners of about so many are asked.
MOST_ASKED = 200
# So many fingerprints in common make a candidate; so many candidates are aligned.
FEWEST_SHARED, MOST_CANDIDATES = 2, 40


@dataclass(frozen=True)
class Suspects:
    """Numbers of documents that share what few hold, most shared first, and what is common."""

    numbers: list[int]
    common: NDArray[np.bool_]


def suspects_of(text: Normal, *, but_for: int | None) -> Suspects:
    """Return which documents share words with a text; who may see them is asked next.

    Fingerprints are known of all documents, whoever may see them: what everybody writes must be
    recognised even by somebody who sees few of them. Nothing of an unseen document is shown.
    """
    found, places = postings.prints_of(text.codes)
    buckets, rests = postings.buckets_of(found)
    asked, print_of = np.unique(_print(buckets, rests.astype(np.int64)), return_inverse=True)
    every = lists.key_of_all(EVERY)
    total = lists.held_by(np.array([every])).get(every, 0)
    which, numbers = _matching(lists.read(np.unique(buckets)), asked)
    if but_for is not None:
        which, numbers = which[numbers != but_for], numbers[numbers != but_for]
    is_common = _common(which, numbers, len(asked), total)
    telling = ~is_common[which]
    candidates, shared = np.unique(numbers[telling], return_counts=True)
    order = np.lexsort((-candidates, -shared))
    chosen = candidates[order][shared[order] >= FEWEST_SHARED]
    mask = postings.commonly_written(text.codes, places, is_common[print_of])
    return Suspects(chosen.tolist(), mask)


def _print(keys: NDArray[np.int64], rests: NDArray[np.int64]) -> NDArray[np.int64]:
    """Put a key and the rest together; a key's upper half is as telling as the whole."""
    return keys & ~np.int64(0xFFFFFFFF) | rests


def _matching(
    read: lists.Read, asked: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which fingerprint of those asked stands in which document, each pair once."""
    entries = read.entries
    if not len(entries):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    whole = _print(read.keys, entries & 0xFFFFFFFF)
    which = np.minimum(np.searchsorted(asked, whole), len(asked) - 1)
    hit = asked[which] == whole
    both = np.unique(which[hit] << 32 | entries[hit] >> 32)
    return both >> 32, both & 0xFFFFFFFF


def _common(
    which: NDArray[np.int64], numbers: NDArray[np.int64], asked: int, total: int
) -> NDArray[np.bool_]:
    """Tell which fingerprints everybody writes: those of many units, not of many documents.

    One unit may hand in the same paper year after year; that makes nothing a custom. Of very many
    documents a fair sample is asked, the same for every fingerprint.
    """
    held = np.bincount(which, minlength=asked)
    is_common = np.zeros(asked, np.bool_)
    unsure = held[which] > common_among(total)
    unsure &= _drawn(numbers) * held[which] < MOST_ASKED
    if unsure.any():
        owner_of = _owners(np.unique(numbers[unsure]))
        owners = np.array([owner_of.get(number, -number) for number in numbers[unsure].tolist()])
        pairs = np.unique(np.stack([which[unsure], owners], axis=1), axis=0)
        units = np.bincount(pairs[:, 0], minlength=asked)
        is_common |= units > common_among(total)
    return is_common


def _drawn(numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give each document its lot, between 0 and 1, always the same."""
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(32)) / 2.0**32


def _owners(numbers: NDArray[np.int64]) -> dict[int, int]:
    """Number the owners; a document without one stands for itself."""
    rows = Document.objects.filter(number__in=numbers.tolist()).exclude(owner="")
    names: dict[str, int] = {}
    return {
        number: names.setdefault(owner, len(names))
        for number, owner in rows.values_list("number", "owner")
    }


def seen(numbers: Sequence[int], audiences: Sequence[str], kinds: Sequence[str]) -> list[Document]:
    """Return the first so many of these documents that these audiences may see, in this order.

    Asked in growing steps: what stands in the way of another audience hides nothing from this one.
    """
    found: list[Document] = []
    start, count = 0, MOST_CANDIDATES * 5
    while start < len(numbers) and len(found) < MOST_CANDIDATES:
        some = list(numbers[start : start + count])
        rows = Document.objects.filter(number__in=some, audiences__overlap=list(audiences))
        by_number = {one.number: one for one in (rows.filter(kind__in=kinds) if kinds else rows)}
        found += [by_number[number] for number in some if number in by_number]
        start, count = start + count, count * 8
    return found[:MOST_CANDIDATES]
