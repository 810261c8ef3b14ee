"""How the sign-in library behaves in this house: where people land, and its words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("账号或密码不对。请检查大小写；忘记密码可以找回。"),
        "too_many_login_attempts": _("输错的次数太多，请 15 分钟后再试，或找回密码。"),
        "incorrect_code": _("验证码不对。它每 30 秒换一次，请输入现在显示的。"),
        "incorrect_password": _("密码不对。"),
        "enter_current_password": _("现在的密码不对。"),
        "rate_limited": _("操作太频繁，请稍后再试。"),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The bureau's people go to their desk, everybody else to their own page."""
        wanted = "/office/" if getattr(request.user, "is_staff", False) else "/my/"
        try:
            resolve(wanted)
        except Resolver404:
            return reverse("accounts:profile")
        return wanted

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")
