"""The decisions that are a pilot entry's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import User
from xinghai.casework.decisions import MAIN, Decision
from xinghai.casework.forms import ReasonForm
from xinghai.casework.services.deciding import decide
from xinghai.submissions.models import Submission


class Admit(Decision):
    """立项."""

    action, edges, key = "admit", ("admit",), "a"
    label, icon, emphasis = _("立项"), "check", MAIN
    consequence = _("申报进入立项。填报人会收到通知。这一步不能撤销。")
    is_final, is_for_many = True, True

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        decide("admit", submission, by=by)


class Refuse(Decision):
    """不予立项."""

    action, edges, key = "refuse", ("refuse",), "d"
    label, icon = _("不予立项"), "x"
    consequence = _("填报人会看到您写的理由。这一步不能撤销。")
    form, is_final, is_for_many = ReasonForm, True, True

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        decide("refuse", submission, by=by, reason=form.cleaned_data["reason"])
