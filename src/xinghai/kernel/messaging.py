"""Send messages to people: in the application, and by mail through a job."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from xinghai.kernel.clock import database_now
from xinghai.kernel.jobs import enqueue
from xinghai.kernel.mailing import mail_notices
from xinghai.kernel.message_topics import GENERAL
from xinghai.kernel.models import Message


@dataclass(frozen=True)
class Letter:
    """One message to one person.

    `subject` and `body` are Chinese message ids marked with `gettext_noop`,
    with `%(name)s` places for `parameters`.
    """

    recipient_id: int
    subject: str
    body: str
    parameters: Mapping[str, Any]
    url: str
    topic: str = GENERAL.name


def post(letters: Iterable[Letter], *, key: str, at: datetime | None = None) -> None:
    """Store each letter once: a person gets one message per `key`. Mail is sent after the commit.

    `at` is the database's time where the caller knows it already.
    """
    now = at or database_now()
    rows = [
        Message(
            key=key,
            recipient_id=letter.recipient_id,
            subject_text=letter.subject,
            body_text=letter.body,
            parameters={name: str(value) for name, value in letter.parameters.items()},
            url=letter.url,
            topic=letter.topic,
            created_at=now,
        )
        for letter in letters
    ]
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        enqueue(mail_notices, key=key)


def notify(
    recipients: Iterable[Any],
    *,
    key: str,
    subject: str,
    body: str,
    parameters: Mapping[str, Any],
    url: str,
    topic: str = GENERAL.name,
    at: datetime | None = None,
) -> None:
    """Store the same message for several people; `at` as for `post`."""
    people = sorted({person.pk for person in recipients})
    post([Letter(pk, subject, body, parameters, url, topic) for pk in people], key=key, at=at)


def mark_read(user: Any, *, notices: Iterable[int] | None = None) -> int:
    """Mark the named messages (or all) of this person as read; return how many changed."""
    user.known_unread = None
    mine = Message.objects.filter(recipient=user, read_at=None)
    if notices is not None:
        mine = mine.filter(pk__in=list(notices))
    return mine.update(read_at=timezone.now())


def mark_unread(user: Any, *, notices: Iterable[int]) -> int:
    """Put the named messages back among the unread."""
    user.known_unread = None
    mine = Message.objects.filter(recipient=user, read_at__isnull=False, pk__in=list(notices))
    return mine.update(read_at=None)


def unread_count(user: Any) -> int:
    """How many the person has not read; reading the session has mostly counted them already."""
    if user.known_unread is not None:
        return int(user.known_unread)
    return Message.objects.filter(recipient_id=user.pk, read_at=None).count()


def reached(keys: Iterable[str]) -> set[tuple[str, int]]:
    """Return (key, person) of what has been told already; a reminder need not be written again."""
    told = Message.objects.filter(key__in=list(keys))
    return set(told.values_list("key", "recipient_id"))
