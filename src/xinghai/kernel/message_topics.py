"""What messages can be about; every room registers its topics in `apps.ready`.

A person chooses per topic how the mail comes. In the application a message always waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import rules
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from xinghai.kernel.navigation import Viewer


class Mail(TextChoices):
    """How the mail of a topic comes."""

    NOW = "now", _("立即")
    DAILY = "daily", _("每天汇总")
    NEVER = "never", _("不发邮件")


@dataclass(frozen=True)
class MessageTopic:
    """`about` says in one sentence which messages belong to it; `mail` holds until one chooses.

    `permission` names who gets such messages at all; "" is everybody.
    """

    name: str
    label: str | _StrPromise
    about: str | _StrPromise
    icon: str
    mail: Mail = Mail.NOW
    permission: str = ""


GENERAL = MessageTopic("general", _("其他"), _("不属于以上各类的消息。"), "bell")
_topics: dict[str, MessageTopic] = {}


def register(topic: MessageTopic) -> None:
    _topics[topic.name] = topic


def topic_named(name: str) -> MessageTopic:
    """The topic of a message; one that is no longer registered reads as the general one."""
    return _topics.get(name, GENERAL)


def topics_for(user: Viewer) -> list[MessageTopic]:
    """The topics this person can get messages of, in the order of registration."""
    return [
        topic
        for topic in _topics.values()
        if not topic.permission or rules.has_perm(topic.permission, user)
    ]
