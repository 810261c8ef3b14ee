"""What an office says when it merges or reclassifies suggestions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinghai.calls.models import Category, Domain
from xinghai.casework.forms import DecisionForm, NamedChoiceField
from xinghai.submissions.forms import REASON
from xinghai.submissions.models import Submission
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.selectors import merge_targets


class MergeForm(DecisionForm):
    """Into which suggestion: one of those offered, or another one by its number."""

    picked = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    target = forms.CharField(label=_("或者填另一条的编号"), max_length=40, required=False)
    reason = forms.CharField(
        label=_("说明"),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, submissions: Sequence[Submission], **kwargs: Any) -> None:
        super().__init__(*args, submissions=submissions, **kwargs)
        one: Any = submissions[0]
        if not merge_targets(one, ""):
            self.fields["target"].label = _("并入哪一条（编号）")
            self.fields["target"].required = True

    def clean_target(self) -> Suggestion:
        typed = str(self.cleaned_data["target"]).strip()
        number = typed or str(self.cleaned_data.get("picked", "")).strip()
        if not number:
            raise forms.ValidationError(_("请选一条，或者填它的编号。"))
        same_call = Suggestion.objects.filter(call_id=self.submissions[0].call_id)
        found: Any = same_call.filter(number__iexact=number).first()
        if found is None:
            raise forms.ValidationError(
                _("本批次没有编号是“%(number)s”的建议，请核对后再填。"),
                params={"number": number},
            )
        target: Suggestion = found
        return target


class ReclassifyForm(DecisionForm):
    """The office's own type and domain, beside the author's."""

    category = NamedChoiceField(Category.objects.none(), label=_("处室认定的类型"))
    domain = NamedChoiceField(Domain.objects.none(), label=_("处室认定的领域"), required=False)
    reason = forms.CharField(label=_("说明"), max_length=REASON, required=False)

    def __init__(self, *args: Any, submissions: Sequence[Submission], **kwargs: Any) -> None:
        super().__init__(*args, submissions=submissions, **kwargs)
        one = submissions[0]
        self.offer("category", one.call.categories.filter(is_accepting=True))
        self.offer("domain", one.call.domains.filter(is_listed=True))
        self.fields["category"].initial = one.assigned_category_id
        self.fields["domain"].initial = one.assigned_domain_id
