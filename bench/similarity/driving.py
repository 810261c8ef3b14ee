"""`python -m bench.similarity.driving PLACE [ADDRESS]`: compare once by Daft, write what was found.

A process of its own, because a process has one runner for life, and because on a cluster it must
stand in the head's namespace.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.similarity.cluster import READY
from xinghai.similarity import distributed


def main(place: Path, address: str) -> None:
    distributed.choose_runner(address)
    stock = json.loads((place / "stock.json").read_text())
    # Programs and compiled loops are loaded before the clock runs, on every node.
    _compare(str(place / "few.parquet"), stock)
    before = _tasks(address)
    begun = time.perf_counter()
    rows = _compare(str(place / "all-*.parquet"), stock)
    seconds = time.perf_counter() - begun
    tasks = _tasks(address) - before
    told = {"seconds": seconds, "rows": rows, "tasks": tasks, "nodes": _nodes(address)}
    (place / "told.json").write_text(json.dumps(told))
    print(READY, end="", flush=True)
    sys.stdin.read()


def _compare(files: str, stock: list[str]) -> list[dict[str, Any]]:
    return distributed.spread(distributed.read(files), stock=stock).to_pylist()


def _tasks(address: str) -> Counter[str]:
    """Count by address of the node the tasks of plans that Ray has run; not the calls of actors."""
    if not address:
        return Counter()
    import ray  # noqa: PLC0415 - only where it was asked for

    time.sleep(3)  # nodes report what they did once a second
    return Counter(
        event["pid"]
        for event in ray.timeline()
        if event["cat"].startswith("task::") and "." not in event["cat"]
    )


def _nodes(address: str) -> list[str]:
    if not address:
        return []
    import ray  # noqa: PLC0415

    return sorted(one["NodeManagerAddress"] for one in ray.nodes() if one["Alive"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(sys.argv[2:] or [""]))
