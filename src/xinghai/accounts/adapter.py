"""How the sign-in library behaves in this house: where people land, its words, its secrets."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

# What the library reports, in our words; what is not here needs no saying.
SAID = {
    "account/messages/logged_out.txt": gettext_noop("您已退出登录。"),
    "account/messages/password_changed.txt": gettext_noop("密码已修改。"),
    "account/messages/password_set.txt": gettext_noop("密码已设置。"),
    "mfa/messages/totp_activated.txt": gettext_noop("身份验证器已启用。"),
    "mfa/messages/totp_deactivated.txt": gettext_noop("身份验证器已停用。"),
    "mfa/messages/recovery_codes_generated.txt": gettext_noop("新的恢复码已生成，旧的不再有效。"),
    "mfa/messages/webauthn_added.txt": gettext_noop("通行密钥已添加。"),
    "mfa/messages/webauthn_removed.txt": gettext_noop("通行密钥已移除。"),
}

WRONG_CODE = gettext_lazy("验证码不对。它每 30 秒换一次，请输入现在显示的。")


class Adapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "账号或密码不对。请检查大小写；忘记密码可以找回。"
        ),
        "too_many_login_attempts": gettext_lazy("输错的次数太多，请 15 分钟后再试，或找回密码。"),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": gettext_lazy("密码不对。"),
        "enter_current_password": gettext_lazy("现在的密码不对。"),
        "rate_limited": gettext_lazy("操作太频繁，请稍后再试。"),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The bureau's people go to their desk, everybody else to their own page."""
        return reverse("accounts:desk") if getattr(request.user, "is_staff", False) else "/my/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """In the demonstration whoever leaves wants to come back as somebody else."""
        return reverse("account_login") if settings.DEMO_SIGN_INS else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or _(SAID[message_template]) if message_template in SAID else message
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """One plain letter; it says which account it is about, for several may share a mailbox."""
        EmailMessage(
            subject=_("找回密码"),
            body=_(
                "有人请求为账号 %(username)s 设置新密码。请打开下面的链接设置：\n%(link)s\n\n"
                "如果不是您本人操作，请不要理会这封邮件，密码不会改变。\n"
            )
            % {"username": user.username, "link": context["password_reset_url"]},
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[email],
        ).send()


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database alone must not yield anybody's second factor."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """The platform's key encrypts; former keys, kept as fallbacks, still decrypt."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    salted = [hashlib.sha256(f"xinghai.second-factor:{key!s}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in salted])
