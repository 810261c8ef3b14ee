"""The trail: every write appends one event, hash-chained per record.

Each event's hash covers the one before it on the same record, and the record
keeps the newest hash as its `event_head`, so an event that is edited, removed
or slipped in breaks the chain visibly (`broken_links`). What an event says about persons stands
beside it and can be erased (`event_details`).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from xinghai.kernel.clock import Clock, database_now, note_moment, shifted
from xinghai.kernel.event_details import add_detail, erase, fits_detail
from xinghai.kernel.hashing import canonical, digest, former_spelling
from xinghai.kernel.models import Event, EventDetail, Recorded
from xinghai.kernel.statements import insertion, key_of, stored

ERASE = "erase"

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
    extras: dict[str, Any] = {"database_now": Clock()}
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
    now = shifted(note_moment(row["database_now"]))
    return Head(row.get("state", ""), bytes(row["event_head"]), now)


def hold(record: Recorded) -> None:
    """Remember that this transaction has read the record with a lock: it need not lock again.

    Holds for the next event of this very object, as nobody else can change the row until then.
    """
    record.held = True


def head_of(record: Recorded, *, towards: str = "") -> Head:
    """Return the head of a record: what a held one has read, else by locking it now.

    The pass of the state's trigger comes with the lock; of a held record `append` gives it.
    """
    if not record.held:
        return lock(record, towards=towards)
    return Head(getattr(record, "state", ""), bytes(record.event_head), database_now())


def prepare(
    verb: str,
    subject: Recorded,
    *,
    head: Head,
    by: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> Event:
    """Return the next event of the record's chain, hashed but not yet stored.

    `data` are facts that stay for ever; `reason` and `private` are words, and whatever else tells
    of persons, and can be erased.
    """
    event = Event(
        at=head.now,
        actor=by,
        verb=verb,
        subject_type=subject.trail_name,
        subject_id=subject.pk,
        data=dict(data or {}),
        previous_hash=head.hash,
    )
    words = {"reason": reason.strip(), "private": dict(private or {})}
    add_detail(event, EventDetail(**words, address=address.get()))
    event.hash = chain_hash(event)
    return event


def record(
    verb: str,
    subject: Recorded,
    *,
    by: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event about a write that is not a change of state."""
    with joined():
        head = lock(subject)
        event = prepare(verb, subject, head=head, by=by, reason=reason, data=data, private=private)
        append(event, subject)
    return event


@dataclass(frozen=True)
class Reserved:
    """Keys for rows that are not yet written, in the order they were asked for."""

    keys: list[int]
    now: datetime


def reserve(*models_: type[models.Model]) -> Reserved:
    """Draw a key for a new row of each model, and read the database's time: one statement.

    An event's hash covers the key of what it tells of, so the key must be known before.
    """
    draws = ", ".join(["nextval(pg_get_serial_sequence(%s, %s))"] * len(models_))
    names = [(one._meta.db_table, key_of(one).column) for one in models_]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT clock_timestamp(), {draws}",
            [part for name in names for part in name],
        )
        moment, *keys = cursor.fetchone()
    return Reserved(keys, shifted(note_moment(moment)))


def create(
    verb: str,
    subject: Recorded,
    *,
    at: datetime,
    by: Any,
    data: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    before: Iterable[models.Model] = (),
    after: Iterable[models.Model] = (),
) -> Event:
    """Write a new record and its first event in one statement, with rows that belong to it.

    `subject`, and rows others refer to, have reserved keys. `before` is what the subject refers
    to, `after` what refers to it; all appear together or not at all.
    """
    head = Head("", b"", at)
    event = prepare(verb, subject, head=head, by=by, data=data, private=private)
    subject.event_head = event.hash
    parts, values = _parts(event)
    rows, last = [*before, subject, *after], "told"
    for number, row in enumerate(rows):
        insert, more = insertion(row, key="%s" if row.pk is not None else "")
        # Each is drawn from the one before it: triggers must find what their row refers to.
        parts.append(f"row{number} AS ({insert} FROM {last} RETURNING 1)")
        last = f"row{number}"
        values += more + ([row.pk] if row.pk is not None else [])
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT id FROM told", values)  # noqa: S608
        _mark_stored(event, cursor.fetchone()[0])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return event


def erase_history(subject: Recorded, *, by: Any, reason: str) -> int:
    """Erase what the record's events so far say about persons; return in how many.

    The chain goes on with an event that says how many were erased and why. Who did what and when
    stays: the law asks for that record to be kept. Events of the first format cannot be hashed
    again without their words, so the new event vouches for the rest of them.
    """
    with joined():
        now = lock(subject).now
        told = list(history(subject))
        erased = erase([event.pk for event in told], at=now)
        rests = {
            str(event.pk): rest_hash(event)
            for event in told
            if event.format == 1 and event.pk in erased
        }
        data = {"events": len(erased), "rests": rests}
        record(ERASE, subject, by=by, reason=reason, data=data)
    return len(erased)


def append(
    event: Event,
    subject: Recorded,
    *,
    changed: Iterable[str] = (),
    towards: str = "",
    beside: models.Model | None = None,
) -> None:
    """Store the event, its detail, and the subject's new head with its changed columns.

    One statement because it is the platform's most frequent write, and because an
    event without the change it tells of, or the reverse, then cannot be written at all.
    `beside` is a new row that belongs to the event; `towards` the state a held record moves to.
    """
    subject.event_head, subject.held = event.hash, False
    record: Any = subject._meta
    written = [record.get_field(name) for name in ("event_head", *changed)]
    news = ", ".join(f'"{field.column}" = %s' for field in written)
    parts, values = _parts(event)
    returned = ["(SELECT id FROM told)"]
    if beside is not None:
        insert, more = insertion(beside)
        parts.append(f"another AS ({insert} RETURNING id)")
        returned.append("(SELECT id FROM another)")
        values += more
    values += [stored(field, getattr(subject, field.attname)) for field in written]
    condition, passes = _pass(subject, towards)
    with connection.cursor() as cursor:
        cursor.execute(
            f'WITH {", ".join(parts)} UPDATE "{record.db_table}" SET {news}'  # noqa: S608 - names of columns only
            f" WHERE id = %s{condition} RETURNING {', '.join(returned)}",
            [*values, subject.pk, *passes],
        )
        pk, *another = cursor.fetchone()
    _mark_stored(event, pk)
    if beside is not None:
        beside.pk, beside._state.adding, beside._state.db = another[0], False, connection.alias


def _pass(subject: Recorded, towards: str) -> tuple[str, list[str]]:
    """Return the condition that gives a change of state its pass before the trigger asks."""
    if not towards:
        return "", []
    return " AND set_config('xinghai.transition', %s, true) IS NOT NULL", [
        f"{subject._meta.db_table}:{subject.pk}:{towards}"
    ]


def _parts(event: Event) -> tuple[list[str], list[Any]]:
    """Return the parts of a WITH that insert the event as "told" and its detail, and the values."""
    insert, values = insertion(event)
    parts = [f"told AS ({insert} RETURNING id)"]
    if event.text_digest or event.address_digest:
        insert, more = insertion(event.detail, key="told.id")
        parts.append(f"beside AS ({insert} FROM told)")
        values += more
    return parts, values


def _mark_stored(event: Event, pk: int) -> None:
    event.pk, event._state.adding = pk, False
    if event.text_digest or event.address_digest:
        event.detail.pk, event.detail._state.adding = pk, False


def _facts(event: Event) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "actor": event.actor_id,
        "verb": event.verb,
        "subject": [event.subject_type, event.subject_id],
        "data": event.data,
    }


def rest_hash(event: Event) -> str:
    """Return the digest of what stays of an event of the first format when it is erased."""
    links = [bytes(event.previous_hash).hex(), bytes(event.hash).hex()]
    return digest(former_spelling({**_facts(event), "links": links})).hex()


def chain_hash(event: Event) -> bytes:
    """Return the hash this event must carry, computed from what is stored."""
    body = _facts(event)
    if event.format == 1:
        body |= {"reason": event.reason, "address": event.address}
        return digest(bytes(event.previous_hash), former_spelling(body))
    body |= {
        "format": event.format,
        "text": bytes(event.text_digest).hex(),
        "address": bytes(event.address_digest).hex(),
    }
    return digest(bytes(event.previous_hash), canonical(body))


def _is_intact(event: Event) -> bool:
    """Whether the event is what was written, apart from what was erased."""
    try:
        return chain_hash(event) == bytes(event.hash) and (event.format == 1 or fits_detail(event))
    except ValueError:  # a number nobody can spell: not written by us
        return False


def history(subject: Recorded) -> models.QuerySet[Event]:
    """Return the events of one record, oldest first."""
    events = Event.objects.filter(subject_type=subject.trail_name, subject_id=subject.pk)
    return events.select_related("detail").order_by("pk")


def broken_links(events: Iterable[Event], head: bytes | None = None) -> list[int]:
    """Return the ids of events whose hash or link does not fit; `head` closes the chain.

    Events must be of one record, oldest first. A missing tail shows as the id
    of the last event present (or 0 when none is left). An erased event of the first
    format fits when a later event of the chain vouches for the rest of it.
    """
    broken, previous, last = set(), b"", 0
    rests: dict[str, Event] = {}
    for event in events:
        if bytes(event.previous_hash) != previous:
            broken.add(event.pk)
        if event.format == 1 and event.beside.is_erased:
            rests[str(event.pk)] = event
        elif not _is_intact(event):
            broken.add(event.pk)
        elif event.verb == ERASE and event.format > 1:
            for pk, stated in event.data.get("rests", {}).items():
                if pk in rests and rest_hash(rests[pk]) == stated:
                    del rests[pk]
        previous, last = bytes(event.hash), event.pk
    broken.update(event.pk for event in rests.values())
    if head is not None and bytes(head) != previous:
        broken.add(last)
    return sorted(broken)
