"""Merkle roots over the whole trail: a published root fixes everything before it."""

from collections.abc import Sequence

from django.db import connection, transaction

from xinghai.kernel.clock import database_now
from xinghai.kernel.hashing import digest
from xinghai.kernel.models import Event, Seal

SEALING_LOCK = 7_301_001
_LEAF, _NODE = b"\x00", b"\x01"


def merkle_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes in order; an odd node moves up unpaired (RFC 6962)."""
    level = [digest(_LEAF, leaf) for leaf in hashes]
    if not level:
        return digest(_LEAF)
    while len(level) > 1:
        paired = [
            digest(_NODE, left, right) for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def seal() -> Seal | None:
    """Seal all events written so far; None when nothing is new.

    Takes an advisory lock so that two workers do not seal twice, and a share
    lock on the events so that no open transaction can later slip in a lower id.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING_LOCK])
            cursor.execute("LOCK TABLE kernel_event IN SHARE MODE")
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
        last = Seal.objects.order_by("-last_event_id").first()
        if newest is None or (last is not None and last.last_event_id >= newest):
            return None
        hashes = _hashes(newest)
        return Seal.objects.create(
            at=database_now(), last_event_id=newest, count=len(hashes), root=merkle_root(hashes)
        )


def false_seals() -> list[int]:
    """Return the ids of seals that no longer fit the events they cover."""
    return [
        seal.pk
        for seal in Seal.objects.order_by("pk")
        if merkle_root(_hashes(seal.last_event_id)) != bytes(seal.root)
    ]


def _hashes(up_to: int) -> list[bytes]:
    rows = Event.objects.filter(pk__lte=up_to).order_by("pk").values_list("hash", flat=True)
    return [bytes(value) for value in rows.iterator(chunk_size=10_000)]
