"""One form for texts that read the same: width, case, script, spacing and punctuation do not count.

What is left out is remembered by position, so that a finding can be shown where it stands in
the text as it was written.
"""

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray
from opencc import OpenCC

Codes = NDArray[np.uint16]
# Letters and digits count; marks, punctuation, symbols, spaces, controls and private use do not.
COUNTED = frozenset("LN")
HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
LONGEST = 2_000_000


@dataclass(frozen=True)
class Normal:
    """A text in normal form: one code a character, and where each stood in the text given."""

    codes: Codes
    places: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.codes)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text as written that the normal span [start, end) stands for."""
        if start >= end:
            return 0, 0
        return int(self.places[start]), int(self.places[end - 1]) + 1


def normalise(text: str) -> Normal:
    """Return the normal form; what follows the first LONGEST characters is not looked at."""
    raw = np.frombuffer(text[:LONGEST].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = code_table()[raw]
    places = np.flatnonzero(codes).astype(np.int32)
    return Normal(codes[places], places)


def normalise_many(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int64]]:
    """Return the codes of several texts, one after the other, and how many each has."""
    cut = [text[:LONGEST] for text in texts]
    raw = np.frombuffer("".join(cut).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts = np.zeros(len(cut) + 1, np.int64)
    np.cumsum([len(text) for text in cut], out=starts[1:])
    counts = _counted(raw, starts, code_table())
    codes = np.empty(int(counts.sum()), np.uint16)
    places = np.zeros(len(cut) + 1, np.int64)
    np.cumsum(counts, out=places[1:])
    _written(raw, starts, code_table(), codes, places)
    return codes, counts


@njit(cache=True, parallel=True)
def _counted(raw, starts, table):
    counts = np.zeros(len(starts) - 1, np.int64)
    for number in prange(len(counts)):
        count = 0
        for place in range(starts[number], starts[number + 1]):
            if table[raw[place]]:
                count += 1
        counts[number] = count
    return counts


@njit(cache=True, parallel=True)
def _written(raw, starts, table, codes, places):
    for number in prange(len(starts) - 1):
        at = places[number]
        for place in range(starts[number], starts[number + 1]):
            code = table[raw[place]]
            if code:
                codes[at] = code
                at += 1


@cache
def code_table() -> NDArray[np.uint16]:
    """From a code point to its normal code; 0 where the character does not count.

    Sixteen bits hold every character in use; the rare planes are folded onto them, where two
    characters may meet. A finding is a run of many, so that costs nothing.
    """
    table = np.zeros(sys.maxunicode + 1, dtype=np.uint16)
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character)[0] in COUNTED:
            plain = unicodedata.normalize("NFKC", character).lower()[:1]
            if plain and unicodedata.category(plain)[0] in COUNTED:
                table[code] = _folded(ord(plain))
    simplify = OpenCC("t2s").convert
    for first, last in HAN:
        for code in range(first, last):
            if table[code]:
                # A character of another script's variant first becomes the plain one.
                plain = simplify(unicodedata.normalize("NFKC", chr(code)))[:1]
                table[code] = _folded(ord(plain))
    return table


def _folded(code: int) -> int:
    return (code ^ (code >> 16) * 0x9E37) & 0xFFFF or 1
