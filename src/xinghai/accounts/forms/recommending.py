"""The planning office's forms about 归口: who recommends whom, and who acts for a body."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.city import offered
from xinghai.accounts.forms.office import DayField, TermForm
from xinghai.accounts.models import User
from xinghai.accounts.selectors import organisation_named, person_named


class OrganisationField(forms.CharField):
    """A registered organisation, by its credit code or its full name."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        found = organisation_named(words)
        if found is None:
            raise forms.ValidationError(
                _("没有找到这个单位。请填平台上登记的统一社会信用代码或单位全称。")
            )
        return found


class RelationForm(forms.Form):
    recommender = OrganisationField(
        label=_("推荐单位"),
        max_length=100,
        help_text=_("统一社会信用代码或单位全称；单位须已在平台登记。"),
    )
    unit = OrganisationField(
        label=_("被推荐的单位"),
        max_length=100,
        required=False,
        help_text=_("只为一个单位设定时填写，优先于区市县的设定。"),
    )
    district = forms.ChoiceField(
        label=_("或被推荐的区市县"),
        choices=lambda: [("", _("（不按区市县）")), *offered("districts")],
        required=False,
    )
    from_on = DayField(label=_("从哪天起"))
    to_on = DayField(label=_("最后一天"), required=False, help_text=_("不填即没有期限。"))
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("规定这一归口关系的文件名称和文号。")
    )


class RecommenderForm(TermForm):
    username = forms.CharField(
        label=_("邮箱或手机号"), max_length=120, help_text=_("对方注册时用的账号。")
    )
    field_order = ("username", "begins_on", "last_day")

    def clean_username(self) -> User:
        found = person_named(self.cleaned_data["username"])
        if found is None:
            raise forms.ValidationError(_("没有这个账号，请先请对方注册。"))
        return found


class LastDayForm(forms.Form):
    last_day = DayField(label=_("最后一天"))
