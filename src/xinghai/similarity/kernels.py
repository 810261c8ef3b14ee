"""The loops, compiled: rolling hashes, winnowing, seeds and their extension.

Hashes are of fixed runs of characters, 64 bits, wrapping around; they are mixed before use,
so that the smallest of a window is a fair choice.
"""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

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


@njit(cache=True, parallel=True)
def fingerprints(codes, starts, first, last, width, window, bits, packed, places, counts):
    """Choose the fingerprints of documents first to last of the concatenated `codes`.

    Document n is codes[starts[n]:starts[n + 1]]. Writes packed (hash, document) and places, one
    row per document from its first character on, into room that is used again for the next
    documents (new memory costs more than the hashing), and how many each row holds.
    """
    low = np.uint64(64 - bits)
    base = starts[first]
    for document in prange(first, last):
        begin, end = starts[document], starts[document + 1]
        hashes = grams(codes[begin:end], width)
        row = places[begin - base : end - base]
        count = winnow(hashes, window, row)
        for number in range(count):
            high = hashes[row[number]] >> low << low
            packed[begin - base + number] = high | np.uint64(document)
        counts[document] = count


@njit(cache=True)
def gathered(values, starts, first, last, counts):
    """Put the used front of every row together."""
    total = 0
    for document in range(first, last):
        total += counts[document]
    found = np.empty(total, values.dtype)
    at = 0
    for document in range(first, last):
        begin = starts[document] - starts[first]
        for number in range(counts[document]):
            found[at] = values[begin + number]
            at += 1
    return found


@njit(cache=True)
def count_pairs(packed, bits, most):
    """Count the pairs of documents that share a hash held by no more than `most` of them."""
    low = np.uint64(64 - bits)
    total, start = 0, 0
    for place in range(1, len(packed) + 1):
        if place == len(packed) or packed[place] >> low != packed[start] >> low:
            held = place - start
            if 1 < held <= most:
                total += held * (held - 1) // 2
            start = place
    return total


@njit(cache=True)
def write_pairs(packed, bits, most, pairs):
    """Write those pairs as (smaller, larger) in one word."""
    low = np.uint64(64 - bits)
    mask = (np.uint64(1) << low) - np.uint64(1)
    at, start = 0, 0
    half = np.uint64(32)
    for place in range(1, len(packed) + 1):
        if place == len(packed) or packed[place] >> low != packed[start] >> low:
            held = place - start
            if 1 < held <= most:
                for one in range(start, place):
                    for other in range(one + 1, place):
                        pairs[at] = (packed[one] & mask) << half | (packed[other] & mask)
                        at += 1
            start = place
    return at


@njit(cache=True)
def common_hashes(packed, bits, most):
    """The hashes held by more than `most` documents, sorted: what everybody writes."""
    low = np.uint64(64 - bits)
    found = np.empty(max(len(packed) // (most + 1), 1), np.uint64)
    at, start = 0, 0
    for place in range(1, len(packed) + 1):
        if place == len(packed) or packed[place] >> low != packed[start] >> low:
            if place - start > most:
                found[at] = packed[start] >> low
                at += 1
            start = place
    return found[:at]


@njit(cache=True)
def mark_common(hashes, chosen, count, common, bits, width, window, mask):
    """Mark the characters of one document that stand in common runs.

    Between two common fingerprints no further apart than a window everything is common: had the
    text differed there, another fingerprint would stand between them.
    """
    low = np.uint64(64 - bits)
    last = -1
    for number in range(count):
        place = chosen[number]
        value = hashes[place] >> low
        at = np.searchsorted(common, value)
        if at < len(common) and common[at] == value:
            begin = place
            if last >= 0 and place - last <= window + width:
                begin = last
            for spot in range(begin, place + width):
                mask[spot] = True
            last = place
