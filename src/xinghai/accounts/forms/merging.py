"""The form by which a unit becomes part of another one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.forms.recommending import OrganisationField


class MergeForm(forms.Form):
    into = OrganisationField(
        label=_("并入哪个单位"),
        max_length=100,
        help_text=_("统一社会信用代码或单位全称；那个单位须已通过核实。"),
    )
    reason = forms.CharField(
        label=_("依据"), max_length=500, help_text=_("批准合并的文件名称和文号，双方都会看到。")
    )
