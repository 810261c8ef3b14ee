"""What each process of the demonstration weighs: after its start, after a walk, after many jobs.

RSS counts shared pages in every process that has them; PSS divides them among those that share;
USS is what would be free if this process ended alone.
"""

import time
from pathlib import Path

import psycopg

from bench.demonstrations import Demonstration, begin, place, walk
from bench.server import free_port
from xinghai.config.database.home import Home

ROOT = Path(__file__).resolve().parents[1]
SETTLED, PAGES = 20.0, 60
PORTIONS = 10
KINDS = ("launcher", "web server", "web process", "texts", "worker")
# Texts of the index that differ from their records' are written again by the job.
OUTDATE = "UPDATE corpus_document SET body = body || '。' WHERE kind = 'suggestion'"
QUEUE = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, attempts)
    SELECT 'default', 'submissions.keep_in_index', 0,
        jsonb_build_object('process', document.kind, 'record', document.key::int), 'todo', 0
    FROM generate_series(1, %s) number
    JOIN (
        SELECT kind, key, row_number() OVER (ORDER BY number) - 1 AS place, count(*) OVER () AS held
        FROM corpus_document WHERE kind = 'suggestion'
    ) document ON document.place = number %% document.held
"""
WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"


def run(before: str, jobs: int) -> None:
    """Print the weights of this checkout's processes, and of another's beside them."""
    programs = {"before": Path(before).resolve()} if before else {}
    for name, program in (programs | {"now": ROOT}).items():
        with place() as folder:
            site = begin(program, folder / "data", folder / "cache", free_port())
            try:
                _weigh(name, site, jobs)
            finally:
                site.stop()


def _weigh(name: str, site: Demonstration, jobs: int) -> None:
    _rest(site)
    _print_weights(f"{name}: after the start", site)
    read = walk(site, pages=PAGES)
    _print_weights(f"{name}: after {read} pages in nine roles", site)
    print(f"\n| {name}: jobs done by the worker | RSS MB | PSS MB | USS MB |\n|---|--:|--:|--:|")
    for portion in range(PORTIONS + 1):
        if portion:
            _ask(site, OUTDATE)
            _ask(site, QUEUE, jobs // PORTIONS)
            _rest(site)
        [worker] = site.of_kind("worker")
        cells = " | ".join(f"{one:.0f}" for one in weight_of(worker))
        print(f"| {portion * jobs // PORTIONS} | {cells} |", flush=True)


def _rest(site: Demonstration) -> None:
    """Wait until no job is left and the processes have settled."""
    while _ask(site, WAITING) != [(0,)]:
        time.sleep(0.5)
    time.sleep(SETTLED / 10)


def _ask(site: Demonstration, statement: str, *values: object) -> list[tuple[object, ...]]:
    home = Home(site.data_dir)
    with psycopg.connect(
        host=str(home.socket), dbname="xinghai", user="xinghai", password=home.secret("application")
    ) as connection:
        found = connection.execute(statement.encode(), values)
        return found.fetchall() if found.description else []


def _print_weights(title: str, site: Demonstration) -> None:
    print(f"\n| {title} | RSS MB | PSS MB | USS MB |\n|---|--:|--:|--:|")
    total = [0.0, 0.0, 0.0]
    for pid, kind in sorted(site.tree().items(), key=lambda one: (one[1], one[0])):
        if kind not in KINDS:
            continue
        weights = weight_of(pid)
        total = [one + more for one, more in zip(total, weights, strict=True)]
        print(f"| {kind} | " + " | ".join(f"{one:.0f}" for one in weights) + " |")
    print("| together | " + " | ".join(f"{one:.0f}" for one in total) + " |", flush=True)


def weight_of(pid: int) -> tuple[float, float, float]:
    """Return RSS, PSS and USS in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    held = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return held["Rss"], held["Pss"], held["Private_Clean"] + held["Private_Dirty"]
