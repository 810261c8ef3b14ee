"""The suggestions room: from a draft to the guide's pool."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, register

COUNTS = "xinghai.suggestions.selectors"


class SuggestionsConfig(AppConfig):
    name = "xinghai.suggestions"
    label = "suggestions"

    def ready(self) -> None:
        _register_applicants()
        _register_staff()


def _register_applicants() -> None:
    writes, fills = "suggestions.write", "suggestions.fill_part"
    register("applicant", Entry(_("我的建议"), "suggestions:home", "home", writes, order=10))
    register("applicant", Entry(_("合作填报"), "suggestions:parts", "users", fills, order=20))
    register("applicant", Entry(_("消息"), "notices", "bell", order=80))
    register("portal", Entry(_("我的建议"), "suggestions:home", "edit", writes, order=30))
    register("portal", Entry(_("核验回执"), "suggestions:verify", "shield-check", order=40))


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
