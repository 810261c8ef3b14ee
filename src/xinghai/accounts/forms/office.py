"""The system administrator's form: who works here, in which office, with which roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.kinds import OFFICER_ROLES, Role
from xinghai.accounts.models import Office, User
from xinghai.accounts.names import clean_name
from xinghai.accounts.services import AppointmentRefused, check_separation
from xinghai.accounts.usernames import BadUsername, clean_username


class AppointmentForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("角色"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("系统管理员、审计管理员不能兼任业务角色。"),
    )
    office = forms.ModelChoiceField(
        label=_("所在处室"),
        queryset=Office.objects.all(),
        required=False,
        empty_label=_("不属于业务处室"),
        help_text=_("经办和处室负责人必须选。"),
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:
            self.initial = {"roles": person.roles, "office": person.office_id}

    def clean_roles(self) -> list[str]:
        roles: list[str] = self.cleaned_data["roles"]
        try:
            check_separation(roles)
        except AppointmentRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return roles

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if set(OFFICER_ROLES) & set(facts.get("roles", ())) and not facts["office"]:
            self.add_error("office", _("处室经办和处室负责人必须选定所在处室。"))
        return facts


class NewStaffForm(AppointmentForm):
    username = forms.CharField(label=_("邮箱或手机号"), max_length=120)
    name = forms.CharField(label=_("姓名"), max_length=30)
    field_order = ("username", "name", "roles", "office")

    def clean_username(self) -> str:
        try:
            return clean_username(self.cleaned_data["username"])
        except BadUsername as bad:
            raise forms.ValidationError(str(bad)) from bad

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("请填写姓名。"))
        return name
