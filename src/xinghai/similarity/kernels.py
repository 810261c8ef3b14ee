"""The loops, compiled: rolling hashes, winnowing, seeds and their extension.

Hashes are of fixed runs of characters, 64 bits, wrapping around; they are mixed before use,
so that the smallest of a window is a fair choice.
"""

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit

# What a character or fingerprint stands in, when it does not count.
COMMON, STOCK, UNIT = 1, 2, 3

U64 = NDArray[np.uint64]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_S31, _S29 = np.uint64(31), np.uint64(29)


@njit(cache=True, inline="always")
def _mixed(value):
    value = (value ^ (value >> _S31)) * _MIX
    return value ^ (value >> _S29)


@njit(cache=True)
def grams(codes, width):
    """Hash every run of `width` codes; as many as fit."""
    count = len(codes) - width + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    if width & (width - 1) == 0:
        return _doubled(codes, width)
    found = np.empty(count, np.uint64)
    lead = np.uint64(1)
    for _ in range(width - 1):
        lead *= _BASE
    value = np.uint64(0)
    for place in range(width):
        value = value * _BASE + np.uint64(codes[place]) + np.uint64(1)
    found[0] = _mixed(value)
    for place in range(1, count):
        gone = np.uint64(codes[place - 1]) + np.uint64(1)
        value = (value - gone * lead) * _BASE
        value += np.uint64(codes[place + width - 1]) + np.uint64(1)
        found[place] = _mixed(value)
    return found


@njit(cache=True)
def _doubled(codes, width):
    """The same hashes for a power of two: runs of two from one, of four from two.

    No step waits for the one before it, so the processor does several at a time.
    """
    values = np.empty(len(codes), np.uint64)
    for place in range(len(codes)):
        values[place] = np.uint64(codes[place]) + np.uint64(1)
    base, size, count = _BASE, 1, len(codes)
    while size < width:
        count -= size
        for place in range(count):
            values[place] = values[place] * base + values[place + size]
        base *= base
        size *= 2
    for place in range(count):
        values[place] = _mixed(values[place])
    return values[:count]


@njit(cache=True)
def winnow(hashes, window, chosen):
    """Write the places of each window's smallest hash (the last of equals); return how many."""
    count = len(hashes)
    if count == 0:
        return 0
    best = _smallest(hashes, 0, min(window, count))
    chosen[0] = best
    kept, end = 1, window
    while end < count:
        value, limit = hashes[best], min(best + window, count)
        while end < limit and hashes[end] > value:
            end += 1
        if end == count:
            break
        # Either something smaller came, or the window has left the smallest behind.
        best = end if end < limit else _smallest(hashes, best + 1, end + 1)
        chosen[kept] = best
        kept, end = kept + 1, end + 1
    return kept


@njit(cache=True, inline="always")
def _smallest(hashes, begin, end):
    best, least = begin, hashes[begin]
    for place in range(begin + 1, end):
        value = hashes[place]
        best = place if value <= least else best
        least = min(value, least)
    return best


@njit(cache=True, nogil=True)
def fingerprints(codes, starts, width, window):
    """Choose the fingerprints of the documents codes[starts[n]:starts[n + 1]].

    Return their hashes and places, one document after the other, and how many each has.
    """
    documents = len(starts) - 1
    counts = np.zeros(documents, np.int64)
    hashes = np.empty(len(codes) // 4 + 64, np.uint64)
    places = np.empty(len(hashes), np.int32)
    at = 0
    for document in range(documents):
        own = grams(codes[starts[document] : starts[document + 1]], width)
        chosen = np.empty(len(own), np.int32)
        count = winnow(own, window, chosen)
        while at + count > len(hashes):
            hashes = np.concatenate((hashes, np.empty_like(hashes)))
            places = np.concatenate((places, np.empty_like(places)))
        for number in range(count):
            hashes[at + number] = own[chosen[number]]
            places[at + number] = chosen[number]
        at += count
        counts[document] = count
    return hashes[:at].copy(), places[:at].copy(), counts


@njit(cache=True, nogil=True)
def counted_by_shelf(hashes, shift, sizes):
    """Add up how many hashes begin with which bits."""
    for value in hashes:
        sizes[value >> shift] += 1


@njit(cache=True, nogil=True)
def put_on_shelves(hashes, first, low, shift, slots, packed):
    """Pack each hash with its number, counted from `first`, among those that begin like it."""
    for number in range(len(hashes)):
        value = hashes[number]
        slot = slots[value >> shift]
        packed[slot] = (value >> low << low) | np.uint64(first + number)
        slots[value >> shift] = slot + 1


@njit(cache=True, nogil=True)
def known(hashes):
    """Make a table in which `stands_in` finds these hashes quickly; 0 is an empty place."""
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    table = np.zeros(size, np.uint64)
    mask = np.uint64(size - 1)
    for value in hashes:
        slot = np.int64(value & mask)
        while table[slot] != 0 and table[slot] != value:
            slot = (slot + 1) & (size - 1)
        table[slot] = value
    return table


@njit(cache=True, nogil=True)
def mark_known(hashes, table, width, least, mark, marks):
    """Mark the characters under known hashes, where at least `least` of them run together."""
    size = len(table)
    mask = np.uint64(size - 1)
    start, end = -1, -1
    for place in range(len(hashes) + 1):
        is_known = False
        if place < len(hashes):
            slot = np.int64(hashes[place] & mask)
            while table[slot] != 0 and table[slot] != hashes[place]:
                slot = (slot + 1) & (size - 1)
            is_known = table[slot] != 0
        if is_known and place <= end:
            end = place + width
        elif is_known or place == len(hashes):
            if end - start >= least:
                marks[start:end] = mark
            start, end = place, place + width
    return marks


@njit(cache=True, nogil=True)
def mark_grey(places, greys, width, window, marks):
    """Mark the characters of one document whose fingerprints are grey, each by its kind.

    Between two of one kind no further apart than a window everything is grey. Mostly they follow
    one another: had the text differed there, another fingerprint would stand between them. Where
    one does, what is left of it is shorter than any passage that counts.
    """
    last, before = -1, 0
    for number in range(len(places)):
        place, grey = places[number], greys[number]
        if grey:
            begin = place
            if grey == before and place - last <= window + width:
                begin = last
            marks[begin : place + width] = grey
            last, before = place, grey
