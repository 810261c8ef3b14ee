"""Chinese documents for measuring: invented ones, copies planted in them, boilerplate nobody lists.

Words come from a dictionary with a long tail; every document has its own topic, so that two of
them share common words and stock phrases, as real proposals do, but no long run by chance.
"""

import random
from dataclasses import dataclass, field
from functools import cache

from pypinyin.phrases_dict import phrases_dict

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
    "traditional",
)
STOPS = "的是在和了有不为对中上以及其与等将由"


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
    texts: list[str] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)


@cache
def words() -> list[str]:
    chosen = [word for word in phrases_dict if 2 <= len(word) <= 4 and word.isalpha()]
    chosen.sort()
    random.Random(7).shuffle(chosen)
    return chosen


class Author:
    """Writes sentences in which some words belong to the topic and some are everybody's."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        vocabulary = words()
        self.everybody = vocabulary[:600]
        self.rare = vocabulary[600:]
        self.topic = self.random.sample(self.rare, 160)

    def sentence(self) -> list[str]:
        said = []
        for _word in range(self.random.randint(6, 16)):
            roll = self.random.random()
            if roll < 0.30:
                said.append(self.random.choice(self.everybody))
            elif roll < 0.75:
                said.append(self.random.choice(self.topic))
            elif roll < 0.88:
                said.append(self.random.choice(self.rare))
            else:
                said.append(self.random.choice(STOPS))
        return said

    def text(self, length: int) -> list[list[str]]:
        sentences, size = [], 0
        while size < length:
            sentences.append(self.sentence())
            size += sum(map(len, sentences[-1])) + 1
        return sentences


def joined(sentences: list[list[str]]) -> str:
    return "".join("".join(one) + "。" for one in sentences)


def make_library(count: int, *, length: int = 4600, share: float = 0.02, seed: int = 1) -> Library:
    """Return `count` documents; every kind of copy is planted in `share` of them in all.

    A third of the documents carry two of forty boilerplate passages of 80 to 300 characters.
    """
    chance = random.Random(seed)
    library = Library()
    stock = [joined(Author(90_000_000 + n).text(chance.randint(80, 300))) for n in range(12)]
    suspects = max(len(KINDS), int(count * share))
    for number in range(count - suspects):
        size = int(chance.gauss(length, length / 6))
        body = Author(seed * 1_000_000 + number).text(max(size, 300))
        library.texts.append(_with_stock(joined(body), stock, chance))
    sources = chance.sample(range(count - suspects), suspects)
    for number, source in enumerate(sources):
        _plant(library, KINDS[number % len(KINDS)], number, source, chance, length)
    return library


def _with_stock(text: str, stock: list[str], chance: random.Random) -> str:
    if chance.random() > 1 / 3:
        return text
    for passage in chance.sample(stock, 2):
        at = text.find("。", chance.randrange(len(text) // 2)) + 1
        text = text[:at] + passage + text[at:]
    return text


def _plant(
    library: Library, kind: str, number: int, source: int, chance: random.Random, length: int
) -> None:
    original = library.texts[source]
    host = joined(Author(50_000_000 + number).text(length))
    if kind.startswith("passage"):
        size = int(kind.split()[1])
        start = chance.randrange(len(original) - size)
        copied = original[start : start + size]
    elif kind.startswith("partial"):
        size = len(original) // 5
        start = chance.randrange(len(original) - size)
        copied = original[start : start + size]
    else:
        start, size = 0, len(original)
        copied, host = _changed(kind, original, chance), ""
    at = host.find("。", len(host) // 3) + 1 if host else 0
    library.planted.append(
        Planted(
            kind,
            len(library.texts),
            source,
            (at, at + len(copied)),
            (start, start + size),
        )
    )
    library.texts.append(host[:at] + copied + host[at:])


def _changed(kind: str, text: str, chance: random.Random) -> str:
    if kind == "shuffled":
        sentences = text.split("。")[:-1]
        chance.shuffle(sentences)
        return "。".join(sentences) + "。"
    if kind == "traditional":
        from opencc import OpenCC  # noqa: PLC0415 - only this kind needs it

        return OpenCC("s2t").convert(text)
    if kind.startswith("edited"):
        return _edited(text, int(kind.split()[1]) / 100, chance)
    return text


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
