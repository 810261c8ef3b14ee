"""`./xinghai bench NAME`: choose a benchmark; the launcher has prepared an empty database."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django

from xinghai.similarity.encoding import make_encoder


def _on_records(wanted: argparse.Namespace) -> dict[str, Any]:
    key = os.environ.get("XINGHAI_ENCODER_KEY", "")
    encoder = make_encoder(wanted.encoder, model=wanted.model, key=key)
    return {"file": wanted.file, "count": min(wanted.records, 2_000), "encoder": encoder}


# Each module's `run` with its arguments. Modules are read when asked for: models can be imported
# only after the set-up, and some peers take seconds to load.
ALONE: dict[str, tuple[str, Callable[[argparse.Namespace], dict[str, Any]]]] = {
    "similarity": (
        "bench.similarity.duplicates",
        lambda wanted: {
            "documents": wanted.documents,
            "growth": wanted.growth,
            "file": wanted.file,
        },
    ),
    "retrieval": ("bench.similarity.retrieval", _on_records),
    "groups": ("bench.similarity.groups", _on_records),
    "rewordings": ("bench.similarity.rewordings", lambda wanted: {"file": wanted.file}),
    "renewals": (
        "bench.similarity.renewals",
        lambda wanted: {"file": wanted.file, "count": wanted.records},
    ),
    "search": (
        "bench.corpus.searching",
        lambda wanted: {"records": wanted.records, "file": wanted.file},
    ),
    "spread": (
        "bench.similarity.spread",
        lambda wanted: {"documents": wanted.documents, "ray_nodes": wanted.ray_nodes},
    ),
    "seals": ("bench.seals", lambda wanted: {"events": wanted.events}),
    "process": ("bench.process", lambda _wanted: {}),
    "start": (
        "bench.starting",
        lambda wanted: {"before": wanted.before, "rounds": wanted.rounds},
    ),
    "memory": ("bench.memory", lambda wanted: {"before": wanted.before, "jobs": wanted.jobs}),
    "copies": ("bench.corpus.asking", lambda wanted: {"documents": wanted.documents}),
}
ON_THE_HOUSE: dict[str, tuple[str, Callable[[argparse.Namespace], dict[str, Any]]]] = {
    "pages": (
        "bench.pages",
        lambda wanted: {"sizes": wanted.rows or [1500, 15000], "profiled": wanted.profile},
    ),
    "desks": (
        "bench.desks",
        lambda wanted: {"rows": (wanted.rows or [15000])[0], "profiled": wanted.profile},
    ),
    "visits": ("bench.visits", lambda wanted: {"rows": (wanted.rows or [15000])[0]}),
    "weights": ("bench.weights", lambda wanted: {"rows": (wanted.rows or [1500])[0]}),
    "journey": ("bench.journey", lambda wanted: {"profiled": wanted.profile}),
    "indexing": ("bench.indexing", lambda _wanted: {}),
    "writes": (
        "bench.writes",
        lambda wanted: {"clients": wanted.clients, "seconds": wanted.seconds},
    ),
}


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="xinghai bench", description=__doc__)
    parser.add_argument("name", choices=(*ON_THE_HOUSE, *ALONE))
    parser.add_argument("--rows", type=int, nargs="+", help="how many suggestions")
    parser.add_argument("--seconds", type=float, default=10, help="writes: length of each run")
    parser.add_argument("--clients", type=int, default=4, help="writes: how many at a time")
    parser.add_argument("--documents", type=int, default=5000, help="similarity, copies, spread")
    parser.add_argument("--events", type=int, default=1_000_000, help="seals: how many")
    parser.add_argument("--records", type=int, default=20_000, help="search: how many")
    parser.add_argument("--file", default="", help="real texts, JSON lines")
    parser.add_argument("--encoder", default="", help="retrieval, groups: a directory or address")
    parser.add_argument("--model", default="", help="the encoder's model, where it has several")
    parser.add_argument("--growth", type=int, default=0, help="similarity: growth up to so many")
    parser.add_argument("--ray-nodes", type=int, default=0, help="spread: a cluster of so many")
    parser.add_argument("--before", default="", help="start, memory: another checkout beside us")
    parser.add_argument("--rounds", type=int, default=1, help="start: how often")
    parser.add_argument("--jobs", type=int, default=10_000, help="memory: for the worker")
    parser.add_argument("--profile", default="", help="profile pages whose name has this")
    return parser.parse_args()


def main() -> None:
    wanted = asked()
    if wanted.name in ON_THE_HOUSE:
        # As the demonstration does before it opens: static files under their hashed names.
        subprocess.run([sys.executable, "-m", "xinghai.config.prepare"], check=True)
    django.setup()
    module, arguments = {**ON_THE_HOUSE, **ALONE}[wanted.name]
    import_module(module).run(**arguments(wanted))


if __name__ == "__main__":
    main()
