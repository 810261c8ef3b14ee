"""What a person decided about groups: which texts belong together, and which do not."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]


class Contradiction(ValueError):
    """Two texts must be apart and must be together: `apart` and the pairs that link them."""

    def __init__(self, apart: Pair, together: list[Pair]) -> None:
        self.apart, self.together = apart, together
        chain = ", ".join(f"{one} with {other}" for one, other in together) or "they are one text"
        super().__init__(f"{apart[0]} apart from {apart[1]}, but {chain}")


@dataclass(frozen=True)
class Bound:
    """Text n belongs to point members[n] of `count`; points of a pair in `apart` never meet."""

    members: NDArray[np.int64]
    count: int
    apart: frozenset[Pair]


def bind(texts: int, together: Sequence[Pair], apart: Sequence[Pair]) -> Bound:
    """Merge the texts that must be together to points; raise Contradiction where two must also
    be apart.
    """
    for pair in (*together, *apart):
        if not all(0 <= one < texts for one in pair):
            raise ValueError(f"there is no such text: {pair}")
    joined: dict[int, list[int]] = defaultdict(list)
    for one, other in together:
        joined[one].append(other)
        joined[other].append(one)
    members = np.full(texts, -1, np.int64)
    count = 0
    for text in range(texts):
        if members[text] < 0:
            members[list(_reached(text, joined))] = count
            count += 1
    for one, other in apart:
        if members[one] == members[other]:
            raise Contradiction((one, other), _chain(one, other, joined))
    pairs = {(int(members[one]), int(members[other])) for one, other in apart}
    return Bound(members, count, frozenset(pairs | {(other, one) for one, other in pairs}))


def _reached(start: int, joined: dict[int, list[int]]) -> dict[int, int]:
    """Return every text that can be reached, and from which: the shortest ways."""
    reached = {start: start}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for other in joined.get(one, ()):
            if other not in reached:
                reached[other] = one
                waiting.append(other)
    return reached


def _chain(one: int, other: int, joined: dict[int, list[int]]) -> list[Pair]:
    reached = _reached(one, joined)
    pairs: list[Pair] = []
    while other != one:
        pairs.append((reached[other], other))
        other = reached[other]
    return pairs[::-1]
