"""Update the index for records that change more often than their texts do."""

from collections.abc import Sequence

from django.db import transaction

from xinghai.corpus.models import Document
from xinghai.corpus.services import Text, put_many
from xinghai.kernel.clock import database_now


@transaction.atomic
def keep(texts: Sequence[Text]) -> int:
    """Store the texts that differ from the stored ones; return how many differed.

    The others only get a new date of checking: moving a record to another office must not write
    thousands of postings again.
    """
    standing = _standing(texts)
    is_same = [_told(one.document()) == standing.get((one.kind, one.key)) for one in texts]
    changed = [one for one, same in zip(texts, is_same, strict=True) if not same]
    if changed:
        put_many(changed)
    keys_of: dict[str, list[str]] = {}
    for one, same in zip(texts, is_same, strict=True):
        if same:
            keys_of.setdefault(one.kind, []).append(one.key)
    for kind, keys in keys_of.items():
        Document.objects.filter(kind=kind, key__in=keys).update(put_at=database_now())
    return len(changed)


@transaction.atomic
def keep_group(texts: Sequence[Text], *, kinds: Sequence[str], facet: str) -> int:
    """Make these texts the only stored ones of these kinds with this facet; return how many
    were written.
    """
    wanted = {(one.kind, one.key) for one in texts}
    rows = Document.objects.filter(kind__in=kinds, facets__contains=[facet])
    gone = [row.number for row in rows.only("kind", "key") if (row.kind, row.key) not in wanted]
    Document.objects.filter(number__in=gone).delete()
    return keep(texts)


Told = tuple[str, str, list[str], list[str], str, str]


def _told(document: Document) -> Told:
    return (
        document.title,
        document.body,
        document.audiences,
        document.facets,
        document.owner,
        document.writer,
    )


def _standing(texts: Sequence[Text]) -> dict[tuple[str, str], Told]:
    rows = Document.objects.filter(
        kind__in={one.kind for one in texts}, key__in={one.key for one in texts}
    )
    return {(row.kind, row.key): _told(row) for row in rows}
