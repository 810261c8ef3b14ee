"""One form for texts that read the same: width, case, script, spacing and punctuation do not count.

What is left out is remembered by position, so that a finding can be shown where it stands in
the text as it was written.
"""

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit

Codes = NDArray[np.uint16]
# Letters and digits count; marks, punctuation, symbols, spaces, controls and private use do not.
COUNTED = frozenset("LN")
HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
# Signs for parts of characters look like characters, and stand for them in texts out of PDF files.
RADICALS = (0x2E80, 0x2FE0)
STANDS_FOR = str.maketrans(
    "⺟⺠⺫⻁⻄⻅⻆⻉⻋⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳",
    "母民目虎西见角贝车长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟龟",
)
# Beyond the planes of characters nothing is a letter: unassigned, private, or a variant's mark.
PLANES = ((0, 0xD800), (0xE000, 0x40000))
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
    # Half the bytes of the other form; a character of the rare planes is two units here.
    pieces = [text[:LONGEST].encode("utf-16-le", "surrogatepass") for text in texts]
    raw = np.frombuffer(b"".join(pieces), dtype=np.uint16)
    ends = np.cumsum([len(piece) // 2 for piece in pieces], dtype=np.int64)
    return _written(raw, ends, code_table())


@njit(cache=True, nogil=True)
def _written(raw, ends, table):
    codes = np.empty(len(raw), np.uint16)
    counts = np.zeros(len(ends), np.int64)
    at, place = 0, 0
    for number in range(len(ends)):
        first, end = at, ends[number]
        while place < end:
            unit = np.int64(raw[place])
            place += 1
            is_high = unit >= 0xD800 and unit < 0xDC00
            if is_high and place < end and raw[place] >= 0xDC00 and raw[place] < 0xE000:
                unit = 0x10000 + ((unit - 0xD800) << 10) + np.int64(raw[place]) - 0xDC00
                place += 1
            code = table[unit]
            codes[at] = code
            at += code != 0
        counts[number] = at - first
    return codes[:at].copy(), counts


@cache
def code_table() -> NDArray[np.uint16]:
    """From a code point to its normal code; 0 where the character does not count.

    Sixteen bits hold every character in use; the rare planes are folded onto them, where two
    characters may meet. A finding is a run of many, so that costs nothing.
    """
    every = [chr(code) for first, last in PLANES for code in range(first, last)]
    held = [one for one in every if _is_radical(one) or _counts(one)]
    # A line each: nothing reaches over a line's end, and one call is quicker than many.
    plain = [one[:1] for one in _plain("\n".join(held)).lower().split("\n")]
    table = np.zeros(sys.maxunicode + 1, dtype=np.uint16)
    for one, other in zip(held, plain, strict=True):
        if other and _counts(other):
            table[ord(one)] = _folded(ord(other))
    # A character of another script's variant first becomes the plain one.
    han = [one for first, last in (RADICALS, *HAN) for one in map(chr, range(first, last))]
    han = [one for one in han if table[ord(one)]]
    simplify = import_module("opencc").OpenCC("t2s").convert
    for one, other in zip(han, simplify(_plain("\n".join(han))).split("\n"), strict=True):
        table[ord(one)] = _folded(ord(other[:1]))
    return table


def _counts(character: str) -> bool:
    return unicodedata.category(character)[0] in COUNTED


def _is_radical(character: str) -> bool:
    return RADICALS[0] <= ord(character) < RADICALS[1]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(STANDS_FOR))


def _folded(code: int) -> int:
    return (code ^ (code >> 16) * 0x9E37) & 0xFFFF or 1
