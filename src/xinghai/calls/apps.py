"""The calls room: notices as data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.calls.states import QUESTIONS
from xinghai.kernel import message_topics
from xinghai.kernel.navigation import Entry, register
from xinghai.kernel.turns import register_turns

ABOUT_QUESTIONS = message_topics.MessageTopic(
    QUESTIONS, _("提问和答复"), _("向处室提的问题，和处室的答复。"), "message"
)


class CallsConfig(AppConfig):
    name = "xinghai.calls"
    label = "calls"
    verbose_name = _("征集批次")

    def ready(self) -> None:
        register_turns("xinghai.calls.selectors.next_turn")
        message_topics.register(ABOUT_QUESTIONS)
        register(
            "staff",
            Entry(_("征集批次"), "calls:office-calls", "calendar", "calls.publish_call", order=60),
        )
        register(
            "staff",
            Entry(
                _("咨询答复"),
                "calls:desk-questions",
                "message",
                "calls.read_questions",
                order=45,
                count="xinghai.calls.questions.waiting_questions",
            ),
        )
