"""Writes to the index: put a document, remove it, fold what is fresh, rebuild everything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from django.db import connection, transaction

from xinghai.corpus import posting_lists
from xinghai.corpus.indexing import average_lengths, postings_of
from xinghai.corpus.models import LONGEST, LONGEST_TITLE, Document, FreshPosting, Segment
from xinghai.kernel.clock import database_now

# So many fresh postings are worth a segment; so many segments of a level make one of the next.
ENOUGH, MOST_OF_A_LEVEL, MOST_LEVELS = 50_000, 8, 3
# So many fresh postings become one segment at the most: memory is bounded after any bulk of puts.
MOST_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Text:
    """What the index is given of a record: never more than some audience may read."""

    kind: str
    key: str
    title: str
    body: str
    audiences: Sequence[str]
    facets: Sequence[str] = ()
    owner: str = ""
    writer: str = ""

    def document(self) -> Document:
        """Return it as it will stand: cut to what is looked at, sets in order, not saved."""
        return Document(
            kind=self.kind,
            key=self.key,
            title=_plain(self.title[:LONGEST_TITLE]),
            body=_plain(self.body[:LONGEST]),
            audiences=sorted(set(self.audiences)),
            facets=sorted(set(self.facets)),
            owner=self.owner,
            writer=self.writer,
        )


@dataclass
class Folded:
    postings: int = 0
    segments: list[int] = field(default_factory=list)


def put(text: Text) -> Document:
    """Add a document, or replace the one of the same kind and key, in one transaction."""
    return put_many([text])[0]


def put_many(texts: Sequence[Text]) -> list[Document]:
    """Add or replace several; a text put twice stands once, as it was put last."""
    with transaction.atomic():
        claim((one.kind, one.key) for one in texts)
        wanted = {(one.kind, one.key): one for one in texts}
        _forget(wanted)
        made, now = [one.document() for one in wanted.values()], database_now()
        for document in made:
            document.put_at = now
        Document.objects.bulk_create(made)
        found = postings_of(made, averages=average_lengths())
        posting_lists.write_fresh(found.keys, found.entries)
    return made


def remove(*, kind: str, key: str) -> None:
    """Take a document out of the index at once; its postings point nowhere until folded."""
    Document.objects.filter(kind=kind, key=key).delete()


def claim(keys: Iterable[tuple[str, str]]) -> None:
    """Wait for others who write these texts; in one order, so that none waits in a ring.

    Who claims a text before reading its record never puts what is older than what stands.
    """
    locks = sorted({_lock_of(kind, key) for kind, key in keys})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) key ORDER BY key", [locks]
        )


def _lock_of(kind: str, key: str) -> int:
    digest = blake2b(f"corpus {kind} {key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _forget(wanted: Iterable[tuple[str, str]]) -> None:
    by_kind: dict[str, list[str]] = {}
    for kind, key in wanted:
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        Document.objects.filter(kind=kind, key__in=keys).delete()


def _plain(text: str) -> str:
    """PostgreSQL holds no zero character and no half of a pair; neither says anything."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def fold(*, enough: int = ENOUGH) -> Folded:
    """Move fresh postings into a segment when they are many, and join small segments.

    One at a time by an advisory lock; readers see either the old rows or the new, never both.
    """
    folded = Folded()
    while _fold_some(folded, max(enough, 1)):
        pass
    return folded


@transaction.atomic
def _fold_some(folded: Folded, enough: int) -> bool:
    """Make a segment of the oldest fresh postings; return whether there were enough for one."""
    if not posting_lists.takes_the_pen():
        return False
    is_due = FreshPosting.objects.all()[:enough].count() == enough
    if is_due:
        keys, entries = posting_lists.take_fresh(max(MOST_AT_ONCE, enough))
        _write(folded, keys, entries, level=0)
    for level in range(MOST_LEVELS):
        _join(folded, level)
    return is_due


def _join(folded: Folded, level: int) -> None:
    numbers = list(Segment.objects.filter(level=level).values_list("number", flat=True))
    if len(numbers) < MOST_OF_A_LEVEL:
        return
    keys, entries = posting_lists.take_segments(numbers)
    Segment.objects.filter(number__in=numbers).delete()
    _write(folded, keys, entries, level=level + 1)


def _write(
    folded: Folded, keys: posting_lists.Keys, entries: posting_lists.Entries, *, level: int
) -> None:
    """Write a segment of the postings whose documents still stand."""
    stands = _standing(entries)
    keys, entries = keys[stands], entries[stands]
    segment = Segment.objects.create(level=level, postings=len(keys), made_at=database_now())
    posting_lists.write_lists(keys, entries, segment=segment.number)
    folded.postings += len(keys)
    folded.segments.append(segment.number)


def _standing(entries: posting_lists.Entries) -> np.ndarray:
    numbers = np.unique(entries >> 32)
    rows = Document.objects.numbered(numbers.tolist()).values_list("number", flat=True)
    known = np.fromiter(rows.iterator(chunk_size=20_000), np.int64)
    return np.isin(entries >> 32, known)
