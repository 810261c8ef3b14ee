"""The submissions room: what every process of the programme shares while people fill in."""

from dataclasses import replace

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from xinghai.accounts import signals
from xinghai.kernel import message_topics
from xinghai.kernel.message_topics import Mail, MessageTopic
from xinghai.kernel.navigation import Entry, register
from xinghai.submissions import subjects

COUNTS = "xinghai.submissions.selectors"
TOPICS = (
    MessageTopic(
        subjects.PROGRESS,
        _("办理进展"),
        _("您提交的被受理、退回或有了结果。"),
        "arrow-forward-up",
        permission="submissions.write",
    ),
    MessageTopic(
        subjects.PARTS,
        _("合作填报"),
        _("合作方的邀请、确认和变化。"),
        "users",
        permission="submissions.fill_part",
    ),
    MessageTopic(
        subjects.REVIEWS,
        _("本单位的填报"),
        _("等本单位审核的填报和它们的去向。"),
        "list-check",
        permission="submissions.review_for_unit",
    ),
    MessageTopic(
        subjects.RECOMMENDATIONS,
        _("归口推荐"),
        _("等您推荐的填报和它们的去向。"),
        "send",
        permission="submissions.recommend",
    ),
    MessageTopic(
        subjects.ARRIVALS,
        _("新到的填报"),
        _("交到本处或等待分派的填报和修改稿。"),
        "inbox",
        mail=Mail.DAILY,
        permission="casework.work_in_bureau",
    ),
    MessageTopic(
        subjects.COLLEAGUES,
        _("同事的交代和备注"),
        _("交给您办理的填报，和同事在您办过的填报下写的内部备注。"),
        "message",
        permission="casework.work_in_bureau",
    ),
    MessageTopic(
        subjects.REMINDERS,
        _("截止和逾期提醒"),
        _("截止前 7 天、3 天、1 天，以及放得过久时。"),
        "clock",
    ),
)


def follow_units() -> None:
    """Let records follow what becomes of their unit (`services.renewing`)."""
    renewing = "xinghai.submissions.services.renewing"
    signals.unit_merged.connect(import_string(f"{renewing}.pass_on_later"))
    signals.unit_changed.connect(import_string(f"{renewing}.renew_later"))


class SubmissionsConfig(AppConfig):
    name = "xinghai.submissions"
    label = "submissions"

    def ready(self) -> None:
        writes = "submissions.write"
        register("applicant", Entry(_("我的填报"), "submissions:home", "home", writes, order=10))
        register("portal", Entry(_("我的填报"), "submissions:home", "edit", writes, order=30))
        fills, reviews = "submissions.fill_part", "submissions.review_for_unit"
        register("applicant", Entry(_("合作填报"), "submissions:parts", "users", fills, order=20))
        register(
            "applicant",
            Entry(
                _("本单位的填报"),
                "submissions:unit",
                "list-check",
                reviews,
                order=30,
                count=f"{COUNTS}.waiting_for_units",
            ),
        )
        register(
            "applicant",
            Entry(
                _("归口推荐"),
                "submissions:recommending",
                "send",
                "submissions.recommend",
                order=35,
                count=f"{COUNTS}.waiting_for_bodies",
            ),
        )
        verify = Entry(_("核验回执"), "submissions:verify", "shield-check", order=40)
        register("portal", verify)
        register("services", replace(verify, order=30))
        register("unit", Entry(_("填报"), "submissions:unit", "list-check", reviews, order=30))
        follow_units()
        for topic in TOPICS:
            message_topics.register(topic)
