"""Labelled records to judge by: JSON lines a reader gives, or invented ones of as many subjects."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

from bench.similarity.writing import words

SUBJECTS, SUBJECT_WORDS, COMMON_WORDS = 24, 90, 500
TITLE, KEYWORDS, SENTENCES, SENTENCE = 5, 4, 8, 12


@dataclass(frozen=True)
class Labelled:
    title: str
    abstract: str
    keywords: str
    label: str


def read_records(path: str, count: int) -> list[Labelled]:
    """Return the records of a file, or so many invented ones; a bad line ends it by its number."""
    if not path:
        print(f"\n{count:,} invented records of {SUBJECTS} subjects")
        return invent_records(count)
    found = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            found.append(_record(line, f"{path}, line {number}"))
    if len(found) < 10:
        raise SystemExit(f"{path}: {len(found)} records are too few to judge by")
    size = sum(len(one.abstract) for one in found) / len(found)
    print(f"\n{len(found):,} records of {Path(path).name}, abstracts of {size:,.0f} characters")
    return found


def _record(line: str, where: str) -> Labelled:
    try:
        row = json.loads(line)
        told = row["keywords"]
        keywords = "；".join(told) if isinstance(told, list) else told
        texts = [row["title"], row["abstract"], keywords, str(row["label"])]
    except (ValueError, KeyError, TypeError) as problem:
        raise SystemExit(f"{where}: {type(problem).__name__} {problem}") from None
    if not all(isinstance(text, str) for text in texts):
        raise SystemExit(f"{where}: title, abstract and keywords are to be text")
    return Labelled(*texts)


def invent_records(count: int) -> list[Labelled]:
    """Write records in the words of a subject, of its neighbour and of everybody."""
    chance = random.Random(11)
    every = words()
    common = every[:COMMON_WORDS]
    subjects = [
        every[COMMON_WORDS + SUBJECT_WORDS * n : COMMON_WORDS + SUBJECT_WORDS * (n + 1)]
        for n in range(SUBJECTS)
    ]
    return [_invented(chance, number % SUBJECTS, subjects, common) for number in range(count)]


def _invented(
    chance: random.Random, number: int, subjects: list[list[str]], common: list[str]
) -> Labelled:
    near = subjects[(number + 1) % SUBJECTS]

    def word() -> str:
        of = chance.choices((subjects[number], near, common), (0.25, 0.1, 0.65))[0]
        return of[int(len(of) * chance.random() ** 2)]

    lines = [[word() for _ in range(SENTENCE)] for _ in range(SENTENCES)]
    said = [one for line in lines for one in line]
    title = chance.sample(said, TITLE)
    return Labelled(
        "".join(title),
        "。".join("".join(line) for line in lines),
        "；".join(chance.sample(said, KEYWORDS)),
        f"subject {number}",
    )
