"""The whole corpus beside itself: which texts share words, for a calm night."""

from collections.abc import Iterator
from typing import Any

from xinghai.corpus.indexing import text_of
from xinghai.corpus.models import Document
from xinghai.similarity.comparing import Match, match_on
from xinghai.similarity.packing import Shelf, shelve


def compare_all(*, kind: str = "") -> Iterator[dict[str, Any]]:
    """Yield every pair of texts that share words not everybody writes, as plain data.

    A text of the same writer is no finding, nor is what several papers of one unit say of it.
    Texts are read as a stream; in memory stay two bytes a character and the fingerprints.
    """
    rows = Document.objects.order_by("number")
    read: list[Document] = []
    shelf = shelve(_kept(rows.filter(kind=kind) if kind else rows, read))
    units, writers = _numbered([one.owner for one in read]), _numbered([one.writer for one in read])
    for match in match_on(shelf, units=units, writers=writers):
        if match.counted:
            yield _told(match, read, shelf)


def _kept(rows: Any, read: list[Document]) -> Iterator[str]:
    """Yield texts and keep of their documents what is asked afterwards, which is short."""
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
