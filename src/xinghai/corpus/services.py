"""Write to the index: add or replace a document, remove one, fold fresh postings into lists."""

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
    """The text of a record for the index; all of it must be readable by its audiences."""

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
    """Add or replace several documents; of a document given twice the last one is stored."""
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
    """Remove a document from the index at once; its postings are deleted by a later fold."""
    Document.objects.filter(kind=kind, key=key).delete()


def claim(keys: Iterable[tuple[str, str]]) -> None:
    """Lock these texts until the transaction ends; the order is fixed, to avoid deadlocks.

    A caller that locks a text before it reads the record never replaces newer text by older
    text.
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
    """Move fresh postings into a segment when there are many, and join small segments.

    An advisory lock lets one process at a time do it; readers see the old rows or the new,
    never both.
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
