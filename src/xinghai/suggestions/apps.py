"""The suggestions room: guide suggestions, and the groups their guides are condensed from."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.casework.navigation import register_worklist
from xinghai.kernel.navigation import Entry, register
from xinghai.submissions import process
from xinghai.suggestions.process import SUGGESTIONS


class SuggestionsConfig(AppConfig):
    name = "xinghai.suggestions"
    label = "suggestions"

    def ready(self) -> None:
        process.register(SUGGESTIONS)
        register_worklist(SUGGESTIONS)
        works = "suggestions.work_in_bureau"
        nouns = SUGGESTIONS.noun.many
        groups = "suggestions:office-groups"
        register("staff", Entry(_("分组"), groups, "stack-2", works, order=32, group=nouns))
