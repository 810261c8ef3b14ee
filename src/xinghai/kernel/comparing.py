"""Compare two texts and return what was removed and what was added."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

# Matching costs as many steps as equal pieces can be paired; a real text needs a thousandth.
MOST_PAIRS = 2_000_000
TOKEN = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    text: str
    changed: bool


@dataclass(frozen=True)
class Comparison:
    before: list[Piece]
    after: list[Piece]


def compare_texts(before: str, after: str) -> Comparison:
    """Pieces of both texts; words and numbers stay whole, Chinese goes by character."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if _pairs(old, new) > MOST_PAIRS:
        return Comparison([Piece(before, True)], [Piece(after, True)])
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = tag != "equal"
        if i2 > i1:
            left.append(Piece("".join(old[i1:i2]), changed))
        if j2 > j1:
            right.append(Piece("".join(new[j1:j2]), changed))
    return Comparison(left, right)


def _pairs(old: list[str], new: list[str]) -> int:
    first, second = Counter(old), Counter(new)
    return sum(times * second[piece] for piece, times in first.items())
