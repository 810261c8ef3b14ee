"""`./xinghai bench rewordings`: passages said again in other words, at several depths.

Each passage is rewritten until no run of more than so many characters stays; it is planted into
another document of the same field. Documents of one field that took nothing from one another tell
how often either comparison is wrong.
"""

import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.similarity import synonyms
from bench.similarity.writing import words, write
from xinghai.similarity.aligning import align
from xinghai.similarity.normalising import normalise
from xinghai.similarity.rewording import Span, reworded

DEPTHS = (12, 10, 8, 6, 5, 4)
PAIRS, TOGETHER, PASSAGE = 300, 5, 250
Found = list[Span]
# A full stop as some abstracts write it; between two figures it is a decimal point.
FULL_STOP = re.compile(r"\.(?!\d)")


@dataclass(frozen=True)
class Case:
    """A document, another of its field, and the rewritten passage in the first, if any."""

    here: str
    there: str
    planted: Span | None


def run(*, file: str) -> None:
    """Print per depth how much is found by either comparison, then what unrelated pairs give."""
    fields = _of_file(file) if file else _invented()
    chance = random.Random(17)
    methods: dict[str, Callable[[str, str], Found]] = {
        "same runs": _by_runs,
        "said again": lambda here, there: [one.here for one in reworded(here, there).stretches],
    }
    print("\n| rewritten | passages |", end="")
    print("".join(f" {name}: found | characters covered |" for name in methods))
    print("|---|--:|" + "--:|--:|" * len(methods))
    for depth in DEPTHS:
        cases = [_planted(fields, depth, chance) for _number in range(PAIRS)]
        told = "".join(_told(method, cases) for method in methods.values())
        print(f"| no run over {depth} | {PAIRS} |{told}", flush=True)
    cases = [_unrelated(fields, chance) for _number in range(10 * PAIRS)]
    size = sum(len(case.here) for case in cases) / len(cases)
    print(f"\n{len(cases):,} unrelated pairs of one field, {size:,.0f} characters each\n")
    print("| comparison | pairs with a finding | ms a pair |\n|---|--:|--:|")
    for name, method in methods.items():
        begun = time.process_time()
        wrong = sum(bool(method(case.here, case.there)) for case in cases)
        spent = (time.process_time() - begun) * 1000 / len(cases)
        print(f"| {name} | {wrong / len(cases):.4f} | {spent:.1f} |", flush=True)


def _by_runs(here: str, there: str) -> Found:
    one, other = normalise(here), normalise(there)
    return [one.original(*passage.here) for passage in align(one.codes, other.codes)]


def _told(method: Callable[[str, str], Found], cases: Sequence[Case]) -> str:
    """A passage is found when half of its characters are covered."""
    found = covered = whole = 0
    for case in cases:
        first, last = case.planted or (0, 0)
        spans = method(case.here, case.there)
        said = {place for span in spans for place in range(*span)} & set(range(first, last))
        found += 2 * len(said) >= last - first
        covered += len(said)
        whole += last - first
    return f" {found / len(cases):.3f} | {covered / whole:.3f} |"


def _of_file(path: str) -> list[list[str]]:
    """Return for each field its documents: several abstracts of one label each."""
    abstracts: dict[str, list[str]] = defaultdict(list)
    for line in Path(path).read_text().splitlines():
        row = json.loads(line)
        abstracts[str(row["label"])].append(FULL_STOP.sub("。", row["abstract"]))
    fields = [list(_joined(some)) for some in abstracts.values()]
    return [field for field in fields if len(field) > 1]


def _joined(texts: Sequence[str]) -> Iterator[str]:
    for first in range(0, len(texts) - TOGETHER + 1, TOGETHER):
        yield "\n".join(texts[first : first + TOGETHER])


def _invented() -> list[list[str]]:
    """Halves of one invented text share its topic's words and no sentence."""
    whole = (write(94_000_000 + number, 2_000) for number in range(200))
    return [[text[:1000], text[1000:]] for text in whole]


def _unrelated(fields: Sequence[Sequence[str]], chance: random.Random) -> Case:
    here, there = chance.sample(chance.choice(fields), 2)
    return Case(here, there, None)


def _planted(fields: Sequence[Sequence[str]], depth: int, chance: random.Random) -> Case:
    """Rewrite a passage of one and put it between two sentences of the other."""
    host, source = chance.sample(chance.choice(fields), 2)
    start = chance.randrange(max(len(source) - PASSAGE, 1))
    passage = rewrite(source[start : start + PASSAGE], depth, chance)
    at = host.find("。", len(host) // 3) + 1
    here = f"{host[:at]}{passage}。{host[at:]}"
    return Case(here, source, (at, at + len(passage)))


def rewrite(text: str, most: int, chance: random.Random) -> str:
    """Say a text otherwise until no run of more than `most` letters of it stays."""
    pairs, vocabulary = synonyms.pairs(), words()
    said: list[str] = []
    place, run = 0, 0
    limit = chance.randint(max(most - 3, 2), most)
    while place < len(text):
        pair = text[place : place + 2]
        if run < limit and not (pair in pairs and chance.random() < 0.5):
            said.append(text[place])
            run += text[place].isalnum()
            place += 1
            continue
        roll = chance.random()
        if pair in pairs:
            said.append(pairs[pair])
        elif roll < 0.5 and len(pair) == 2:
            said.append(chance.choice(vocabulary)[:2])
        elif roll < 0.75:
            said.append(chance.choice(vocabulary)[:2] + pair[:1])
            place -= 1
        elif len(pair) == 2:
            said.append(pair[::-1])
        place += 2
        run, limit = 0, chance.randint(max(most - 3, 2), most)
    return "".join(_clauses_moved("".join(said), chance))


def _clauses_moved(text: str, chance: random.Random) -> Iterator[str]:
    """Let the clauses of a third of the sentences change places."""
    for sentence in text.split("。"):
        clauses = sentence.split("，")
        if chance.random() < 1 / 3:
            chance.shuffle(clauses)
        yield "，".join(clauses) + "。"
