"""Telling people: a message in the application, and the same by mail through a job."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from xinghai.kernel.clock import database_now
from xinghai.kernel.jobs import enqueue, job
from xinghai.kernel.models import Notice


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


def post(letters: Iterable[Letter], *, key: str, at: datetime | None = None) -> None:
    """Leave each letter once: the same `key` never reaches anyone twice. Mail leaves on commit.

    `at` is the database's time where the caller knows it already.
    """
    now = at or database_now()
    rows = [
        Notice(
            key=key,
            recipient_id=letter.recipient_id,
            subject_text=letter.subject,
            body_text=letter.body,
            parameters={name: str(value) for name, value in letter.parameters.items()},
            url=letter.url,
            created_at=now,
        )
        for letter in letters
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        enqueue(mail_notices, key=key)


def notify(
    recipients: Iterable[Any],
    *,
    key: str,
    subject: str,
    body: str,
    parameters: Mapping[str, Any],
    url: str,
) -> None:
    """Leave the same message with several people."""
    people = sorted({person.pk for person in recipients})
    post([Letter(pk, subject, body, parameters, url) for pk in people], key=key)


def mail(key: str) -> int:
    """Send the unsent mails of one cause; return how many left.

    Each row is locked and marked in the transaction that sends, so two workers
    never send the same mail; a crash between sending and commit can repeat one,
    which the recipient sees as the same message id.
    """
    sent = 0
    pending = Notice.objects.filter(key=key, mailed_at=None).values_list("pk", flat=True)
    for pk in list(pending):
        with transaction.atomic():
            notice = (
                Notice.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("recipient")
                .filter(pk=pk, mailed_at=None)
                .first()
            )
            if notice is None:
                continue
            if notice.recipient.email:
                _letter(notice).send()
                sent += 1
            notice.mailed_at = timezone.now()
            notice.save(update_fields=["mailed_at"])
    return sent


@job("kernel.mail_notices", queue="mail")
def mail_notices(key: str) -> None:
    mail(key)


def _letter(notice: Notice) -> EmailMessage:
    with override(notice.recipient.language):
        link = urljoin(settings.SITE_URL, notice.url)
        footer = _("这是系统发出的邮件，请勿直接回复。打开页面：%(link)s") % {"link": link}
        return EmailMessage(
            subject=notice.subject,
            body=f"{notice.body}\n\n{footer}\n",
            to=[notice.recipient.email],
            headers={"Message-ID": f"<notice-{notice.pk}@{settings.MAIL_DOMAIN}>"},
        )


def mark_read(user: Any, *, notices: Iterable[int] | None = None) -> int:
    """Mark the named messages (or all) of this person as read; return how many changed."""
    mine = Notice.objects.filter(recipient=user, read_at=None)
    if notices is not None:
        mine = mine.filter(pk__in=list(notices))
    return mine.update(read_at=timezone.now())
