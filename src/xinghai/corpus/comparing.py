"""Compare every text of the corpus with every other; run it when few people use the platform."""

from collections.abc import Iterator
from typing import Any

from xinghai.corpus.indexing import text_of
from xinghai.corpus.models import Document
from xinghai.similarity.comparing import Match, match_on
from xinghai.similarity.packing import Shelf, shelve


def compare_all(*, kind: str = "") -> Iterator[dict[str, Any]]:
    """Yield, as plain data, every pair of texts that share words which are not boilerplate.

    Texts of one writer are not paired, and what several records of one unit repeat does not
    count. Texts are read as a stream; memory holds two bytes a character and the fingerprints.
    """
    rows = Document.objects.order_by("number")
    read: list[Document] = []
    shelf = shelve(_kept(rows.filter(kind=kind) if kind else rows, read))
    units, writers = _numbered([one.owner for one in read]), _numbered([one.writer for one in read])
    for match in match_on(shelf, units=units, writers=writers):
        if match.counted:
            yield _told(match, read, shelf)


def _kept(rows: Any, read: list[Document]) -> Iterator[str]:
    """Yield the texts, and store of each document the few facts that are needed after comparing."""
    for document in rows.iterator(chunk_size=500):
        yield text_of(document)
        document.title = document.body = ""
        read.append(document)


def _numbered(names: list[str]) -> list[int]:
    """Number the names from 0; -1 for none."""
    known = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return [known[name] if name else -1 for name in names]


def _told(match: Match, read: list[Document], shelf: Shelf) -> dict[str, Any]:
    counted = sum(passage.matched for passage in match.counted)
    here, there = read[match.here], read[match.there]
    return {
        "here": [here.kind, here.key],
        "there": [there.kind, there.key],
        "share_here": round(min(counted / max(len(shelf[match.here]), 1), 1), 4),
        "share_there": round(min(counted / max(len(shelf[match.there]), 1), 1), 4),
        "longest": max(passage.longest for passage in match.counted),
        "passages": len(match.counted),
    }
