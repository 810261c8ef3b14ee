"""Two texts side by side: which passages of one stand in the other, to the character.

Seeds are short runs both texts hold; each is extended as far as the texts agree. Segments that
lie close together in both texts make one passage, whatever their order: an edited copy and a
shuffled one are each one finding, not twenty.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit
from xinghai.similarity.kernels import grams

SEED = 6
# A seed that stands in many places of one text says little; the first few are tried.
MOST_PLACES = 4
# Within a run as long as this nothing else is looked for: a text that says one thing ten thousand
# times costs no more than another.
LONG = 32
# Segments this near to each other, in both texts, belong together.
GAP = 40
# Where both texts run on at the same pace the next agreement may be so far away.
REACH = 240
# A passage counts with so many agreeing characters, of which the longest run has so many; the
# phrases of a profession ("was observed in both groups") are shorter, or fewer together.
IDEOGRAPHS = 0x2E80
IDEOGRAPH, LETTER = 3, 1
ENOUGH = (28 * IDEOGRAPH, 18 * IDEOGRAPH), (60 * IDEOGRAPH, 10 * IDEOGRAPH)
# Of texts shorter than this four fifths must agree, and then they are copies as wholes.
SHORT = 60
# What a character may stand in that does not count, as the marks number it.
WHY = ("", "common", "stock", "unit")
OWN = "own"
# Of each segment: characters that count, what they tell, what all tell; each grey kind.
COUNTED, TELLING, WEIGHT = 0, 1, 2

Codes = NDArray[np.uint16]
Marks = NDArray[np.uint8]


@dataclass(frozen=True)
class Passage:
    """A stretch of each text that agrees; `matched` counts characters, `longest` the longest run.

    Places are of the normal forms, ends not included. `segments` are (here, there, length). `why`
    says why a passage is shown and not counted: what everybody writes, a form's or a policy's
    text, a unit's account of itself, the writer's own earlier words. Nothing of such is matched.
    """

    here: tuple[int, int]
    there: tuple[int, int]
    matched: int
    longest: int
    segments: NDArray[np.int32]
    why: str = ""


def align(here: Codes, there: Codes, common: NDArray[np.bool_] | None = None) -> list[Passage]:
    """Return the passages of `here` that stand in `there` and count, in their order here.

    `common` marks characters of `here` that everybody writes: they join what lies around them
    but do not count themselves.
    """
    return [one for one in align_all(here, there, common) if not one.why]


def align_all(
    here: Codes,
    there: Codes,
    greys: NDArray[np.bool_] | Marks | None = None,
    light: NDArray[np.bool_] | None = None,
    *,
    is_own: bool = False,
) -> list[Passage]:
    """Return the passages that count and those that do not, in their order here.

    `greys` numbers for each character of `here` what it stands in (see WHY). Digits and what is
    `light` agree in any two tables: they make no passage, though a passage may hold them; a letter
    tells a third of what an ideograph does. Between two texts of one writer nothing counts.
    """
    marks = np.zeros(len(here), np.uint8) if greys is None else greys.astype(np.uint8)
    segments, groups = _aligned(here, there, SEED, GAP, REACH)
    is_equal = len(here) > 0 and np.array_equal(here, there)
    if is_equal:
        segments = np.array([[0, 0, len(here)]], np.int32)
    if is_equal or _agree_as_wholes(here, there, segments):
        groups, tells = np.zeros(len(segments), np.int32), np.ones(len(here), np.uint8)
        enough: tuple[tuple[int, int], ...] = ((1, 1),)
    else:
        tells = np.where(here >= IDEOGRAPHS, IDEOGRAPH, LETTER).astype(np.uint8)
        tells[(here >= ord("0")) & (here <= ord("9"))] = 0
        if light is not None:
            tells[light] = 0
        enough = ENOUGH
    weights = _weighed(segments, marks, tells)
    passages = _passages(segments, groups, weights, enough, is_own)
    return sorted(passages, key=lambda one: one.here)


def _agree_as_wholes(here: Codes, there: Codes, segments: NDArray[np.int32]) -> bool:
    longer = max(len(here), len(there))
    return 0 < longer < SHORT and 5 * int(segments[:, 2].sum()) >= 4 * longer


def _passages(
    segments: NDArray[np.int32],
    groups: NDArray[np.int32],
    weights: NDArray[np.int32],
    enough: tuple[tuple[int, int], ...],
    is_own: bool,
) -> Iterator[Passage]:
    """Make a passage of each group that holds enough, whether it counts or not."""
    if not len(segments):
        return
    order = np.argsort(groups, kind="stable")
    begins = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sums = np.add.reduceat(weights[order], begins)
    most = np.maximum.reduceat(weights[order], begins)
    counts, shows = (_hold(sums[:, kind], most[:, kind], enough) for kind in (TELLING, WEIGHT))
    shows &= sums[:, WEIGHT + 1 :].any(axis=1)
    ends = np.append(begins[1:], len(order))
    for group in np.flatnonzero(counts | shows):
        own = order[begins[group] : ends[group]]
        counted = weights[own, COUNTED]
        if counts[group]:
            # What everybody writes at the edges is no part of the finding.
            own, counted = own[counted > 0], counted[counted > 0]
            why = OWN if is_own else ""
        else:
            why = WHY[int(sums[group, WEIGHT + 1 :].argmax()) + 1]
        yield _passage(segments[own], counted, why)


def _hold(
    sums: NDArray[np.int32], most: NDArray[np.int32], enough: tuple[tuple[int, int], ...]
) -> NDArray[np.bool_]:
    found = np.zeros(len(sums), np.bool_)
    for least, least_run in enough:
        found |= (sums >= least) & (most >= least_run)
    return found


def _passage(segments: NDArray[np.int32], counted: NDArray[np.int32], why: str) -> Passage:
    here = int(segments[0, 0]), int((segments[:, 0] + segments[:, 2]).max())
    there = int(segments[:, 1].min()), int((segments[:, 1] + segments[:, 2]).max())
    matched, longest = (0, 0) if why else (int(counted.sum()), int(counted.max()))
    return Passage(here, there, matched, longest, segments, why)


@njit(cache=True, nogil=True)
def _weighed(segments, marks, tells):
    """Count the characters of each segment: see COUNTED, TELLING, WEIGHT; then each grey kind."""
    found = np.zeros((len(segments), 6), np.int32)
    for number in range(len(segments)):
        place, _other, length = segments[number]
        for spot in range(place, place + length):
            mark = marks[spot]
            if mark:
                found[number, WEIGHT + mark] += 1
            else:
                found[number, COUNTED] += 1
            found[number, WEIGHT] += tells[spot]
            if not mark:
                found[number, TELLING] += tells[spot]
    return found


@njit(cache=True, nogil=True)
def _aligned(here, there, width, gap, reach):
    segments = _best(_segments(here, there, width), len(here))
    return segments, _grouped(segments, gap, reach)


@njit(cache=True)
def _segments(here, there, width):
    """Longest agreeing run from every seed that begins one, in the order of their places."""
    found = np.empty((64, 3), np.int32)
    at = 0
    ours, theirs = grams(here, width), grams(there, width)
    if len(ours) == 0 or len(theirs) == 0:
        return found[:0]
    heads, nexts = _buckets(theirs)
    mask = np.uint64(len(heads) - 1)
    place, is_resumed = 0, True
    while place < len(ours):
        slot = np.int64(ours[place] & mask)
        first = other = heads[slot]
        tried, best, best_other = 0, 0, 0
        while other >= 0 and tried < MOST_PLACES:
            if theirs[other] == ours[place]:
                tried += 1
                # A seed in the middle of a run has been seen from the run's beginning.
                if is_resumed or other == 0 or here[place - 1] != there[other - 1]:
                    length = _run(here, there, place, other, width)
                    if length > best:
                        best, best_other = length, other
            other = nexts[other] if nexts[other] != first else -1
        if best:
            # Next time the search begins behind: what is said often is not all said in one place.
            heads[slot] = nexts[best_other]
            if at == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            found[at, 0], found[at, 1], found[at, 2] = place, best_other, best
            at += 1
        is_resumed = best >= LONG
        place += best - width + 1 if is_resumed else 1
    return found[:at]


@njit(cache=True)
def _buckets(hashes):
    """Chain the places of equal low bits into rings: where each begins, and what comes next."""
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    heads = np.full(size, -1, np.int32)
    nexts = np.full(len(hashes), -1, np.int32)
    lasts = np.full(size, -1, np.int32)
    mask = np.uint64(size - 1)
    for place in range(len(hashes)):
        slot = np.int64(hashes[place] & mask)
        if heads[slot] < 0:
            heads[slot] = place
        else:
            nexts[lasts[slot]] = place
        nexts[place] = heads[slot]
        lasts[slot] = place
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
    return _apart(segments[keep])


@njit(cache=True)
def _apart(segments):
    """Put segments in their order and let each begin where the one before has ended."""
    kept = segments[np.argsort(segments[:, 0])].copy()
    at, end = 0, 0
    for number in range(len(kept)):
        place, other, size = kept[number]
        over = max(end - place, 0)
        if size > over:
            kept[at, 0], kept[at, 1], kept[at, 2] = place + over, other + over, size - over
            end = place + size
            at += 1
    return kept[:at]


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
