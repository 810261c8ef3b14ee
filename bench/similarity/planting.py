"""Copies planted in documents, and what looks like copies and is none.

Not copies are: passages everybody carries and no list knows, a form's text, a unit's account of
itself, a writer's own earlier version.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from opencc import OpenCC

from bench.similarity import synonyms
from bench.similarity.writing import words, write

KINDS = (
    "verbatim",
    "edited 10 %",
    "edited 30 %",
    "edited 50 %",
    "shuffled",
    "partial 20 %",
    "passage 60",
    "passage 100",
    "passage 250",
    "passage 500, edited 30 %",
    "traditional",
    "synonyms",
    "disguised",
)
OWN = "own earlier version"
BOILERPLATE, FORM, UNIT = "boilerplate", "text of the form", "unit on itself"
A_UNIT = 100
SINGLE = {"和": "与", "与": "及", "在": "于", "将": "把", "由": "经", "其": "该", "以": "用"}
# Looks the same, is another character.
LOOKALIKES = str.maketrans(
    "一二人入八力口土大女子小山工水火車马风长门", "⼀⼆⼈⼊⼋⼒⼝⼟⼤⼥⼦⼩⼭⼯⽔⽕⾞⻢⻛⻓⻔"
)
TRICKS = ("\u200b", "\ufeff", " ", "\u3000", "，", "\u00ad", "\x07", "\ue000", "·", "\n")


@dataclass(frozen=True)
class Planted:
    """A copy: where it stands, where it was taken from; spans in characters of the texts."""

    kind: str
    suspect: int
    source: int
    here: tuple[int, int]
    there: tuple[int, int]


@dataclass
class Library:
    """Documents with unit and writer, the forms' texts; what was planted, what is no copy."""

    texts: list[str] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    writers: list[int] = field(default_factory=list)
    stock: list[str] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    own: list[Planted] = field(default_factory=list)
    customs: dict[int, list[tuple[str, int, int]]] = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, object]:
        return {
            "units": np.array(self.units),
            "writers": np.array(self.writers),
            "stock": self.stock,
        }


def make_library(
    count: int,
    *,
    length: int = 4600,
    share: float = 0.02,
    seed: int = 1,
    bodies: Sequence[str] = (),
) -> Library:
    """Return `count` documents; every kind of copy is planted in `share` of them in all.

    A third of the documents carry two of twelve boilerplate passages of 80 to 300 characters, a
    third a text of the form, half of a unit's hundred its account of itself. Of `bodies`, where
    real texts are given, each is used once.
    """
    chance = random.Random(seed)
    boilerplate = [write(90_000_000 + n, chance.randint(80, 300)) for n in range(12)]
    library = Library(stock=[write(91_000_000 + n, 100 + 60 * n) for n in range(4)])
    suspects = max(len(KINDS) + 1, int(count * share))
    units = max(count // A_UNIT, 8)
    for number in range(count - suspects):
        size = max(int(chance.gauss(length, length / 6)), 300)
        unit = chance.randrange(units)
        passages = [
            *((BOILERPLATE, one) for one in chance.sample(boilerplate, 2) if number % 3 == 0),
            *((FORM, one) for one in [chance.choice(library.stock)] if number % 3 == 1),
            *((UNIT, write(92_000_000 + unit, 250)) for _one in [1] if chance.random() < 0.5),
        ]
        body = bodies[number] if bodies else write(seed * 1_000_000 + number, size)
        text, library.customs[number] = _with(body, passages, chance)
        _add(library, text, unit, number)
    sources = chance.sample(range(count - suspects), suspects)
    for number, source in enumerate(sources):
        kind = (*KINDS, OWN)[number % (len(KINDS) + 1)]
        host = bodies[-1 - number] if bodies else write(50_000_000 + len(library.texts), length)
        _plant(library, kind, source, chance, host)
    return library


def read_bodies(path: str, *, together: int = 5) -> list[str]:
    """Read real texts (JSON lines with an abstract), so many of them to a document."""
    rows = [json.loads(line) for line in Path(path).read_text().splitlines()]
    texts = [row["abstract"].replace(".", "。") for row in rows]
    firsts = range(0, len(texts), together)
    return ["\n".join(texts[first : first + together]) + "。" for first in firsts]


def _add(library: Library, text: str, unit: int, writer: int) -> None:
    library.texts.append(text)
    library.units.append(unit)
    library.writers.append(writer)


def _with(
    text: str, passages: list[tuple[str, str]], chance: random.Random
) -> tuple[str, list[tuple[str, int, int]]]:
    """Put passages between sentences, the last first, and tell where they came to stand."""
    spots = sorted(text.find("。", chance.randrange(len(text) // 2)) + 1 for _one in passages)
    spans, pieces, at, size = [], [], 0, 0
    for spot, (kind, passage) in zip(spots, passages, strict=True):
        pieces += [text[at:spot], passage]
        size += spot - at
        spans.append((kind, size, size + len(passage)))
        size += len(passage)
        at = spot
    return "".join([*pieces, text[at:]]), spans


def _plant(library: Library, kind: str, source: int, chance: random.Random, host: str) -> None:
    original, suspect = library.texts[source], len(library.texts)
    start, size = 0, len(original)
    if kind.startswith(("passage", "partial")):
        size = size // 5 if kind.startswith("partial") else int(re.findall(r"\d+", kind)[0])
        start = _start(len(original), size, library.customs[source], chance)
    else:
        host = ""
    if kind == "synonyms":
        copied = "".join(_reworded(original, library.customs[source], chance))
    else:
        copied = _changed(kind, original[start : start + size], chance)
    at = host.find("。", len(host) // 3) + 1 if host else 0
    span = (at, at + len(copied))
    planted = Planted(kind, suspect, source, span, (start, start + size))
    (library.own if kind == OWN else library.planted).append(planted)
    unit = chance.choice(library.units)
    writer = library.writers[source] if kind == OWN else suspect
    _add(library, host[:at] + copied + host[at:], unit, writer)


def _start(
    whole: int, size: int, customs: list[tuple[str, int, int]], chance: random.Random
) -> int:
    """Choose a passage of the writer's own: who copies boilerplate copies nobody."""
    for _try in range(50):
        start = chance.randrange(whole - size)
        if all(start + size <= first or last <= start for _k, first, last in customs):
            break
    return start


def _changed(kind: str, text: str, chance: random.Random) -> str:
    if kind == "shuffled":
        sentences = text.split("。")[:-1]
        chance.shuffle(sentences)
        return "。".join(sentences) + "。"
    if kind == "traditional":
        return _traditional().convert(text)
    if kind == "disguised":
        return "".join(_disguised(text, chance))
    if kind == OWN:
        return _edited(text, 0.3, chance)
    if "edited" in kind:
        return _edited(text, int(re.findall(r"(\d+) %", kind)[0]) / 100, chance)
    return text


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


def _reworded(
    text: str, customs: list[tuple[str, int, int]], chance: random.Random
) -> Iterator[str]:
    """Say otherwise what is another's, and leave what everybody writes."""
    at = 0
    for _kind, first, last in customs:
        yield from _said_otherwise(text[at:first], chance)
        yield text[first:last]
        at = last
    yield from _said_otherwise(text[at:], chance)


def _said_otherwise(text: str, chance: random.Random) -> Iterator[str]:
    """Replace every word that has a synonym, and half of the small words."""
    pairs = synonyms.pairs()
    at = 0
    while at < len(text):
        word = text[at : at + 2]
        if word in pairs:
            yield pairs[word]
            at += 2
        else:
            yield SINGLE.get(text[at], text[at]) if chance.random() < 0.5 else text[at]
            at += 1


def _disguised(text: str, chance: random.Random) -> Iterator[str]:
    """Put in what nobody sees, other marks, wide letters and other forms of characters."""
    for character in text:
        roll = chance.random()
        if character == "。" and roll < 0.6:
            yield chance.choice("；，！.;\n")
        elif roll < 0.1:
            yield _traditional().convert(character)
        elif roll < 0.5:
            yield character.translate(LOOKALIKES)
        else:
            yield character
        if roll > 0.8:
            yield chance.choice(TRICKS)


def _edited(text: str, share: float, chance: random.Random) -> str:
    """Replace, drop or double two-character words until `share` of the text has changed."""
    pieces = [text[place : place + 2] for place in range(0, len(text), 2)]
    vocabulary = words()
    for place, piece in enumerate(pieces):
        if chance.random() < share and "。" not in piece:
            roll = chance.random()
            pieces[place] = "" if roll < 0.1 else chance.choice(vocabulary)[:2]
            if roll > 0.9:
                pieces[place] += piece
    return "".join(pieces)


def stream(count: int, *, length: int = 4600) -> Iterator[str]:
    """Write documents one at a time; every fiftieth holds 250 characters of an earlier one."""
    boilerplate = [write(90_000_000 + n, 200) for n in range(12)]
    for number in range(count):
        text = write(3_000_000 + number, length)
        if number % 3 == 0:
            text = text[:1000] + boilerplate[number // 3 % 12] + text[1000:]
        if number % 50 == 49:
            text = text[:2000] + write(3_000_000 + number - 25, length)[2500:2750] + text[2000:]
        yield text
