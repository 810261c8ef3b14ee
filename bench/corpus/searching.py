"""`./xinghai bench search`: how good and how quick search is, beside PostgreSQL's own ranking."""

import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import connection

from bench.corpus.filling import EVERYBODY, Record, fill, invented
from bench.measuring import Statements
from xinghai.corpus import selectors
from xinghai.corpus.rebuilding import rebuild

QUESTIONS = 200
Ask = Callable[[str], list[str]]


def run(*, records: int, file: str) -> None:
    """Print quality on a file of labelled records, if one is given, and times at a size."""
    if file:
        _quality(Path(file))
    _speed(records)


def _quality(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    fill(("", row["abstract"]) for row in rows)
    rebuild()
    native = make_native()
    print(f"\n{len(rows):,} abstracts of {path.name}, each asked for by its title")
    print("\n| method | R@1 | R@5 | R@10 | MRR | p50 ms | p95 ms |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    truth = [(row["title"], str(number)) for number, row in enumerate(rows, 1)]
    for name, ask in {"xinghai": ours, **native}.items():
        _print_quality(name, ask, truth)


def _print_quality(name: str, ask: Ask, truth: Sequence[tuple[str, str]]) -> None:
    places, spent = [], []
    for question, wanted in truth:
        begun = time.perf_counter()
        found = ask(question)
        spent.append(time.perf_counter() - begun)
        places.append(found.index(wanted) + 1 if wanted in found else 0)
    shares = [sum(0 < place <= most for place in places) / len(places) for most in (1, 5, 10)]
    mrr = sum(1 / place for place in places if place) / len(places)
    told = " | ".join(f"{share:.4f}" for share in (*shares, mrr))
    print(f"| {name} | {told} | {at_share(spent, 0.5)} | {at_share(spent, 0.95)} |", flush=True)


def ours(question: str) -> list[str]:
    hits = selectors.similar(question, audiences=[EVERYBODY], limit=10, least=0.0)
    return [hit.key for hit in hits]


def make_native() -> dict[str, Ask]:
    """PostgreSQL's own ranking over the same pairs of characters, as a tsvector under GIN."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS native")
        cursor.execute(
            "CREATE TEMPORARY TABLE native AS SELECT key,"
            " (SELECT to_tsvector('simple', coalesce(string_agg(substr(said, at, 2), ' '), ''))"
            "  FROM generate_series(1, length(said) - 1) at) AS terms"
            " FROM corpus_document, regexp_replace(title || body, '\\W', '', 'g') said"
        )
        cursor.execute("CREATE INDEX ON native USING gin (terms)")
        cursor.execute("ANALYZE native")
    return {"ts_rank": _native("ts_rank"), "ts_rank_cd": _native("ts_rank_cd")}


def _native(function: str) -> Ask:
    def ask(question: str) -> list[str]:
        pairs = {question[at : at + 2] for at in range(len(question) - 1)}
        words = " | ".join(f"'{pair}'" for pair in sorted(pairs) if pair.isalnum())
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT key FROM native, to_tsquery('simple', %s) q WHERE terms @@ q"
                f" ORDER BY {function}(terms, q, 1) DESC LIMIT 10",
                [words],
            )
            return [key for (key,) in cursor.fetchall()]

    return ask


def _speed(records: int) -> None:
    begun = time.perf_counter()
    count = fill(invented(records))
    filled = time.perf_counter()
    documents, postings = rebuild()
    built = time.perf_counter()
    print(f"\n{count:,} invented records written in {filled - begun:.0f} s;", end=" ")
    print(
        f"{postings:,} postings of {documents:,} documents made in {built - filled:.0f} s;", end=" "
    )
    print(
        f"lists {megabytes('corpus_postinglist'):,} MB, texts {megabytes('corpus_document'):,} MB"
    )
    print("\n| asked | SQL | p50 ms | p95 ms | most ms |")
    print("|---|--:|--:|--:|--:|")
    for name, (ask, questions) in _kinds(records).items():
        _print_speed(name, ask, questions)


def _kinds(records: int) -> dict[str, tuple[Callable[[str], object], list[str]]]:
    chance = random.Random(3)
    drawn: list[Record] = [
        one for number, one in enumerate(invented(min(records, 40_000))) if number % 50 == 0
    ]
    titles = [title for title, _body in drawn][: QUESTIONS * 2]
    seen = [EVERYBODY]

    def typed(least: int, most: int) -> list[str]:
        return [title[: chance.randint(least, most)] for title in titles[:QUESTIONS]]

    def all_of(question: str) -> object:
        return selectors.search(question, audiences=seen)

    def of_a_year(question: str) -> object:
        return selectors.search(question, audiences=seen, facets=["year:2019"])

    def typing(question: str) -> object:
        return selectors.search(question, audiences=seen, limit=8)

    def like(question: str) -> object:
        return selectors.similar(question, audiences=seen)

    return {
        "one or two characters": (all_of, typed(1, 2)),
        "a word or two": (all_of, typed(3, 8)),
        "a word or two, one year": (of_a_year, typed(3, 8)),
        "while typing, eight titles": (typing, typed(2, 12)),
        "a whole title": (all_of, titles[:QUESTIONS]),
        "similar to a title": (like, titles[:QUESTIONS]),
        "similar to a whole record": (like, [f"{a}\n{b}" for a, b in drawn[:QUESTIONS]]),
    }


def _print_speed(name: str, ask: Callable[[str], object], questions: list[str]) -> None:
    for question in questions[-20:]:
        ask(question)
    counted = Statements()
    with counted.listening():
        ask(questions[0])
    spent = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        spent.append(time.perf_counter() - begun)
    told = f"{at_share(spent, 0.5)} | {at_share(spent, 0.95)} | {at_share(spent, 1.0)}"
    print(f"| {name} | {len(counted.texts)} | {told} |", flush=True)


def at_share(spent: list[float], share: float) -> str:
    return f"{1000 * sorted(spent)[min(int(len(spent) * share), len(spent) - 1)]:.1f}"


def megabytes(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s::regclass) / 1048576", [table])
        return int(cursor.fetchone()[0])
