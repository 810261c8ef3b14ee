"""The kernel's tables. Guards in the database keep what must never be false."""

import re
import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from xinghai.kernel.humanize import day_words
from xinghai.kernel.message_topics import GENERAL, Mail, MessageTopic, topic_named
from xinghai.kernel.processes import Workflow
from xinghai.kernel.triggers import AppendOnly

STORED_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Recorded(models.Model):
    """A record whose writes leave events; `event_head` is the newest event's hash."""

    event_head = models.BinaryField(default=b"", editable=False)

    # Only models with a `state` column name one; `fire` reads it.
    workflow: ClassVar[Workflow]
    # Columns the permissions look at: read with the lock, so that no stale page decides.
    decisive: ClassVar[tuple[str, ...]] = ()
    # The dotted path of what is called with the record after each move, in its transaction:
    # rooms above the model are not ready when it is.
    followed_by: ClassVar[str] = ""
    state: str

    class Meta:
        abstract = True


class Event(models.Model):
    """Who did what, when, to what: appended once, never changed."""

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)
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


class Seal(models.Model):
    """A Merkle root over all events up to one id: publish it, and the past is fixed."""

    at = models.DateTimeField()
    last_event_id = models.BigIntegerField(unique=True)
    count = models.BigIntegerField()
    root = models.BinaryField()

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
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_per_cause"),
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
        """The parameters in the reader's language: days are stored as 2024-02-29."""
        return {
            name: day_words(date.fromisoformat(value)) if STORED_DAY.fullmatch(value) else value
            for name, value in self.parameters.items()
        }

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
    """An uploaded file: random name, checked content, complete only after the check."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="files"
    )
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
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
