"""Suggestions (指南建议): what is theirs alone beside the shared record, and their groups."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from xinghai.calls.models import Window
from xinghai.kernel.processes import Phase
from xinghai.submissions.constraints import (
    standard_constraints,
    standard_indexes,
    standard_triggers,
)
from xinghai.submissions.models import Submission
from xinghai.suggestions.groupings import Grouping as Grouping
from xinghai.suggestions.groupings import Tie as Tie
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.states import MERGED, SUGGESTION


class Suggestion(Submission):
    """A guide suggestion: it enters a year's pool, is merged into another, or carried over."""

    trail_name = "suggestions.suggestion"
    process = SUGGESTIONS
    workflow = SUGGESTION
    shown_relations = ("merged_into",)

    is_rolling = models.BooleanField(default=False)
    pool_tag = models.CharField(max_length=20, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="absorbed"
    )

    class Meta:
        constraints = (
            *standard_constraints(SUGGESTION),
            models.CheckConstraint(
                condition=~Q(state=MERGED) | Q(merged_into__isnull=False),
                name="suggestion_merged_has_target",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="suggestion_not_into_itself"
            ),
        )
        indexes = standard_indexes(SUGGESTION)
        triggers = standard_triggers(SUGGESTIONS)

    def facts_on_receipt(self, window: Window | None) -> dict[str, Any]:
        return {
            "is_rolling": window is not None and window.is_rolling,
            "pool_tag": window.pool_tag if window is not None else "",
        }

    def page_facts(self) -> dict[str, Any]:
        """What was merged with it: number and title are shown, nothing more; and its pool."""
        absorbed: list[Any] = list(
            self.absorbed.only("number", "title", "merged_into").order_by("number")
        )
        marks = [_("常态化征集")] if self.is_rolling else []
        if self.pool_tag:
            marks.append(_("进入 %(pool)s 年建议库") % {"pool": self.pool_tag})
        related: list[tuple[str, list[Any]]] = (
            [(_("并入"), [self.merged_into])] if self.merged_into else []
        )
        if absorbed:
            related.append((_("已并入本条的"), absorbed))
        return {"absorbed": absorbed, "marks": marks, "related": related}

    def steps_ahead(self) -> list[str]:
        ahead = [] if self.phase == Phase.DECIDED else [_("处室答复：采纳、合并、退回修改或不采纳")]
        is_over = self.shown_state.final
        return ahead if is_over else [*ahead, _("凝练进指南并发布")]
