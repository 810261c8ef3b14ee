"""What a record costs the worker: indexed alone, together with others, and folded."""

import time
from collections.abc import Callable
from uuid import uuid4

from django.db import connection

from bench.mass import multiply
from bench.measuring import backend_pid, seconds_of
from bench.scene import make_scene
from xinghai.corpus import services
from xinghai.corpus.models import FreshPosting
from xinghai.submissions import indexing
from xinghai.submissions.process import process_named
from xinghai.suggestions.models import Suggestion

BATCHES = (1, 10, 50, 200)
EACH = 200
CONSTRAINT = """
    ALTER TABLE corpus_postinglist ADD CONSTRAINT bench_segment
    FOREIGN KEY (segment_id) REFERENCES corpus_segment (number) DEFERRABLE INITIALLY DEFERRED
"""


def run() -> None:
    """Index the same number of records in batches of several sizes; fold with and without."""
    scene = make_scene()
    multiply(scene.suggestion, EACH * (len(BATCHES) + 1), states=["with_office"])
    rows = list(Suggestion.objects.exclude(number="").order_by("pk"))
    for number, one in enumerate(rows):
        one.answers["main_content"] = f"{number} {uuid4().hex} " + one.answers["main_content"]
    Suggestion.objects.bulk_update(rows, ["answers"])
    pks, process = [one.pk for one in rows], process_named("suggestion")
    indexing.keep_in_index(process, *pks[:EACH])  # compiled loops are loaded
    print("\n| records in one transaction | worker CPU ms a record | database CPU ms a record |")
    print("|---|--:|--:|")
    for place, size in enumerate(BATCHES, start=1):
        some = pks[place * EACH : (place + 1) * EACH]
        parts = [some[begin : begin + size] for begin in range(0, EACH, size)]
        here, there = _spent(lambda parts=parts: _keep(process, parts))  # type: ignore[misc]
        print(f"| {size} | {here / EACH:.1f} | {there / EACH:.1f} |")
    print(f"\n{FreshPosting.objects.count():,} fresh postings\n")
    print("| folding them | worker CPU ms | database CPU ms |")
    print("|---|--:|--:|")
    for name, statement in (
        ("every list refers to its segment by a constraint", CONSTRAINT),
        ("without", ""),
    ):
        _undone(name, statement)


def _keep(process: object, parts: list[list[int]]) -> None:
    for some in parts:
        indexing.keep_in_index(process, *some)  # type: ignore[arg-type]


def _undone(name: str, statement: str) -> None:
    """Fold in a transaction that is rolled back, so that the next folds the same."""
    connection.set_autocommit(False)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            if statement:
                cursor.execute(statement)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.in_atomic_block = True
        here, there = _spent(lambda: services.fold(enough=1))
    finally:
        connection.in_atomic_block = False
        connection.rollback()
        connection.set_autocommit(True)
    print(f"| {name} | {here:.0f} | {there:.0f} |")


def _spent(act: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds of processor time here and of the connection's own process."""
    pid = backend_pid()
    there, here = seconds_of(pid), time.process_time()
    act()
    return (time.process_time() - here) * 1000, (seconds_of(pid) - there) * 1000
