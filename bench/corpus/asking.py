"""`./xinghai bench copies`: one document against the living index, and what adding one costs."""

import random
import time

from django.db import connection

from bench.corpus.filling import EVERYBODY, fill
from bench.corpus.searching import at_share, megabytes
from bench.measuring import Statements, backend_pid, seconds_of
from bench.similarity.planting import make_library
from xinghai.corpus import selectors, services
from xinghai.corpus.models import Document
from xinghai.corpus.rebuilding import rebuild
from xinghai.corpus.services import Text

QUESTIONS, ADDED = 300, 40


def run(*, documents: int) -> None:
    """Fill the index with invented documents and planted copies, then ask for some of each."""
    library = make_library(documents)
    begun = time.perf_counter()
    fill(("", text) for text in library.texts)
    filled = time.perf_counter()
    count, postings = rebuild()
    built = time.perf_counter()
    size = sum(map(len, library.texts)) / count
    print(
        f"\n{count:,} documents of {size:,.0f} characters written in {filled - begun:.0f} s;",
        end=" ",
    )
    print(f"{postings:,} postings made in {built - filled:.0f} s;", end=" ")
    print(
        f"lists {megabytes('corpus_postinglist'):,} MB, texts {megabytes('corpus_document'):,} MB"
    )
    print("\n| asked | SQL | p50 ms | p95 ms | most ms | CPU ms p95 | database CPU ms | found |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    chance = random.Random(5)
    suspects = {one.suspect: str(one.source + 1) for one in library.planted}
    chosen = chance.sample(sorted(suspects), min(QUESTIONS, len(suspects)))
    plain = chance.sample([n for n in range(documents) if n not in suspects], QUESTIONS)
    _ask("a planted copy", library.texts, chosen, suspects)
    _ask("any document", library.texts, plain, {})
    _add(library.texts)


def _ask(name: str, texts: list[str], numbers: list[int], truth: dict[int, str]) -> None:
    for number in numbers[:10]:
        selectors.copies(texts[number], audiences=[EVERYBODY])
    counted = Statements()
    spent, worked, right = [], [], 0
    pid = backend_pid()
    database = seconds_of(pid)
    for number in numbers:
        begun, used = time.perf_counter(), time.process_time()
        itself = ("record", str(number + 1))
        with counted.listening():
            found = selectors.copies(texts[number], audiences=[EVERYBODY], except_for=itself)
        spent.append(time.perf_counter() - begun)
        worked.append(time.process_time() - used)
        right += truth.get(number) in {one.key for one in found}
    told = f"{right / len(numbers):.3f}" if truth else "–"
    times = " | ".join(at_share(spent, share) for share in (0.5, 0.95, 1.0))
    mean = (seconds_of(pid) - database) * 1000 / len(numbers)
    asked = f"{len(counted.texts) / len(numbers):.0f}"
    print(f"| {name} | {asked} | {times} | {at_share(worked, 0.95)} | {mean:.1f} | {told} |")


def _add(texts: list[str]) -> None:
    """Put new documents, replace them, remove them; fold what is fresh."""
    fresh = [Text("new", str(n), "新", texts[n][::-1], [EVERYBODY]) for n in range(ADDED)]
    print("\n| done | documents | p50 ms | p95 ms |\n|---|--:|--:|--:|")
    for name, act in (
        ("put", services.put),
        ("replaced", services.put),
        ("removed", lambda one: services.remove(kind=one.kind, key=one.key)),
    ):
        spent = []
        for one in fresh:
            begun = time.perf_counter()
            act(one)
            spent.append(time.perf_counter() - begun)
        print(f"| {name} | {ADDED} | {at_share(spent, 0.5)} | {at_share(spent, 0.95)} |")
    begun = time.perf_counter()
    folded = services.fold(enough=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM corpus_freshposting")
        left = cursor.fetchone()[0]
    print(
        f"\n{folded.postings:,} fresh postings folded in {time.perf_counter() - begun:.1f} s,",
        end=" ",
    )
    print(f"{left} left; {Document.objects.count():,} documents stand")
