"""The system administrator's form: who works here, in which office, with which roles."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.kinds import BUREAU_ROLES, OFFICER_ROLES
from xinghai.accounts.models import Office
from xinghai.accounts.names import clean_name
from xinghai.accounts.separation import AppointmentRefused, check_roles
from xinghai.accounts.usernames import BadUsername, clean_username
from xinghai.kernel.clock import city_today


class DayField(forms.DateField):
    """A day, chosen from the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"})


class TermForm(forms.Form):
    """From which day, and until which: both days belong to the term."""

    begins_on = DayField(label=_("从哪天起"), required=False, help_text=_("不填即从现在起。"))
    last_day = DayField(
        label=_("最后一天"),
        required=False,
        help_text=_("不填即没有期限；当天夜里十二点结束。"),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        today = city_today()
        begins, last = facts.get("begins_on"), facts.get("last_day")
        if begins and begins < today:
            self.add_error("begins_on", _("不能早于今天：过去谁任什么职，不能事后更改。"))
        if last and last < (begins or today):
            self.add_error("last_day", _("不能早于开始的那天。"))
        return facts

    @property
    def term(self) -> dict[str, datetime | None]:
        """The term as moments: `begins_at` (None is now) and `ends_at` (None is without end)."""
        begins, last = self.cleaned_data["begins_on"], self.cleaned_data["last_day"]
        is_later = begins and begins > city_today()
        return {
            "begins_at": _midnight(begins) if is_later else None,
            "ends_at": _midnight(last + timedelta(days=1)) if last else None,
        }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class AppointmentForm(TermForm):
    roles = forms.MultipleChoiceField(
        label=_("角色"),
        choices=[(role.value, role.label) for role in BUREAU_ROLES],
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

    field_order: tuple[str, ...] = ("roles", "office", "begins_on", "last_day")

    @property
    def appointed(self) -> dict[str, Any]:
        """Return what the services are asked for: roles, office and term."""
        wanted = {name: self.cleaned_data[name] for name in ("roles", "office")}
        return {**wanted, **self.term}

    def clean_roles(self) -> list[str]:
        roles: list[str] = self.cleaned_data["roles"]
        try:
            check_roles(roles)
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
    field_order = ("username", "name", "roles", "office", "begins_on", "last_day")

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
