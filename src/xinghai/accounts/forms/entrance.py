"""Registering and signing in. The sign-in library's forms with our words on them."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import User
from xinghai.accounts.names import clean_name
from xinghai.accounts.usernames import BadUsername, clean_username, contact_of

USERNAME = _("邮箱或手机号")
CODE = _("验证码")
PASSWORD_HELP = _("至少 10 个字符，不能全是数字，不要与姓名或账号相近。")


def _say(form: forms.BaseForm, **labels: Any) -> None:
    """Put our labels on a foreign form; a label above the field makes placeholders noise."""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.help_text = labels.get(f"{name}_help", "")
        field.widget.attrs.pop("placeholder", None)


class SignUpForm(forms.Form):
    """A person's account: everything else is asked when it is needed."""

    username = forms.CharField(
        label=USERNAME,
        max_length=120,
        help_text=_("用它登录。填邮箱的，办理进展会发到邮箱，也可以自己找回密码。"),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    name = forms.CharField(
        label=_("姓名"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("密码"),
        help_text=PASSWORD_HELP,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

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

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if "password" in facts:
            username = facts.get("username", "")
            person = User(username=username, name=facts.get("name", ""), **contact_of(username))
            try:
                validate_password(facts["password"], person)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return facts

    def facts(self) -> dict[str, str]:
        """What `register_person` takes."""
        return {**self.cleaned_data, **contact_of(self.cleaned_data["username"])}


class SignInForm(account.LoginForm):
    """A person types the user name in any of the ways it can be written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login=USERNAME, password=_("密码"))

    def clean_login(self) -> str:
        typed = str(super().clean_login())
        try:
            return clean_username(typed)
        except BadUsername:
            return typed

    def user_credentials(self) -> dict[str, str]:
        """The user name alone: an address is a name here, never looked up as a mailbox."""
        return {
            "username": self.cleaned_data["login"],
            "password": self.cleaned_data.get("password", ""),
        }


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            oldpassword=_("现在的密码"),
            password1=_("新密码"),
            password1_help=PASSWORD_HELP,
            password2=_("再输一次新密码"),
        )


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            password1=_("新密码"),
            password1_help=PASSWORD_HELP,
            password2=_("再输一次新密码"),
        )


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email=_("注册时的邮箱"))


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            password1=_("新密码"),
            password1_help=PASSWORD_HELP,
            password2=_("再输一次新密码"),
        )


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=_("密码"))


def _expect_code(form: forms.BaseForm, help_text: Any) -> None:
    _say(form, code=CODE, code_help=help_text)
    form.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")


class SecondFactorForm(second_factor.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _expect_code(self, _("身份验证器里的 6 位数字；手机不在身边时，可填一个恢复码。"))


class SecondFactorAgainForm(second_factor.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _expect_code(self, _("身份验证器里的 6 位数字；手机不在身边时，可填一个恢复码。"))


def _remember_proof(user: Any, kind: str) -> None:
    """Setting a second factor up proves it: nobody is asked for the same code twice."""
    record_authentication(context.request, user, "mfa", type=kind)


class StartTotpForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _expect_code(self, _("扫码后，填入身份验证器显示的 6 位数字。"))

    def clean_code(self) -> str:
        code = str(super().clean_code())
        _remember_proof(self.user, "totp")
        return code


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            name=_("名称"),
            name_help=_("便于辨认，例如“办公室电脑”。"),
            passwordless=_("以后可以只用它登录，不输密码（设备须能识别指纹、面容或 PIN）"),
        )

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean()
        if not self.errors:
            _remember_proof(self.user, "webauthn")
        return facts


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, name=_("名称"))
