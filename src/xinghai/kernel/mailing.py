"""Messages as mail: at once, or once a day together, as each reader wants it."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from xinghai.kernel.jobs import job
from xinghai.kernel.message_topics import Mail, topic_named
from xinghai.kernel.models import Mailing, Message, MessagePreference

DIGEST_AT = time(8)
# Longer lists are read on the page, not in a mail.
MOST_IN_A_DIGEST = 50


def mail(*keys: str) -> int:
    """Send or put aside the waiting mails of some causes; return how many left.

    Each row is locked and marked in the transaction that sends, so two workers
    never send the same mail; a crash between sending and commit can repeat one,
    which the recipient sees as the same message id. What is not sent is marked together.
    """
    waiting = Message.objects.filter(key__in=keys, mailing=Mailing.WAITING)
    wishes = _wishes(waiting)
    fates: dict[str, list[int]] = {}
    for notice in waiting.select_related("recipient").order_by("pk"):
        fates.setdefault(_fate(notice, wishes), []).append(notice.pk)
    leaving = fates.pop(Mailing.SENT, [])
    for fate, pks in fates.items():
        waiting.filter(pk__in=pks).update(mailing=fate)
    return _each(leaving, lambda pk: _mail_one(pk, wishes))


@transaction.atomic
def _mail_one(pk: int, wishes: dict[tuple[int, str], str]) -> bool:
    notice = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .filter(pk=pk, mailing=Mailing.WAITING)
        .first()
    )
    return notice is not None and _settle(notice, wishes)


def _each(known: Iterable[int], send: Callable[[int], bool]) -> int:
    """Send to everybody, then fail for whom it failed: a mailbox that refuses our mail must not
    keep it from the others, and the job that called tries again. Return how many left."""
    sent, failure = 0, None
    for one in list(known):
        try:
            sent += send(one)
        except Exception as problem:
            failure = problem
    if failure is not None:
        raise failure
    return sent


def _wishes(notices: Any) -> dict[tuple[int, str], str]:
    """Return what the recipients chose, by person and topic."""
    chosen = MessagePreference.objects.filter(user__in=notices.values("recipient_id"))
    return {(one.user_id, one.topic): one.mail for one in chosen}


def _fate(notice: Message, wishes: dict[tuple[int, str], str]) -> str:
    """Return what becomes of a mail: sent now, kept for the digest, or not wanted."""
    wish = wishes.get((notice.recipient_id, notice.topic), topic_named(notice.topic).mail)
    if not _can_be_mailed(notice.recipient) or wish == Mail.NEVER:
        return Mailing.UNWANTED
    return Mailing.DIGEST if wish == Mail.DAILY else Mailing.SENT


def _settle(notice: Message, wishes: dict[tuple[int, str], str]) -> bool:
    """Send one mail now, keep it for the digest, or leave it; return whether it was sent."""
    notice.mailing = _fate(notice, wishes)
    if notice.mailing == Mailing.SENT:
        letter_of(notice).send()
        notice.mailed_at = timezone.now()
    notice.save(update_fields=["mailing", "mailed_at"])
    return notice.mailing == Mailing.SENT


@job("kernel.mail_notices", queue="mail")
def mail_notices(key: str) -> None:
    """Send the mails of one cause."""
    mail(key)


def send_digests(now: datetime) -> int:
    """Send each person what waits since before the last eight o'clock; return how many mails.

    Running it again sends nothing twice, and a run that was missed is made up by the next.
    """
    due = Message.objects.filter(mailing=Mailing.DIGEST, created_at__lt=last_digest_time(now))
    people = due.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()
    return _each(people, lambda person: _send_digest(person, now))


def last_digest_time(now: datetime) -> datetime:
    """Return the last eight o'clock in the morning, in the city."""
    local = timezone.localtime(now)
    today = local.replace(hour=DIGEST_AT.hour, minute=0, second=0, microsecond=0)
    return today if local >= today else today - timedelta(days=1)


@transaction.atomic
def _send_digest(person: int, now: datetime) -> bool:
    rows = list(
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .filter(recipient_id=person, mailing=Mailing.DIGEST, created_at__lt=last_digest_time(now))
        .order_by("topic", "created_at")
    )
    if not rows:
        return False
    reader, told = rows[0].recipient, Message.objects.filter(pk__in=[one.pk for one in rows])
    if not _can_be_mailed(reader):
        told.update(mailing=Mailing.UNWANTED)
        return False
    digest_of(rows).send()
    told.update(mailing=Mailing.SENT, mailed_at=timezone.now())
    return True


def _can_be_mailed(person: Any) -> bool:
    return bool(person.email and person.is_active)


def letter_of(notice: Message) -> EmailMultiAlternatives:
    """One message as a mail, plain and decorated, in the reader's language."""
    with override(notice.recipient.language):
        link = urljoin(settings.SITE_URL, reverse("notice", args=[notice.pk]))
        facts = {"notice": notice, "link": link, **_footer()}
        return _mail(
            notice.recipient.email,
            notice.subject,
            "kernel/mail/notice",
            facts,
            f"notice-{notice.pk}",
        )


def digest_of(notices: Sequence[Message]) -> EmailMultiAlternatives:
    """Several messages of one person as one mail, by topic."""
    reader = notices[0].recipient
    with override(reader.language):
        shown = notices[:MOST_IN_A_DIGEST]
        groups = [
            (topic_named(name).label, list(some))
            for name, some in itertools.groupby(shown, key=lambda one: one.topic)
        ]
        facts = {
            "groups": groups,
            "count": len(notices),
            "more": len(notices) - len(shown),
            "link": urljoin(settings.SITE_URL, reverse("notices")),
            "site": settings.SITE_URL,
            **_footer(),
        }
        subject = _("%(count)d 条消息的每日汇总") % {"count": len(notices)}
        return _mail(reader.email, subject, "kernel/mail/digest", facts, f"digest-{notices[-1].pk}")


def _footer() -> dict[str, str]:
    return {"preferences": urljoin(settings.SITE_URL, reverse("notice-preferences"))}


def _mail(
    address: str, subject: str, template: str, facts: dict[str, Any], name: str
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        # A question may hold line ends, a subject may not.
        subject=" ".join(subject.split()),
        body=render_to_string(f"{template}.txt", facts),
        to=[address],
        headers={"Message-ID": f"<{name}@{settings.MAIL_DOMAIN}>"},
    )
    message.attach_alternative(render_to_string(f"{template}.html", facts), "text/html")
    return message
