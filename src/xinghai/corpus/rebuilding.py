"""The bulk path: every list made anew from the documents, for a first load or a calm night.

Postings go through files parted by key, so that memory is bounded by one part, not by the
corpus. Readers see the old lists until the new ones are committed; writers go on writing.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from django.db import connection, transaction

from xinghai.corpus import posting_lists
from xinghai.corpus.indexing import postings_of
from xinghai.corpus.models import LAYOUT, Document, Measure, PostingList, Segment
from xinghai.kernel.clock import database_now
from xinghai.similarity.packing import handfuls
from xinghai.similarity.ranking import average_length
from xinghai.similarity.terms import bags_of

# So many documents, or characters (once for each audience that may find them), are taken at once.
AT_ONCE, CHARACTERS_AT_ONCE = 4_000, 4_000_000
SAMPLE, PARTS = 4_000, 64
BASE_LEVEL = 9


def is_outdated() -> bool:
    """Whether any list was written by a version of the program with another format."""
    return Segment.objects.exclude(layout=LAYOUT).exists()


def rebuild() -> tuple[int, int]:
    """Write all lists anew; return the number of documents and of postings.

    Waits for a running fold. A document added meanwhile keeps its fresh postings.
    """
    with transaction.atomic(), ExitStack() as held:
        posting_lists.wait_for_the_pen()
        averages = _measured()
        # Files without a name: whatever becomes of this process, nothing is left of them.
        parts = [held.enter_context(TemporaryFile()) for _part in range(PARTS)]
        taken = _parted(parts, averages)
        old = list(Segment.objects.values_list("number", flat=True))
        segment = Segment.objects.create(level=BASE_LEVEL, postings=0, made_at=database_now())
        segment.postings = sum(
            posting_lists.write_lists(*_part(part), segment=segment.number) for part in parts
        )
        segment.save(update_fields=["postings"])
        PostingList.objects.filter(segment_id__in=old).delete()
        Segment.objects.filter(number__in=old).delete()
        _drop_fresh(taken)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE corpus_postinglist, corpus_document")
        Measure.objects.all().delete()
        Measure.objects.create(title_length=averages[0], body_length=averages[1])
    return len(taken), segment.postings


def _measured() -> tuple[float, float]:
    """Return the average lengths of titles and bodies, in terms, of documents drawn evenly."""
    newest = Document.objects.order_by("-number").values_list("number", flat=True).first() or 0
    step = max(newest // SAMPLE, 1)
    rows = list(
        Document.objects.extra(where=["number %% %s = 0"], params=[step])
        .order_by("number")
        .values_list("title", "body")[:SAMPLE]
    ) or [("", "")]
    titles, bodies = (bags_of(list(texts)) for texts in zip(*rows, strict=True))
    return average_length(titles), average_length(bodies)


def _parted(parts: Sequence[IO[bytes]], averages: tuple[float, float]) -> np.ndarray:
    """Write all postings to files by the first bits of their keys; return the numbers taken."""
    taken = [np.empty(0, np.int64)]
    for documents in _in_turn():
        found = postings_of(documents, averages=averages)
        part = found.keys.view(np.uint64) >> np.uint64(64 - PARTS.bit_length() + 1)
        order = np.argsort(part, kind="stable")
        both = np.stack([found.keys, found.entries], axis=1)[order]
        ends = np.searchsorted(part[order], np.arange(PARTS), side="right")
        for file, rows in zip(parts, np.split(both, ends[:-1]), strict=True):
            file.write(rows.tobytes())
        taken.append(np.array([document.number for document in documents], np.int64))
    return np.concatenate(taken)


def _in_turn() -> Iterator[list[Document]]:
    rows = Document.objects.order_by("number").iterator(chunk_size=500)
    yield from handfuls(rows, _weight, most=AT_ONCE, size=CHARACTERS_AT_ONCE)


def _weight(document: Document) -> int:
    return (len(document.title) + len(document.body)) * (1 + len(document.audiences))


def _part(file: IO[bytes]) -> tuple[posting_lists.Keys, posting_lists.Entries]:
    file.seek(0)
    both = np.frombuffer(file.read(), np.int64).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def _drop_fresh(taken: np.ndarray) -> None:
    """Delete fresh postings of documents that are in the new lists or no longer exist."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT entry >> 32 FROM corpus_freshposting")
        fresh = np.array([number for (number,) in cursor.fetchall()], np.int64)
        cursor.execute(
            "DELETE FROM corpus_freshposting f WHERE f.entry >> 32 = ANY(%s)"
            " OR NOT EXISTS (SELECT 1 FROM corpus_document d WHERE d.number = f.entry >> 32)",
            [np.intersect1d(fresh, taken).tolist()],
        )
