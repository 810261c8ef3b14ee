"""Forms of the standard decisions: what an office says when it decides.

Every form of a decision is made for the records it is about: one, or all that were chosen.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import Office, User
from xinghai.calls.models import CallOffice
from xinghai.calls.selectors import offices_of
from xinghai.casework.selectors import colleagues_of
from xinghai.kernel.humanize import localized
from xinghai.submissions import forms as shared
from xinghai.submissions.filters import LATEST_DAY
from xinghai.submissions.models import Submission


class NamedChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row of a list, named in the language of the page."""

    def label_from_instance(self, obj: object) -> str:
        return localized(obj)


class DecisionForm(forms.Form):
    """What one decision asks, about the given records."""

    def __init__(self, *args: Any, submissions: Sequence[Submission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submissions = submissions

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Set which rows a field of choices offers."""
        self.fields[name].queryset = rows  # type: ignore[attr-defined]


class ReasonForm(DecisionForm, shared.ReasonForm):
    """A decision the author will read the reason of."""


class ReturnForm(DecisionForm, shared.UnitReturnForm):
    """Back to the author: a reason, a date, and remarks on fields."""

    due_on = forms.DateField(
        label=_("请在这一天前改好"),
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MaxValueValidator(LATEST_DAY, _("这一天太远了，请改一个日期。"))],
    )


class HandOverForm(ReasonForm):
    """To another office: one that the call of every record lists."""

    office = NamedChoiceField(Office.objects.none(), label=_("移交给"), empty_label=_("请选择处室"))
    field_order = ("office", "reason")

    def __init__(self, *args: Any, submissions: Sequence[Submission], **kwargs: Any) -> None:
        super().__init__(*args, submissions=submissions, **kwargs)
        offices = Office.objects.exclude(pk__in={one.office_id for one in submissions})
        for call in {one.call_id for one in submissions}:
            listed = CallOffice.objects.filter(call_id=call).values("office_id")
            offices = offices.filter(pk__in=listed)
        self.offer("office", offices)


class GiveForm(DecisionForm):
    """To a colleague of the office, or to nobody again."""

    handler = forms.ModelChoiceField(
        User.objects.none(), label=_("交给"), empty_label=_("不指定经办人"), required=False
    )

    def __init__(self, *args: Any, submissions: Sequence[Submission], **kwargs: Any) -> None:
        super().__init__(*args, submissions=submissions, **kwargs)
        self.offer("handler", colleagues_of(submissions[0].office))


class AssignForm(DecisionForm):
    """Planning's decision for what no rule covers."""

    office = forms.ModelChoiceField(Office.objects.none(), to_field_name="code")
    remember = forms.BooleanField(required=False)

    def __init__(self, *args: Any, submissions: Sequence[Submission], **kwargs: Any) -> None:
        super().__init__(*args, submissions=submissions, **kwargs)
        self.offer("office", offices_of(submissions[0].call))
