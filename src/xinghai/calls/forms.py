"""Forms of the questions: asking one, answering one."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import Office
from xinghai.calls.models import Call, Question
from xinghai.calls.selectors import offices_of
from xinghai.kernel.humanize import localized

MANY_LINES = re.compile(r"\n{3,}")
# Signs that turn the direction of writing, and other unseen ones, can make words lie.
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Words(forms.CharField):
    """Plain text: one kind of line end, no towers of empty lines, no unseen signs."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        clean: str = super().to_python(MANY_LINES.sub("\n\n", UNSEEN.sub("", text))) or ""
        return clean


class ListedOffice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An office of the call, in the language of the page."""

    def label_from_instance(self, obj: object) -> str:
        return localized(obj)


class AskForm(forms.Form):
    text = Words(
        label=_("您的问题"),
        help_text=_("最多 500 字。请不要写涉密内容和他人的个人信息。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    office = ListedOffice(
        label=_("问哪个处室"),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("不确定，由规划处转办"),
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices_of(call)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = Words(label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 7}))
    wording = Words(
        label=_("公开的问法"),
        help_text=_("公开时显示这段文字，不显示提问人。请删去姓名、电话、单位等。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_pinned = forms.BooleanField(label=_("很多人会问，放在最前"), required=False)


class PassOnForm(forms.Form):
    office = ListedOffice(label=_("转给哪个处室"), queryset=Office.objects.none())

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = offices_of(question.call).exclude(pk=question.office_id)
        self.fields["office"].queryset = others  # type: ignore[attr-defined]
