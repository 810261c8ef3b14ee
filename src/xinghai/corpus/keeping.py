"""Keeping the index up to date with records that change more often than their texts do."""

from collections.abc import Sequence
from hashlib import blake2b

from django.db import connection, transaction

from xinghai.corpus.models import Document
from xinghai.corpus.services import Text, put_many
from xinghai.kernel.clock import database_now


def wait_in_line(name: str) -> None:
    """Let who keeps what belongs together read and write before the next one reads."""
    digest = blake2b(f"corpus line {name}".encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


@transaction.atomic
def keep(texts: Sequence[Text]) -> int:
    """Put the texts that differ from what stands; return how many.

    The others are noted as looked at now: thousands of postings are not written again because
    somebody moved a paper from one desk to the next.
    """
    standing = _standing(texts)
    changed = [one for one in texts if _told(one) != standing.get((one.kind, one.key))]
    if changed:
        put_many(changed)
    same = [one for one in texts if one not in changed]
    for kind in {one.kind for one in same}:
        keys = [one.key for one in same if one.kind == kind]
        Document.objects.filter(kind=kind, key__in=keys).update(put_at=database_now())
    return len(changed)


@transaction.atomic
def keep_group(texts: Sequence[Text], *, kinds: Sequence[str], facet: str) -> int:
    """Make these all that stands of those kinds with this facet; return how many were written."""
    wanted = {(one.kind, one.key) for one in texts}
    rows = Document.objects.filter(kind__in=kinds, facets__contains=[facet])
    gone = [row.number for row in rows.only("kind", "key") if (row.kind, row.key) not in wanted]
    Document.objects.filter(number__in=gone).delete()
    return keep(texts)


Told = tuple[str, str, list[str], list[str], str, str]


def _told(text: Text) -> Told:
    audiences, facets = sorted(set(text.audiences)), sorted(set(text.facets))
    kept = text.as_kept()
    return kept.title, kept.body, audiences, facets, text.owner, text.writer


def _standing(texts: Sequence[Text]) -> dict[tuple[str, str], Told]:
    rows = Document.objects.filter(
        kind__in={one.kind for one in texts}, key__in={one.key for one in texts}
    )
    return {
        (row.kind, row.key): (
            row.title,
            row.body,
            row.audiences,
            row.facets,
            row.owner,
            row.writer,
        )
        for row in rows
    }
