"""The trail: every write appends one event, hash-chained per record.

Each event's hash covers the one before it on the same record, and the record
keeps the newest hash as its `event_head`, so an event that is edited, removed
or slipped in breaks the chain visibly (`broken_links`).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models.functions import Now

from xinghai.kernel.clock import shifted
from xinghai.kernel.hashing import digest, former_spelling
from xinghai.kernel.models import Event, Recorded

address: ContextVar[str | None] = ContextVar("client_address", default=None)


@dataclass(frozen=True)
class Head:
    """What the locked row says: its state, its newest hash, the database's time."""

    state: str
    hash: bytes
    now: datetime


@contextmanager
def joined() -> Iterator[None]:
    """The caller's transaction, or one of its own where there is none.

    Not a savepoint: nothing here is written before the last refusal, and a database error in a
    write must undo the whole write. Two round trips less for every event.
    """
    if connection.in_atomic_block:
        yield
    else:
        with transaction.atomic():
            yield


def lock(record: Recorded, *, towards: str = "") -> Head:
    """Lock the record's row and return its head; raises DoesNotExist when it is gone.

    The columns that decide who may do what are brought up to date on `record`.
    `towards` is the one state the row may take in this transaction: the trigger
    `StateGuard` reads this pass and refuses every other change of state.
    """
    model = record._meta.model  # the type of a lazy `request.user` is not its model
    columns = ["event_head", *(["state"] if hasattr(record, "state") else []), *record.decisive]
    extras: dict[str, Any] = {"database_now": Now(output_field=models.DateTimeField())}
    if towards:
        extras["state_pass"] = models.Func(
            models.Value("xinghai.transition"),
            models.Value(f"{model._meta.db_table}:{record.pk}:{towards}"),
            models.Value(True),
            function="set_config",
            output_field=models.TextField(),
        )
    row = (
        model._base_manager.select_for_update(of=("self",))
        .annotate(**extras)
        .values(*columns, *extras)
        .get(pk=record.pk)
    )
    for name in record.decisive:
        setattr(record, name, row[name])
    return Head(row.get("state", ""), bytes(row["event_head"]), shifted(row["database_now"]))


def prepare(
    verb: str,
    subject: Recorded,
    *,
    head: Head,
    by: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Return the next event of the record's chain, hashed but not yet stored."""
    event = Event(
        at=head.now,
        actor=by,
        verb=verb,
        subject_type=subject.trail_name,
        subject_id=subject.pk,
        reason=reason.strip(),
        data=dict(data or {}),
        address=address.get(),
        previous_hash=head.hash,
    )
    event.hash = chain_hash(event)
    return event


def record(
    verb: str,
    subject: Recorded,
    *,
    by: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event about a write that is not a change of state."""
    with joined():
        event = prepare(verb, subject, head=lock(subject), by=by, reason=reason, data=data)
        append(event, subject)
    return event


def append(event: Event, subject: Recorded, *, changed: Iterable[str] = ()) -> None:
    """Store the event, and the subject's new head with its changed columns, in one statement.

    One statement because it is the platform's most frequent write, and because an
    event without the change it tells of, or the reverse, then cannot be written at all.
    """
    subject.event_head = event.hash
    record: Any = subject._meta
    told = [field for field in Event._meta.concrete_fields if not field.primary_key]
    written = [record.get_field(name) for name in ("event_head", *changed)]
    columns = ", ".join(f'"{field.column}"' for field in told)
    places = ", ".join(["%s"] * len(told))
    news = ", ".join(f'"{field.column}" = %s' for field in written)
    values = [_stored(event, field) for field in told]
    values += [_stored(subject, field) for field in written]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH told AS (INSERT INTO kernel_event ({columns}) VALUES ({places}) RETURNING id)"  # noqa: S608 - names of columns only
            f' UPDATE "{record.db_table}" SET {news} WHERE id = %s RETURNING (SELECT id FROM told)',
            [*values, subject.pk],
        )
        event.pk = cursor.fetchone()[0]
    event._state.adding = False


def _stored(record: models.Model, field: Any) -> Any:
    return field.get_db_prep_save(getattr(record, field.attname), connection)


def chain_hash(event: Event) -> bytes:
    """Return the hash this event must carry, computed from what is stored."""
    body = {
        "at": event.at.isoformat(),
        "actor": event.actor_id,
        "verb": event.verb,
        "subject": [event.subject_type, event.subject_id],
        "reason": event.reason,
        "data": event.data,
        "address": event.address,
    }
    return digest(bytes(event.previous_hash), former_spelling(body))


def history(subject: Recorded) -> models.QuerySet[Event]:
    """Return the events of one record, oldest first."""
    return Event.objects.filter(subject_type=subject.trail_name, subject_id=subject.pk).order_by(
        "pk"
    )


def broken_links(events: Iterable[Event], head: bytes | None = None) -> list[int]:
    """Return the ids of events whose hash or link does not fit; `head` closes the chain.

    Events must be of one record, oldest first. A missing tail shows as the id
    of the last event present (or 0 when none is left).
    """
    broken, previous, last = [], b"", 0
    for event in events:
        if bytes(event.previous_hash) != previous or chain_hash(event) != bytes(event.hash):
            broken.append(event.pk)
        previous, last = bytes(event.hash), event.pk
    if head is not None and bytes(head) != previous:
        broken.append(last)
    return broken
