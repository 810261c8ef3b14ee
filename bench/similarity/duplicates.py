"""`./xinghai bench similarity`: quality by kind of copy, rate beside peers, growth with size."""

import itertools
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from bench.similarity.peers import PEERS
from bench.similarity.quality import judge, print_quality
from bench.similarity.writing import Library, make_library
from xinghai.similarity.comparing import Match, compare_everything

ROUNDS = 3
# datasketch is ten times slower than the others: it gets a part, its rate is per document.
SLOW = {"datasketch": 2_000}


def run(*, documents: int) -> None:
    """Print three tables: quality, rate beside peers in one interleaved run, growth."""
    library = make_library(documents)
    size = sum(map(len, library.texts)) / documents
    planted = len(library.planted)
    print(f"\n{documents:,} documents of {size:,.0f} characters, {planted} copies planted")
    list(compare_everything(library.texts[:100]))  # compiled before the clock runs
    found = list(compare_everything(library.texts))
    print_quality(judge(library, found))
    _interleaved(library)
    _grow(library)


def _interleaved(library: Library) -> None:
    """Take turns, so that whatever else the machine does falls on all alike."""
    runners: dict[str, Callable[[Sequence[str]], Any]] = {"xinghai, with spans": _ours, **PEERS}
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    pairs: dict[str, set[tuple[int, int]]] = {}
    for _round in range(ROUNDS):
        for name, act in runners.items():
            texts = library.texts[: SLOW.get(name)] if name in SLOW else library.texts
            begun = time.perf_counter()
            answer = act(texts)
            seconds[name].append((time.perf_counter() - begun) / len(texts))
            if name not in SLOW:
                pairs[name] = _as_pairs(answer)
    truth = {(one.source, one.suspect) for one in library.planted}
    print("\n| method | documents/s: median (least to most) | planted pairs found | other pairs |")
    print("|---|--:|--:|--:|")
    for name, spent in seconds.items():
        rates = sorted(1 / one for one in spent)
        found = pairs.get(name)
        told = "– | –"
        if found is not None:
            told = f"{len(truth & found) / len(truth):.3f} | {len(found - truth)}"
        middle, least, most = statistics.median(rates), rates[0], rates[-1]
        print(f"| {name} | {middle:,.0f} ({least:,.0f} to {most:,.0f}) | {told} |")


def _as_pairs(answer: Any) -> set[tuple[int, int]]:
    if isinstance(answer, set):
        return answer
    return {(one.here, one.there) for one in answer}


def _ours(texts: Sequence[str]) -> list[Match]:
    return list(compare_everything(texts))


def _grow(library: Library) -> None:
    """Half as many documents each time; the memory is the most the process ever had."""
    whole = len(library.texts)
    print("\n| documents | seconds | documents/s | pairs |")
    print("|--:|--:|--:|--:|")
    for count in itertools.takewhile(lambda n: n >= 500, (whole >> step for step in range(4))):
        begun = time.perf_counter()
        found = len(_ours(library.texts[whole - count :]))
        spent = time.perf_counter() - begun
        print(f"| {count:,} | {spent:.1f} | {count / spent:,.0f} | {found} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(f"\nmost memory of the whole run, texts and peers included: {peak:.1f} GB")
