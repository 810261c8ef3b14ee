"""The suggestions room: from a draft to the guide's pool."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel import message_topics
from xinghai.kernel.message_topics import Mail, MessageTopic
from xinghai.kernel.navigation import Entry, SearchField, register, register_search_field
from xinghai.suggestions import subjects

COUNTS = "xinghai.suggestions.selectors"
TOPICS = (
    MessageTopic(
        subjects.PROGRESS,
        _("办理进展"),
        _("您的建议被受理、退回、采纳或合并。"),
        "arrow-forward-up",
        permission="suggestions.write",
    ),
    MessageTopic(
        subjects.PARTS,
        _("合作填报"),
        _("合作方的邀请、确认和变化。"),
        "users",
        permission="suggestions.fill_part",
    ),
    MessageTopic(
        subjects.REVIEWS,
        _("本单位的建议"),
        _("等本单位审核的建议和它们的去向。"),
        "list-check",
        permission="suggestions.review_for_unit",
    ),
    MessageTopic(
        subjects.ARRIVALS,
        _("新到的建议"),
        _("交到本处或等待分派的建议和修改稿。"),
        "inbox",
        mail=Mail.DAILY,
        permission="suggestions.work_in_bureau",
    ),
    MessageTopic(
        subjects.COLLEAGUES,
        _("同事的交代和备注"),
        _("交给您办理的建议，和同事在您办过的建议下写的内部备注。"),
        "message",
        permission="suggestions.work_in_bureau",
    ),
    MessageTopic(
        subjects.REMINDERS,
        _("截止和逾期提醒"),
        _("截止前 7 天、3 天、1 天，以及放得过久时。"),
        "clock",
    ),
)


class SuggestionsConfig(AppConfig):
    name = "xinghai.suggestions"
    label = "suggestions"

    def ready(self) -> None:
        _register_applicants()
        _register_staff()
        _register_heads()
        for topic in TOPICS:
            message_topics.register(topic)


def _register_applicants() -> None:
    writes, fills = "suggestions.write", "suggestions.fill_part"
    register("applicant", Entry(_("我的建议"), "suggestions:home", "home", writes, order=10))
    register("applicant", Entry(_("合作填报"), "suggestions:parts", "users", fills, order=20))
    register("portal", Entry(_("我的建议"), "suggestions:home", "edit", writes, order=30))
    register("portal", Entry(_("核验回执"), "suggestions:verify", "shield-check", order=40))
    register("services", Entry(_("核验回执"), "suggestions:verify", "shield-check", order=30))
    register("unit", Entry(_("建议"), "suggestions:unit-papers", "list-check", order=30))


def _register_staff() -> None:
    receives, oversees = "suggestions.work_in_office", "suggestions.oversee"
    entries = (
        Entry(
            _("收件箱"),
            "suggestions:office-inbox",
            "inbox",
            receives,
            order=10,
            count=f"{COUNTS}.waiting_in_office",
        ),
        Entry(
            _("待分派"),
            "suggestions:office-triage",
            "route",
            oversees,
            order=20,
            count=f"{COUNTS}.waiting_in_triage",
        ),
        Entry(
            _("全部建议"),
            "suggestions:office-everything",
            "list",
            "suggestions.work_in_bureau",
            order=30,
        ),
    )
    for entry in entries:
        register("staff", entry)
    register(
        "applicant",
        Entry(
            _("本单位的建议"),
            "suggestions:unit-papers",
            "list-check",
            "suggestions.review_for_unit",
            order=30,
            count=f"{COUNTS}.waiting_for_units",
        ),
    )


def _register_heads() -> None:
    heads, sees = "suggestions.see_load", "suggestions.see_overview"
    register("staff", Entry(_("总览"), "suggestions:office-overview", "eye", sees, order=5))
    register("staff", Entry(_("办理情况"), "suggestions:office-load", "chart-bar", heads, order=15))
    works = "suggestions.work_in_bureau"
    register_search_field(
        SearchField(
            label=_("查找建议"),
            placeholder=_("查找建议：文字、编号或单位"),
            offers_label=_("找到的建议"),
            url_name="suggestions:office-everything",
            offers_url_name="suggestions:office-find",
            permission=works,
        )
    )
    register("staff", Entry(_("分组"), "suggestions:office-groups", "stack-2", works, order=32))
