"""`./xinghai bench renewals`: an earlier project asked for by the title of the one that follows it.

A line of work is what the file says belongs together, for instance the projects of one person at
one unit. Many of a line share no word: nobody finds those, and all methods are asked the same.
"""

import json
import logging
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.corpus.filling import EVERYBODY, fill, invented
from bench.similarity import synonyms
from bench.similarity.retrieval import Numbers, Told, bm25_over_pairs
from xinghai.corpus.rebuilding import rebuild
from xinghai.corpus.selectors import Hit, similar
from xinghai.duplicates.nearness import Nearness, nearness_of

QUESTIONS, MOST = 4_000, 10
# What hints and panels left out before they showed the best few with a sign of how near they are.
HINTS_BEFORE, PANELS_BEFORE = 0.4, 0.25
STAGES = ("关键技术研究", "示范应用", "产业化", "中试", "二期", "装备研制", "集成与验证")


@dataclass(frozen=True)
class Project:
    title: str
    year: int
    line: str


def run(*, file: str, count: int) -> None:
    """Print how often an earlier project of the line is among the first, and what the signs say."""
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    projects = read_projects(file) if file else list(invent_projects(count))
    fill((project.title, "") for project in projects)
    rebuild()
    titles, wanted = [project.title for project in projects], questions_of(projects)
    told = f"{len(projects):,} titles of {Path(file).name}" if file else "invented titles"
    print(f"\n{told}, {len(wanted):,} that follow another of their line asked\n")
    print("| method | R@1 | R@5 | R@10 | MRR | p50 ms | p95 ms |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, judged in _judged(_methods(titles), wanted).items():
        print(f"| {name} | {judged} |", flush=True)
    _print_signs(titles, wanted)


def read_projects(path: str) -> list[Project]:
    """Return the projects of a file: a JSON object a line with title, year and line."""
    rows = [json.loads(line) for line in Path(path).read_text().splitlines() if line.strip()]
    return [Project(row["title"], int(row["year"]), str(row["line"])) for row in rows]


def invent_projects(count: int) -> Iterator[Project]:
    """Yield invented titles; every fourth is continued a year later in other words."""
    chance = random.Random(13)
    for number, (title, _body) in enumerate(invented(count)):
        yield Project(title, 2020, f"line {number}")
        if number % 4 == 0:
            yield Project(_continued(title, chance), 2021, f"line {number}")


def _continued(title: str, chance: random.Random) -> str:
    """Keep about half of a title, say some words otherwise, name the stage."""
    pairs = synonyms.pairs()
    pieces = [title[place : place + 2] for place in range(0, len(title), 2)]
    kept = [pairs.get(piece, piece) for piece in pieces if chance.random() < 0.5]
    return "".join([*(kept or pieces[:1]), chance.choice(STAGES)])


def questions_of(projects: Sequence[Project]) -> dict[int, set[int]]:
    """Return some of those that follow an earlier one, and for each the others of its line."""
    lines: dict[str, list[int]] = defaultdict(list)
    for number, project in enumerate(projects):
        lines[project.line].append(number)
    following = [
        number
        for number, project in enumerate(projects)
        if any(projects[other].year < project.year for other in lines[project.line])
    ]
    chosen = random.Random(3).sample(following, min(QUESTIONS, len(following)))
    return {number: set(lines[projects[number].line]) - {number} for number in chosen}


def _methods(titles: Sequence[str]) -> dict[str, Callable[[int], Numbers]]:
    """Return what is asked by the number of a title; the title itself is never an answer."""
    peer = bm25_over_pairs(titles)

    def with_peer(number: int) -> Numbers:
        found = peer(titles[number])
        return found[found != number][:MOST]

    def ours(least: float) -> Callable[[int], Numbers]:
        return lambda number: np.array(
            [int(hit.key) - 1 for hit in _asked(titles[number], number, least=least)], np.int64
        )

    return {
        "xinghai": ours(0.0),
        f"xinghai, at least {PANELS_BEFORE} met, as panels were": ours(PANELS_BEFORE),
        f"xinghai, at least {HINTS_BEFORE} met, as hints were": ours(HINTS_BEFORE),
        "BM25 over characters and pairs (bm25s)": with_peer,
    }


def _asked(title: str, number: int, *, least: float = 0.0) -> list[Hit]:
    itself = ("record", str(number + 1))
    return similar(title, audiences=[EVERYBODY], limit=MOST, except_for=itself, least=least)


def _judged(
    methods: Mapping[str, Callable[[int], Numbers]], wanted: Mapping[int, set[int]]
) -> dict[str, Told]:
    """Ask every method every question, taking turns, so that a busy machine slows all alike."""
    found = {name: Told() for name in methods}
    for number, others in wanted.items():
        for name, ask in methods.items():
            begun = time.perf_counter()
            order = ask(number)
            found[name].note(order, others, time.perf_counter() - begun)
    return found


def _print_signs(titles: Sequence[str], wanted: Mapping[int, set[int]]) -> None:
    """Print what a sign beside one of the first five is worth: the share of the same line."""
    shown: Counter[Nearness] = Counter()
    right: Counter[Nearness] = Counter()
    for number, others in wanted.items():
        for hit in _asked(titles[number], number)[:5]:
            sign = nearness_of(hit)
            shown[sign] += 1
            right[sign] += int(hit.key) - 1 in others
    print("\n| sign beside one of the first five | shown | of the same line |")
    print("|---|--:|--:|")
    for sign in Nearness:
        share = right[sign] / max(shown[sign], 1)
        print(f"| {sign.name.lower()} | {shown[sign]:,} | {share:.3f} |")
