"""`./xinghai bench NAME`: choose a benchmark; the launcher has prepared an empty database."""

import argparse
import subprocess
import sys

import django

NAMES = ("pages", "desks", "weights", "journey", "writes", "similarity", "search", "spread")


def main() -> None:
    parser = argparse.ArgumentParser(prog="xinghai bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--rows", type=int, nargs="+", help="how many suggestions")
    parser.add_argument("--seconds", type=float, default=10, help="writes: length of each run")
    parser.add_argument("--clients", type=int, default=4, help="writes: how many at a time")
    parser.add_argument("--documents", type=int, default=5000, help="similarity, spread: how many")
    parser.add_argument("--records", type=int, default=20_000, help="search: how many")
    parser.add_argument("--file", default="", help="search: JSON lines to judge quality by")
    parser.add_argument("--growth", type=int, default=0, help="similarity: growth up to so many")
    parser.add_argument("--ray-nodes", type=int, default=0, help="spread: a cluster of so many")
    parser.add_argument("--profile", default="", help="profile pages whose name has this")
    wanted = parser.parse_args()
    if wanted.name == "similarity":
        from bench.similarity import duplicates  # noqa: PLC0415 - its peers take seconds to load

        duplicates.run(documents=wanted.documents, growth=wanted.growth)
        return
    if wanted.name == "spread":
        from bench.similarity import spread  # noqa: PLC0415 - what the others need not load

        spread.run(documents=wanted.documents, ray_nodes=wanted.ray_nodes)
        return
    if wanted.name == "search":
        django.setup()
        from bench.corpus import searching  # noqa: PLC0415 - models can be imported only now

        searching.run(records=wanted.records, file=wanted.file)
        return
    # As the demonstration does before it opens: static files under their hashed names.
    subprocess.run([sys.executable, "-m", "xinghai.config.prepare"], check=True)
    django.setup()
    # Models can be imported only now; a benchmark is a program, not part of the house.
    from bench import desks, journey, pages, weights, writes  # noqa: PLC0415

    if wanted.name == "pages":
        pages.run(sizes=wanted.rows or [1500, 15000], profiled=wanted.profile)
    elif wanted.name == "desks":
        desks.run(rows=(wanted.rows or [15000])[0], profiled=wanted.profile)
    elif wanted.name == "weights":
        weights.run(rows=(wanted.rows or [1500])[0])
    elif wanted.name == "journey":
        journey.run()
    else:
        writes.run(clients=wanted.clients, seconds=wanted.seconds)


if __name__ == "__main__":
    main()
