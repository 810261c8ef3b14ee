"""`./xinghai bench spread`: the same documents in process and by Daft, here or on a Ray cluster."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.similarity.cluster import PORT, READY, Node, ray_cluster, why_not
from bench.similarity.planting import Library, make_library
from xinghai.config.comparing import load_distributed
from xinghai.similarity.comparing import Match, compare_everything
from xinghai.similarity.normalising import normalise

FILES = 8
Found = dict[tuple[int, int], Any]


@dataclass(frozen=True)
class Told:
    """What a driver wrote down."""

    seconds: float
    found: Found
    tasks: dict[str, int]
    nodes: list[str]
    used: list[float]


def run(*, documents: int, ray_nodes: int) -> None:
    """Print how long each takes and whether pairs, shares and spans are the same."""
    load_distributed()
    if ray_nodes and (reason := why_not(ray_nodes)):
        raise SystemExit(f"No Ray cluster in namespaces: {reason}.")
    few = make_library(300)
    list(compare_everything(few.texts, **few.labels))  # compiled before the clock runs
    library = make_library(documents)
    begun = time.perf_counter()
    matches = list(compare_everything(library.texts, **library.labels))
    seconds = time.perf_counter() - begun
    truth = {(one.here, one.there): _as_told(library, one) for one in matches}
    print("\n| runner | documents | seconds | documents/s | pairs | same pairs | same in all |")
    print("|---|--:|--:|--:|--:|---|---|")
    _print("in process", documents, Told(seconds, truth, {}, [], []), truth)
    with tempfile.TemporaryDirectory(prefix="xh-spread-", dir="/tmp") as name:
        place = Path(name)
        _write(library, place)
        _print("Daft, this machine", documents, _drive([], place), truth)
        if ray_nodes:
            with ray_cluster(ray_nodes) as nodes:
                _on_cluster(nodes, place, documents, truth)


def _on_cluster(nodes: list[Node], place: Path, documents: int, truth: Found) -> None:
    told = _drive(nodes[0].command(), place, f"{nodes[0].address}:{PORT}", nodes)
    _print(f"Daft, Ray, nodes: {len(told.nodes)}", documents, told, truth)
    print("\n| node | tasks | processor seconds, starting and warming up included |\n|---|--:|--:|")
    for node, seconds in zip(nodes, told.used, strict=True):
        print(f"| {node.address} | {told.tasks.get(node.address, 0)} | {seconds:.1f} |")
    if idle := [node.address for node in nodes if not told.tasks.get(node.address)]:
        raise SystemExit(f"These nodes did nothing: {', '.join(idle)}")


def _write(library: Library, place: Path) -> None:
    """Several files, as many documents have; the first few once more, to warm up with."""
    import pyarrow as pa  # noqa: PLC0415 - the extra, which `run` has asked for
    from pyarrow import parquet  # noqa: PLC0415

    table = pa.table(
        {
            "id": range(len(library.texts)),
            "text": library.texts,
            "unit": library.units,
            "writer": library.writers,
        }
    )
    step = -(-len(table) // FILES)
    for number in range(FILES):
        parquet.write_table(
            table[number * step : (number + 1) * step], place / f"all-{number}.parquet"
        )
    parquet.write_table(table[:300], place / "few.parquet")
    (place / "stock.json").write_text(json.dumps(library.stock))


def _drive(prefix: list[str], place: Path, address: str = "", nodes: Sequence[Node] = ()) -> Told:
    """Let a driver compare; it waits to be let go, as with it the cluster's workers end."""
    command = [*prefix, sys.executable, "-m", "bench.similarity.driving", str(place), address]
    environment = os.environ | {"DAFT_PROGRESS_BAR": "0", "RAY_USAGE_STATS_ENABLED": "0"}
    with (
        open(place / "errors", "w+") as errors,
        subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as driver,
    ):
        assert driver.stdin is not None
        assert driver.stdout is not None
        while (line := driver.stdout.readline()) and line != READY:
            pass
        used = [node.processor_seconds() for node in nodes]
        driver.stdin.close()
        if driver.wait() != 0:
            raise SystemExit(f"The comparison failed:\n{(place / 'errors').read_text()}")
    told = json.loads((place / "told.json").read_text())
    found = {(row.pop("here"), row.pop("there")): row for row in told["rows"]}
    return Told(told["seconds"], found, told["tasks"], told["nodes"], used)


def _as_told(library: Library, match: Match) -> dict[str, Any]:
    """Put a match into the words of a row."""
    here, there = (normalise(library.texts[one]) for one in (match.here, match.there))
    passages = []
    for one in match.passages:
        ours, theirs = here.original(*one.here), there.original(*one.there)
        spans = zip(("here", "here_end", "there", "there_end"), (*ours, *theirs), strict=True)
        passages.append(
            {**dict(spans), "matched": one.matched, "longest": one.longest, "why": one.why}
        )
    return {
        "share": sum(one.matched for one in match.passages) / len(here),
        "longest": max(one.longest for one in match.passages),
        "passages": passages,
    }


def _print(name: str, documents: int, told: Told, truth: Found) -> None:
    pairs = "yes" if told.found.keys() == truth.keys() else _differing(told.found, truth)
    same = "yes" if told.found == truth else f"{sum(_differ(told.found, truth))} differ"
    print(
        f"| {name} | {documents:,} | {told.seconds:.1f} | {documents / told.seconds:,.0f}"
        f" | {len(told.found):,} | {pairs} | {same} |",
        flush=True,
    )


def _differing(found: Found, truth: Found) -> str:
    return f"{len(truth.keys() - found.keys())} missing, {len(found.keys() - truth.keys())} more"


def _differ(found: Found, truth: Found) -> Iterable[bool]:
    return (found.get(pair) != truth.get(pair) for pair in found.keys() | truth.keys())
