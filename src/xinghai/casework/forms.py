"""Forms of the fixed screens: what an office says when it decides."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import Office, User
from xinghai.calls.models import CallOffice, Category, Domain
from xinghai.kernel.humanize import localized
from xinghai.submissions.models import Submission
from xinghai.submissions.services.remarks import LONGEST

REASON = 1_000


class Chosen(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row of a list, named in the language of the page."""

    def label_from_instance(self, obj: object) -> str:
        return localized(obj)


class ReasonForm(forms.Form):
    """A decision the author will read the reason of."""

    reason = forms.CharField(
        label=_("理由（填报人会看到）"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReturnForm(ReasonForm):
    """Back to the author: a reason, a date, and remarks on fields."""

    due_on = forms.DateField(
        label=_("请在这一天前改好"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission

    def remarks(self) -> dict[str, str]:
        """Return the remarks written beside fields, by field id; names begin with `on-`."""
        return {
            name.removeprefix("on-"): str(text)
            for name, text in self.data.items()
            if name.startswith("on-") and str(text).strip()
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if any(len(text) > LONGEST for text in self.remarks().values()):
            self.add_error(None, _("每条意见最多 500 字，请精简。"))
        return cleaned


class UnitReturnForm(ReturnForm):
    """The research office returns without a date of its own."""

    due_on = None  # type: ignore[assignment]


class HandOverForm(ReasonForm):
    """To another office of the same call."""

    office = Chosen(Office.objects.none(), label=_("移交给"), empty_label=_("请选择处室"))
    field_order = ("office", "reason")

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = submission.office_id or 0
        field = self.fields["office"]
        field.queryset = offices_of(submission).exclude(pk=own)  # type: ignore[attr-defined]


class HandOverManyForm(ReasonForm):
    """Several to another office: one that every one of their calls lists."""

    office = Chosen(Office.objects.none(), label=_("移交给"), empty_label=_("请选择处室"))
    field_order = ("office", "reason")

    def __init__(self, *args: Any, submissions: list[Submission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Office.objects.exclude(pk__in={one.office_id for one in submissions})
        for call in {one.call_id for one in submissions}:
            listed = CallOffice.objects.filter(call_id=call).values("office_id")
            offices = offices.filter(pk__in=listed)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    """To a colleague of the office, or to nobody again."""

    handler = forms.ModelChoiceField(
        User.objects.none(), label=_("交给"), empty_label=_("不指定经办人"), required=False
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = colleagues  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Into which submission; found by number."""

    target = forms.CharField(label=_("并入哪一条（编号）"), max_length=40)
    reason = forms.CharField(
        label=_("说明"),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission

    def clean_target(self) -> Submission:
        number = str(self.cleaned_data["target"]).strip()
        found = Submission.objects.filter(
            call_id=self.submission.call_id, number__iexact=number
        ).first()
        if found is None:
            raise forms.ValidationError(
                _("本批次没有编号是“%(number)s”的建议，请核对后再填。"),
                params={"number": number},
            )
        return found


class ReclassifyForm(forms.Form):
    """The office's own type and domain, beside the author's."""

    category = Chosen(Category.objects.none(), label=_("处室认定的类型"))
    domain = Chosen(Domain.objects.none(), label=_("处室认定的领域"), required=False)
    reason = forms.CharField(label=_("说明"), max_length=REASON, required=False)

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        call = submission.call
        category, domain = self.fields["category"], self.fields["domain"]
        category.queryset = call.categories.filter(is_accepting=True)  # type: ignore[attr-defined]
        domain.queryset = call.domains.filter(is_listed=True)  # type: ignore[attr-defined]
        category.initial = submission.assigned_category_id
        domain.initial = submission.assigned_domain_id


class AssignForm(forms.Form):
    """Planning's decision for what no rule covers."""

    office = forms.ModelChoiceField(Office.objects.none(), to_field_name="code")
    remember = forms.BooleanField(required=False)

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        field.queryset = offices_of(submission)  # type: ignore[attr-defined]


def offices_of(submission: Submission) -> Any:
    """Return the offices the call lists."""
    return Office.objects.filter(pk__in=submission.call.offices.values("office_id"))
