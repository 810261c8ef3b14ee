"""The decisions that are a suggestion's own, one class each."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import User
from xinghai.casework.decisions import MAIN, MINOR, Decision
from xinghai.casework.forms import ReasonForm
from xinghai.kernel.processes import Label
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.models import Submission
from xinghai.submissions.selectors import visible_to
from xinghai.suggestions import deciding
from xinghai.suggestions.forms import MergeForm, ReclassifyForm
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.selectors import merge_targets


class Accept(Decision):
    """采纳入库."""

    action, edges, key = "accept", ("accept",), "a"
    label, icon, emphasis = gettext_lazy("采纳入库"), "check", MAIN
    consequence = gettext_lazy("进入建议库，用于凝练指南。填报人会收到通知。这一步不能撤销。")
    is_final, is_for_many = True, True

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        deciding.accept(_suggestion(submission), by=by)


class Decline(Decision):
    """不采纳."""

    action, edges, key = "decline", ("decline",), "d"
    label, icon = gettext_lazy("不采纳"), "x"
    consequence = gettext_lazy("填报人会看到您写的理由。这一步不能撤销。")
    form, is_final, is_grave, is_for_many = ReasonForm, True, True, True

    @property
    def button(self) -> Label:
        return _("不采纳并告知理由")

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        deciding.decline(_suggestion(submission), by=by, reason=form.cleaned_data["reason"])


class Merge(Decision):
    """合并: into another suggestion of the same call."""

    action, edges, key = "merge", ("merge",), "m"
    label, icon, key_label = gettext_lazy("合并"), "git-merge", gettext_lazy("合并到另一条")
    consequence = gettext_lazy("两条建议都保留出处，合并后以目标那条为准。这一步不能撤销。")
    form, is_final, is_grave, takes_target = MergeForm, True, True, True

    @property
    def button(self) -> Label:
        return _("合并，不再单独办理")

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        chosen = form.cleaned_data
        target = chosen["target"]
        if not visible_to(by, self.process).filter(pk=target.pk).exists():
            raise Refused(_("您看不到编号是“%(number)s”的建议。") % {"number": target.number})
        deciding.merge_into(_suggestion(submission), target, by=by, reason=chosen["reason"])

    def targets(self, submission: Submission) -> Sequence[Submission]:
        return merge_targets(_suggestion(submission), "")

    def accepts_target(self, submission: Submission, target: Submission) -> bool:
        is_same_call = submission.call_id == target.call_id
        return is_same_call and target.state in deciding.MERGES_INTO

    def target_label(self, submission: Submission, target: Submission) -> str:
        return _("把 %(first)s 并入 %(second)s") % {
            "first": submission.number,
            "second": target.number,
        }


class Reclassify(Decision):
    """调整类型和领域: it moves nothing."""

    action = "reclassify"
    label, icon, emphasis = gettext_lazy("调整类型和领域"), "tags", MINOR
    consequence = gettext_lazy("填报人原来的选择会一直保留在旁边。")
    form, stays = ReclassifyForm, True

    @property
    def button(self) -> Label:
        return _("保存调整")

    def is_open_by(self, steps: Collection[str], submission: Submission, by: User) -> bool:
        return deciding.may_reclassify(_suggestion(submission), by)

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        chosen = form.cleaned_data
        deciding.reclassify(
            _suggestion(submission),
            chosen["category"],
            chosen["domain"],
            by=by,
            reason=chosen["reason"],
        )


class CarryOver(Decision):
    """结转下一年度."""

    action, edges, emphasis = "carry-over", ("carry_over",), MINOR
    label, icon = gettext_lazy("结转下一年度"), "calendar"
    consequence = gettext_lazy("保留到下一年度的建议库，本年度不再使用。这一步不能撤销。")
    is_final = True

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        deciding.carry_over(_suggestion(submission), by=by)


def _suggestion(submission: Submission) -> Suggestion:
    """Return the record as what it is; a worklist of suggestions holds nothing else."""
    if not isinstance(submission, Suggestion):
        raise TypeError(type(submission).__name__)
    return submission
