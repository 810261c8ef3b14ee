"""`./xinghai bench retrieval`: an abstract asked for by its title, half of it, or its keywords."""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

import bm25s
import numpy as np
from numpy.typing import NDArray

from bench.similarity.records import Labelled, read_records
from xinghai.similarity.encoding import Encoder
from xinghai.similarity.ranking import Ranking, best_of, fuse
from xinghai.similarity.terms import bags_of
from xinghai.similarity.vectors import as_units

DEEP = 200
Numbers = NDArray[np.int64]
Method = Callable[[str], Numbers]


def run(*, file: str, count: int, encoder: Encoder | None) -> None:
    """Print a table per question for the whole, then R@1 for a half and a quarter of it."""
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    records = read_records(file, count)
    for name, questions in _questions(records).items():
        print(f"\n{name} -> abstract, {len(records):,} records\n")
        print("| method | R@1 | R@5 | R@10 | MRR | p50 ms | p95 ms |")
        print("|---|--:|--:|--:|--:|--:|--:|")
        for method, told in judge(records, questions, encoder).items():
            print(f"| {method} | {told} |", flush=True)
    _grow(records, encoder)


def _questions(records: Sequence[Labelled]) -> dict[str, list[str]]:
    return {
        "title": [one.title for one in records],
        "half a title": [one.title[: len(one.title) // 2] for one in records],
        "keywords": [one.keywords for one in records],
    }


def judge(
    records: Sequence[Labelled], questions: Sequence[str], encoder: Encoder | None
) -> dict[str, "Told"]:
    """Ask every method every question, taking turns, so that a busy machine slows all alike."""
    methods = _methods([one.abstract for one in records], encoder)
    found = {name: Told() for name in methods}
    for name in methods:
        methods[name](questions[0])
    for number, question in enumerate(questions):
        for name, ask in methods.items():
            begun = time.perf_counter()
            order = ask(question)
            found[name].note(order, [number], time.perf_counter() - begun)
    return found


class Told:
    """Where the first of those wanted came, each time, and how long each answer took."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self.spent: list[float] = []

    def note(self, order: Numbers, wanted: Collection[int], spent: float) -> None:
        places = np.flatnonzero(np.isin(order, list(wanted)))
        self.places.append(int(places[0]) + 1 if len(places) else 0)
        self.spent.append(spent * 1000)

    def within(self, most: int) -> float:
        return sum(0 < place <= most for place in self.places) / len(self.places)

    def __str__(self) -> str:
        mrr = sum(1 / place for place in self.places if place) / len(self.places)
        shares = [self.within(1), self.within(5), self.within(10), mrr]
        times = np.percentile(self.spent, [50, 95])
        return " | ".join([*(f"{one:.4f}" for one in shares), *(f"{one:.2f}" for one in times)])


def _methods(texts: Sequence[str], encoder: Encoder | None) -> dict[str, Method]:
    ranking = Ranking([bags_of(texts)])
    methods: dict[str, Method] = {
        "xinghai": lambda question: ranking.best(question, DEEP)[0],
        "BM25 over characters and pairs (bm25s)": bm25_over_pairs(texts),
    }
    if encoder:
        vectors = as_units(encoder.encode(texts))

        def near(question: str) -> Numbers:
            return best_of(vectors @ as_units(encoder.encode([question]))[0], DEEP)[0]

        methods["encoder alone"] = near
        methods["xinghai with encoder"] = lambda question: fuse(
            [ranking.best(question, DEEP)[0], near(question)], DEEP
        )[0]
    return methods


def bm25_over_pairs(texts: Sequence[str]) -> Method:
    model = bm25s.BM25(method="lucene")
    model.index([_tokens(text) for text in texts], show_progress=False)

    def ask(question: str) -> Numbers:
        known = [one for one in _tokens(question) if one in model.vocab_dict]
        if not known:
            return np.empty(0, np.int64)
        return best_of(model.get_scores(known), DEEP)[0]

    return ask


def _tokens(text: str) -> list[str]:
    characters = [one for one in text.lower() if one.isalnum()]
    return characters + [one + other for one, other in pairwise(characters)]


def _grow(records: Sequence[Labelled], encoder: Encoder | None) -> None:
    print("\nR@1 as the corpus grows\n\n| records | method | title | half a title | keywords |")
    print("|--:|---|--:|--:|--:|")
    for count in (len(records) // 4, len(records) // 2, len(records)):
        part = records[:count]
        told = [judge(part, asked, encoder) for asked in _questions(part).values()]
        for method in told[0]:
            shares = " | ".join(f"{one[method].within(1):.4f}" for one in told)
            print(f"| {count:,} | {method} | {shares} |", flush=True)
