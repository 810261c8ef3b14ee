"""Work on every core, without the compiler's own threads: those a web server does not bear.

The compiled loops let go of the interpreter, so that plain threads run side by side.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

Part = TypeVar("Part")
Made = TypeVar("Made")


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_threads(act: Callable[[Part], Made], parts: Iterable[Part]) -> list[Made]:
    """Run `act` on each part; return the results in order. A single part uses no thread."""
    parts = list(parts)
    if len(parts) < 2 or cores() < 2:
        return [act(part) for part in parts]
    with ThreadPoolExecutor(cores()) as threads:
        return list(threads.map(act, parts))


def shared(count: int, *, least: int) -> list[tuple[int, int]]:
    """Split a number of rows into ranges: a few per core, none smaller than `least`."""
    step = max(-(-count // (4 * cores())), least)
    return list(pairwise([*range(0, count, step), count]))
