"""The kernel's tables. Constraints and triggers hold what must always be true."""

import re
import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.signals import class_prepared
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xinghai.kernel import trail_names
from xinghai.kernel.humanize import day_words
from xinghai.kernel.message_topics import GENERAL, Mail, MessageTopic, topic_named
from xinghai.kernel.processes import State, Workflow
from xinghai.kernel.triggers import AppendOnly, OnlyErased

STORED_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Recorded(models.Model):
    """A record whose writes leave events; `event_head` is the newest event's hash."""

    event_head = models.BinaryField(default=b"", editable=False)

    # The record's name in the trail. The hashes cover it, so it stays for ever, also when the
    # model is renamed or moves to another app.
    trail_name: ClassVar[str]
    # Only models with a `state` column name one; `fire` reads it.
    workflow: ClassVar[Workflow]
    # Columns the permissions look at: read with the lock, so that no stale page decides.
    decisive: ClassVar[tuple[str, ...]] = ()
    # The dotted path of what is called with the record after each move, in its transaction:
    # rooms above the model are not ready when it is.
    followed_by: ClassVar[str] = ""
    state: str
    # Whether this transaction has read the row with a lock (`events.hold`).
    held: bool = False

    class Meta:
        abstract = True

    @property
    def shown_state(self) -> State:
        """The row of the workflow's table for the state the record is in."""
        return self.workflow.state_by_name[self.state]


@receiver(class_prepared)
def _name_in_the_trail(sender: Any, **_signal: Any) -> None:
    if issubclass(sender, Recorded) and not sender._meta.proxy:
        trail_names.register(sender)


class Event(models.Model):
    """Who did what, when, to what: appended once, never changed.

    What is said in words, and the address it came from, stand beside it in an `EventDetail`,
    because the law lets persons have them erased; the hash covers their digests.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    # Facts that no person can be known by: keys, codes, numbers, states.
    data = models.JSONField(default=dict)
    # Of what the detail holds; empty where there was nothing to say.
    text_digest = models.BinaryField(default=b"")
    address_digest = models.BinaryField(default=b"")
    # 1: the hash covers reason and address themselves; 2: it covers their digests.
    format = models.PositiveSmallIntegerField(default=2)
    previous_hash = models.BinaryField(default=b"")
    hash = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),)
        constraints = (
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "previous_hash"], name="event_chain"
            ),
        )
        triggers = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} {self.verb}"

    @property
    def beside(self) -> "EventDetail":
        """The event's detail; an empty one where nothing was said."""
        try:
            return self.detail
        except EventDetail.DoesNotExist:
            return EventDetail()

    @property
    def reason(self) -> str:
        return self.beside.reason

    @property
    def private(self) -> dict[str, Any]:
        """Facts that tell of persons: titles, addresses of mail, wordings."""
        return self.beside.private

    @property
    def address(self) -> str | None:
        return self.beside.address


class EventDetail(models.Model):
    """What an event says about persons: written once, and only ever erased.

    Each digest in the event has a salt of its own here, which is erased with what it salts: the
    four thousand million addresses there are could otherwise be tried until one fits.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="detail"
    )
    reason = models.TextField(blank=True)
    private = models.JSONField(default=dict)
    text_salt = models.BinaryField(default=b"")
    text_erased_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    address_salt = models.BinaryField(default=b"")
    address_erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["event"],
                condition=models.Q(address__isnull=False),
                name="event_detail_address",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(text_erased_at=None)
                | models.Q(reason="", private={}, text_salt=b""),
                name="event_detail_text_erased",
            ),
            models.CheckConstraint(
                condition=models.Q(address_erased_at=None)
                | models.Q(address__isnull=True, address_salt=b""),
                name="event_detail_address_erased",
            ),
        )
        triggers = (
            OnlyErased(
                {
                    "text_erased_at": ["reason", "private", "text_salt"],
                    "address_erased_at": ["address", "address_salt"],
                }
            ),
        )

    def __str__(self) -> str:
        return f"detail of event {self.event_id}"

    @property
    def is_erased(self) -> bool:
        return self.text_erased_at is not None or self.address_erased_at is not None


class Seal(models.Model):
    """A Merkle root over all events up to one id; it proves that none of them was changed."""

    at = models.DateTimeField()
    last_event_id = models.BigIntegerField(unique=True)
    count = models.BigIntegerField()
    root = models.BinaryField()
    # The roots of the tree's full subtrees, the largest first: what the next seal goes on from.
    # Empty in seals made before sealing read only what is new.
    subtrees = models.BinaryField(default=b"", editable=False)

    class Meta:
        triggers = (AppendOnly(),)

    def __str__(self) -> str:
        return f"#{self.last_event_id} {bytes(self.root).hex()[:16]}"


class Counter(models.Model):
    """The last number given in a series."""

    series = models.CharField(max_length=80, primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(value__gte=0), name="counter_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.series}: {self.value}"


class ChangeCount(models.Model):
    """How often a table has changed, in parts (`changes`): nobody waits for another's part."""

    topic = models.CharField(max_length=63)
    tally = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.topic}: {self.tally}"


class IdempotencyKey(models.Model):
    """One rendered form's key and the answer it was given."""

    key = models.CharField(max_length=64, primary_key=True)
    operation = models.CharField(max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    answer = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"


class Mailing(models.TextChoices):
    """What became of a message's mail."""

    WAITING = "waiting", "waiting"
    DIGEST = "digest", "kept for the next digest"
    SENT = "sent", "sent"
    UNWANTED = "unwanted", "not wanted, or no address"


class Message(models.Model):
    """One message to one person; `key` makes a repeated cause one message.

    Subject and body are stored as message ids with parameters, so that each
    person reads them in the language chosen at the time of reading.
    """

    key = models.CharField(max_length=160)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    subject_text = models.TextField()
    body_text = models.TextField()
    parameters = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    topic = models.CharField(max_length=40, default=GENERAL.name)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailing = models.CharField(max_length=8, choices=Mailing.choices, default=Mailing.WAITING)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            # The key first: mails and reminders ask for all messages of one cause.
            models.UniqueConstraint(fields=["key", "recipient"], name="message_once_per_cause"),
        )
        indexes = (
            models.Index(fields=["recipient", "-created_at"], name="notice_recipient"),
            models.Index(
                fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"
            ),
            models.Index(
                fields=["recipient", "created_at"],
                condition=models.Q(mailing="digest"),
                name="notice_digest",
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return _(self.subject_text) % self._said()

    @property
    def body(self) -> str:
        return _(self.body_text) % self._said()

    def _said(self) -> dict[str, str]:
        """Return the parameters in the reader's language.

        Days are stored as 2024-02-29, `noun` and `nouns` as the message id of a word.
        """
        said = {
            name: day_words(date.fromisoformat(value)) if STORED_DAY.fullmatch(value) else value
            for name, value in self.parameters.items()
        }
        for name, context in (("noun", "singular"), ("nouns", "plural")):
            if name in said:
                said[name] = pgettext(context, said[name])
        return said

    @property
    def about(self) -> MessageTopic:
        return topic_named(self.topic)


class MessagePreference(models.Model):
    """How one person wants the mail of one topic; without a row the topic's own wish holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    topic = models.CharField(max_length=40)
    mail = models.CharField(max_length=8, choices=Mail.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "topic"], name="notice_preference_once"),
        )

    def __str__(self) -> str:
        return f"{self.topic}: {self.mail}"


class StoredFile(models.Model):
    """An uploaded file: random name, complete once its content was checked, or refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="files"
    )
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    refused_for = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="file_not_overlong"
            ),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True) | ~models.Q(sha256=""),
                name="file_complete_has_hash",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """The storage's name for the content: nothing a person typed is in it."""
        return f"{self.id.hex[:2]}/{self.id.hex}"


class FileChunk(models.Model):
    """A received piece of an upload, stored in the database so that any web process can
    continue it.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="chunks")
    offset = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["file", "offset"], name="chunk_once_per_offset"),
        )

    def __str__(self) -> str:
        return f"{self.file_id}@{self.offset}"


class CalendarDay(models.Model):
    """A day that differs from the week's rule: a holiday, or a worked weekend."""

    date = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class CalendarYear(models.Model):
    """A year whose holidays have been entered; `is_provisional` until they are official."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    is_provisional = models.BooleanField(default=True)
    source = models.CharField(max_length=120)

    def __str__(self) -> str:
        return str(self.year)
