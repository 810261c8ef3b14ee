"""`./xinghai bench similarity`: quality by kind of copy, rate beside peers, growth with size."""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.similarity.peers import PEERS
from bench.similarity.planting import Library, make_library, read_bodies, stream
from bench.similarity.quality import judge, print_quality
from xinghai.similarity.comparing import compare_everything

ROUNDS = 3
# datasketch is ten times slower than the others: it gets a part, its rate is per document.
SLOW = {"datasketch": 2_000}


def run(*, documents: int, growth: int, file: str) -> None:
    """Print quality and the rate beside peers; or growth alone; or quality on real texts."""
    list(compare_everything(stream(300)))  # compiled before the clock runs
    if growth:
        _grow(growth)
    elif file:
        bodies = read_bodies(file)
        _quality(make_library(len(bodies), share=0.25, bodies=bodies))
    else:
        library = make_library(documents)
        _quality(library)
        _interleaved(library)


def _quality(library: Library) -> None:
    count, planted = len(library.texts), len(library.planted)
    size = sum(map(len, library.texts)) / count
    print(f"\n{count:,} documents of {size:,.0f} characters, {planted} copies planted")
    print_quality(judge(library, compare_everything(library.texts, **library.labels)))


def _interleaved(library: Library) -> None:
    """Take turns, so that whatever else the machine does falls on all alike."""
    runners: dict[str, Callable[[Sequence[str]], Any]] = {
        "xinghai, with spans": lambda texts: list(compare_everything(texts)),
        "xinghai, units, writers and forms known": lambda texts: list(
            compare_everything(texts, **library.labels)
        ),
        **PEERS,
    }
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    worked: dict[str, list[float]] = {name: [] for name in runners}
    pairs: dict[str, set[tuple[int, int]]] = {}
    for _round in range(ROUNDS):
        for name, act in runners.items():
            texts = library.texts[: SLOW.get(name)] if name in SLOW else library.texts
            begun, cost = time.perf_counter(), time.process_time()
            answer = act(texts)
            seconds[name].append((time.perf_counter() - begun) / len(texts))
            worked[name].append((time.process_time() - cost) / len(texts))
            if name not in SLOW:
                pairs[name] = _as_pairs(answer)
    _print_rates(seconds, worked, pairs, {(one.source, one.suspect) for one in library.planted})


def _print_rates(
    seconds: dict[str, list[float]],
    worked: dict[str, list[float]],
    pairs: dict[str, set[tuple[int, int]]],
    truth: set[tuple[int, int]],
) -> None:
    print(
        "\n| method | documents/s: median (least to most) | beside rensa, round by round |", end=""
    )
    print(" a processor second | planted pairs found | other pairs |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, spent in seconds.items():
        rates = sorted(1 / one for one in spent)
        times = [rensa / one for rensa, one in zip(seconds["rensa"], spent, strict=True)]
        beside = ", ".join(f"{one:.1f}" for one in times)
        found = pairs.get(name)
        told = "– | –"
        if found is not None:
            told = f"{len(truth & found) / len(truth):.3f} | {len(found - truth)}"
        middle, least, most = statistics.median(rates), rates[0], rates[-1]
        alone = 1 / statistics.median(worked[name])
        print(
            f"| {name} | {middle:,.0f} ({least:,.0f} to {most:,.0f}) | {beside}"
            f" | {alone:,.0f} | {told} |"
        )


def _as_pairs(answer: Any) -> set[tuple[int, int]]:
    if isinstance(answer, set):
        return answer
    return {(one.here, one.there) for one in answer if one.counted}


def _grow(most: int) -> None:
    """Half as many documents each time, smallest first, each in a process of its own."""
    print("\n| documents | characters | seconds | documents/s | processor | pairs | most memory |")
    print("|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    for step in (4, 3, 2, 1, 0):
        child = multiprocessing.get_context("spawn").Process(target=_grown, args=(most >> step,))
        child.start()
        child.join()


def _grown(count: int) -> None:
    """Compare documents as they are written; the time of writing is taken off."""
    list(compare_everything(stream(300)))
    written = _Written(stream(count))
    begun, worked = time.perf_counter(), time.process_time()
    found = sum(bool(one.counted) for one in compare_everything(written))
    spent = time.perf_counter() - begun - written.seconds
    worked = time.process_time() - worked - written.worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(
        f"| {count:,} | {written.characters:,} | {spent:.1f} | {count / spent:,.0f}"
        f" | {worked:.1f} s | {found:,} | {peak:.1f} GB |",
        flush=True,
    )


class _Written:
    """An iterator that knows what it has cost."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.texts, self.characters = texts, 0
        self.seconds, self.worked = 0.0, 0.0

    def __iter__(self) -> Iterator[str]:
        while True:
            begun, worked = time.perf_counter(), time.process_time()
            text = next(self.texts, None)
            self.seconds += time.perf_counter() - begun
            self.worked += time.process_time() - worked
            if text is None:
                return
            self.characters += len(text)
            yield text
