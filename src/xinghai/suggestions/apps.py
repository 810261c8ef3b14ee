"""The suggestions room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, register


class SuggestionsConfig(AppConfig):
    name = "xinghai.suggestions"
    label = "suggestions"

    def ready(self) -> None:
        writes, fills = "suggestions.write", "suggestions.fill_part"
        register("applicant", Entry(_("我的建议"), "suggestions:home", "home", writes, order=10))
        register("applicant", Entry(_("合作填报"), "suggestions:parts", "users", fills, order=20))
        register("applicant", Entry(_("消息"), "notices", "bell", order=80))
        register("portal", Entry(_("我的建议"), "suggestions:home", "edit", writes, order=30))
        register("portal", Entry(_("核验回执"), "suggestions:verify", "shield-check", order=40))
