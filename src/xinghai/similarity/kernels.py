"""The loops, compiled: rolling hashes, winnowing, seeds and their extension.

Hashes are of fixed runs of characters, 64 bits, wrapping around; they are mixed before use,
so that the smallest of a window is a fair choice.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

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
def winnow(hashes, window, chosen):
    """Write the places of each window's smallest hash (the last of equals); return how many."""
    count = len(hashes)
    if count == 0:
        return 0
    kept, best = 0, -1
    for end in range(count):
        start = end - window + 1
        if best < start or best < 0:
            best = max(start, 0)
            for place in range(best + 1, end + 1):
                if hashes[place] <= hashes[best]:
                    best = place
        elif hashes[end] <= hashes[best]:
            best = end
        if (start >= 0 or end == count - 1) and (kept == 0 or chosen[kept - 1] != best):
            chosen[kept] = best
            kept += 1
    return kept


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

    Between two of one kind no further apart than a window everything is grey: had the text
    differed there, another fingerprint would stand between them.
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
