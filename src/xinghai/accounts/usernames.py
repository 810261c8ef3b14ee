"""A user name is an e-mail address or a mobile number, written in one way only."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

_MOBILE = re.compile(r"1[3-9]\d{9}")


class BadUsername(ValueError):
    """Neither an e-mail address nor a mobile number; the message says which was meant."""


def clean_username(typed: str) -> str:
    """Return what is stored for what a person typed (full width, `+86 138-…`, capitals).

    Raises BadUsername with a remedy.
    """
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    if "@" in text:
        try:
            validate_email(text)
        except ValidationError:
            raise BadUsername(
                _("这个邮箱地址不完整，请检查“@”前后，例如 name@example.com。")
            ) from None
        return text
    return clean_mobile(text)


def clean_mobile(typed: str) -> str:
    """Return the eleven digits of a mobile number. Raises BadUsername."""
    text = unicodedata.normalize("NFKC", typed)
    digits = re.sub(r"^(\+|00)86", "", re.sub(r"[\s\-()]", "", text))
    if not _MOBILE.fullmatch(digits):
        raise BadUsername(_("请填写邮箱地址，或 11 位大陆手机号。"))
    return digits


def contact_of(username: str) -> dict[str, str]:
    """Return the contact the user name already is, so that it is not asked again."""
    return {"email": username} if "@" in username else {"mobile": username}
