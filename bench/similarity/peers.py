"""What others offer for the same question, used as their own pages say, on the same documents.

They tell pairs of documents, not passages, so of them only rate and recall of pairs are asked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH

SHINGLE, PERMUTATIONS, THRESHOLD, BANDS = 5, 128, 0.5, 32
COMMON, SHORTEST = 30, 10
Pairs = set[tuple[int, int]]


def shingles(text: str) -> list[str]:
    return [text[place : place + SHINGLE] for place in range(max(len(text) - SHINGLE + 1, 1))]


def with_rensa(texts: Sequence[str]) -> Pairs:
    """MinHash in Rust."""
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    found: Pairs = set()
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(shingles(text))
        found.update((other, number) for other in index.query(sketch))
        index.insert(number, sketch)
    return found


def with_datasketch(texts: Sequence[str]) -> Pairs:
    """MinHash in numpy."""
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    found: Pairs = set()
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([one.encode() for one in shingles(text)])
        found.update((other, number) for other in index.query(sketch))
        index.insert(number, sketch)
    return found


def with_sentences(texts: Sequence[str]) -> Pairs:
    """The same sentence in both, where few documents have it."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for sentence in {hash(one) for one in text.split("。") if len(one) >= SHORTEST}:
            holders[sentence].append(number)
    return {pair for some in holders.values() if len(some) <= COMMON for pair in _pairs(some)}


def _pairs(some: list[int]) -> Iterator[tuple[int, int]]:
    yield from combinations(some, 2)


PEERS: dict[str, Callable[[Sequence[str]], Pairs]] = {
    "rensa": with_rensa,
    "datasketch": with_datasketch,
    "sentence hashes": with_sentences,
}
