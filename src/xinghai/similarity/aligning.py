"""Two texts side by side: which passages of one stand in the other, to the character.

Seeds are short runs both texts hold; each is extended as far as the texts agree. Segments that
lie close together in both texts make one passage, whatever their order: an edited copy and a
shuffled one are each one finding, not twenty.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from xinghai.similarity.kernels import grams

SEED = 6
# A seed that stands in many places of one text says little; the first few are tried.
MOST_PLACES = 4
# Segments this near to each other, in both texts, belong together.
GAP = 40
# Where both texts run on at the same pace the next agreement may be so far away.
REACH = 240
# A passage counts with so many agreeing characters, of which the longest run has so many.
LEAST, LEAST_RUN = 28, 10
COLUMNS = 3  # of a segment: place here, place there, length


@dataclass(frozen=True)
class Passage:
    """A stretch of each text that agrees; `matched` counts characters, `longest` the longest run.

    Places are of the normal forms, ends not included. `segments` are (here, there, length).
    """

    here: tuple[int, int]
    there: tuple[int, int]
    matched: int
    longest: int
    segments: NDArray[np.int32]


def align(
    here: NDArray[np.uint16],
    there: NDArray[np.uint16],
    common: NDArray[np.bool_] | None = None,
) -> list[Passage]:
    """Return the passages of `here` that stand in `there`, in their order here.

    `common` marks characters of `here` that everybody writes: they join what lies around them
    but do not count themselves.
    """
    mask = np.zeros(len(here), np.bool_) if common is None else common
    segments, groups = _aligned(here, there, SEED, GAP, REACH)
    passages = []
    for group in range(int(groups.max(initial=-1)) + 1):
        own = segments[groups == group]
        made = _passage(own, mask)
        if made is not None:
            passages.append(made)
    return sorted(passages, key=lambda one: one.here)


def _passage(segments: NDArray[np.int32], common: NDArray[np.bool_]) -> Passage | None:
    counted = [
        int(length - np.count_nonzero(common[place : place + length]))
        for place, _other, length in segments
    ]
    if sum(counted) < LEAST or max(counted) < LEAST_RUN:
        return None
    # What everybody writes at the edges is no part of the finding.
    telling = segments[[number for number, count in enumerate(counted) if count]]
    here = int(telling[:, 0].min()), int((telling[:, 0] + telling[:, 2]).max())
    there = int(telling[:, 1].min()), int((telling[:, 1] + telling[:, 2]).max())
    return Passage(here, there, sum(counted), max(counted), telling)


@njit(cache=True)
def _aligned(here, there, width, gap, reach):
    segments = _best(_segments(here, there, width), len(here))
    return segments, _grouped(segments, gap, reach)


@njit(cache=True)
def _segments(here, there, width):
    """Longest agreeing runs through every seed."""
    found = np.empty((64, 3), np.int32)
    at = 0
    ours, theirs = grams(here, width), grams(there, width)
    if len(ours) == 0 or len(theirs) == 0:
        return found[:0]
    heads, nexts = _buckets(theirs)
    mask = np.uint64(len(heads) - 1)
    for place in range(len(ours)):
        other = heads[np.int64(ours[place] & mask)]
        tried = 0
        while other >= 0 and tried < MOST_PLACES:
            if theirs[other] == ours[place]:
                tried += 1
                # A seed in the middle of a run has been seen from the run's beginning.
                if place == 0 or other == 0 or here[place - 1] != there[other - 1]:
                    if at == len(found):
                        found = np.concatenate((found, np.empty_like(found)))
                    found[at, 0] = place
                    found[at, 1] = other
                    found[at, 2] = _run(here, there, place, other, width)
                    at += 1
            other = nexts[other]
    return found[:at]


@njit(cache=True)
def _buckets(hashes):
    """Chain the places of equal low bits: the first of each chain, and the next of each place."""
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    heads = np.full(size, -1, np.int32)
    nexts = np.full(len(hashes), -1, np.int32)
    mask = np.uint64(size - 1)
    for place in range(len(hashes) - 1, -1, -1):
        slot = np.int64(hashes[place] & mask)
        nexts[place] = heads[slot]
        heads[slot] = place
    return heads, nexts


@njit(cache=True, inline="always")
def _run(here, there, place, other, length):
    """How far two texts that agree for `length` go on agreeing."""
    most = min(len(here) - place, len(there) - other)
    while length < most and here[place + length] == there[other + length]:
        length += 1
    return length


@njit(cache=True)
def _best(segments, length):
    """Of segments over the same characters keep the longest; what is left of others goes."""
    order = np.argsort(-segments[:, 2])
    taken = np.zeros(length, np.bool_)
    keep = np.zeros(len(segments), np.bool_)
    for number in order:
        place, size = segments[number, 0], segments[number, 2]
        free = 0
        for spot in range(place, place + size):
            if not taken[spot]:
                free += 1
        if 2 * free > size:
            keep[number] = True
            for spot in range(place, place + size):
                taken[spot] = True
    kept = segments[keep]
    return kept[np.argsort(kept[:, 0])]


@njit(cache=True)
def _grouped(segments, gap, reach):
    """Number the segments by passage.

    Two belong together when they are near in both texts, in whatever order, or when both texts
    run on from one to the other at the same pace, as they do where every other word was changed.
    """
    count = len(segments)
    above = np.arange(count)
    for number in range(count):
        place, other, _size = segments[number]
        for before in range(number - 1, max(number - 60, -1), -1):
            near = place - (segments[before, 0] + segments[before, 2])
            if near > reach:
                break
            apart = other - (segments[before, 1] + segments[before, 2])
            is_near = near <= gap and abs(apart) <= gap
            slack = 12 + max(near, apart) // 4
            is_on = 0 <= apart <= reach and abs(near - apart) <= slack
            if is_near or is_on:
                _unite(above, before, number)
    _join_shuffled(segments, above, gap)
    groups = np.empty(count, np.int32)
    names = np.full(count, -1, np.int32)
    made = 0
    for number in range(count):
        root = _root(above, number)
        if names[root] < 0:
            names[root] = made
            made += 1
        groups[number] = names[root]
    return groups


@njit(cache=True, inline="always")
def _root(above, number):
    while above[number] != number:
        above[number] = above[above[number]]
        number = above[number]
    return number


@njit(cache=True, inline="always")
def _unite(above, one, other):
    one, other = _root(above, one), _root(above, other)
    above[max(one, other)] = min(one, other)


@njit(cache=True)
def _join_shuffled(segments, above, gap):
    """Join stretches that touch here and together fill one stretch there (a shuffled copy)."""
    count = len(segments)
    start = 0
    while start < count:
        end, reached = start + 1, segments[start, 0] + segments[start, 2]
        while end < count and segments[end, 0] - reached <= gap:
            reached = max(reached, segments[end, 0] + segments[end, 2])
            end += 1
        matched = 0
        low, high = segments[start, 1], 0
        for number in range(start, end):
            matched += segments[number, 2]
            low = min(low, segments[number, 1])
            high = max(high, segments[number, 1] + segments[number, 2])
        if end - start > 2 and matched >= 0.5 * (high - low):
            for number in range(start + 1, end):
                _unite(above, start, number)
        start = end
