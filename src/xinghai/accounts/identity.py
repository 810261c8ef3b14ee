"""Identity documents: which kinds there are, and what a number of each looks like."""

import re

from babel import Locale
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.cn import ric
from stdnum.exceptions import ValidationError


class IdentityKind(TextChoices):
    """The documents by which a person applies (身份证件)."""

    RESIDENT = "resident", gettext_lazy("居民身份证")
    HONG_KONG_MACAO = "hong_kong_macao", gettext_lazy("港澳居民来往内地通行证或居住证")
    TAIWAN = "taiwan", gettext_lazy("台湾居民来往大陆通行证或居住证")
    PERMANENT = "permanent", gettext_lazy("外国人永久居留身份证")
    PASSPORT = "passport", gettext_lazy("护照")


class BadIdentity(Exception):
    """No document of this kind has this number; the message says what one looks like."""


# Residence permits of these places have eighteen digits that begin so (GB 11643 has the check).
_PERMITS = {IdentityKind.HONG_KONG_MACAO: ("81", "82"), IdentityKind.TAIWAN: ("83",)}
_SHAPES = {
    IdentityKind.HONG_KONG_MACAO: re.compile(r"[HM][0-9]{8}([0-9]{2})?"),
    IdentityKind.TAIWAN: re.compile(r"[0-9]{8}([0-9]{2})?"),
    IdentityKind.PERMANENT: re.compile(r"[A-Z]{3}[0-9]{12}"),
    IdentityKind.PASSPORT: re.compile(r"[A-Z0-9]{5,15}"),
}
_TERRITORY = re.compile(r"[A-Z]{2}")
# Groups, tests and what one of our languages has no name for.
_NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "CQ"}


def countries(language: str) -> list[tuple[str, str]]:
    """Return codes (ISO 3166-1 alpha-2) and names of the countries a passport can be of."""
    names = Locale.parse(language.replace("-", "_").replace("zh_hans", "zh_Hans")).territories
    found = [(code, name) for code, name in names.items() if _TERRITORY.fullmatch(code)]
    return sorted(((c, n) for c, n in found if c not in _NO_COUNTRIES), key=lambda one: one[1])


def clean_identity(kind: str, country: str, number: str) -> tuple[str, str]:
    """Return the country ("" but for a passport) and the number as they are compared.

    Raises BadIdentity.
    """
    number = re.sub(r"[\s\u3000\-－]", "", number).upper().replace("Ｘ", "X")
    chosen = IdentityKind(kind)
    if chosen == IdentityKind.PASSPORT and not _TERRITORY.fullmatch(country):
        raise BadIdentity(_("请选择护照的签发国家或地区。"))
    if not _fits(chosen, number):
        raise BadIdentity(_WORDS[chosen]())
    return (country if chosen == IdentityKind.PASSPORT else ""), number


def _fits(kind: IdentityKind, number: str) -> bool:
    if kind == IdentityKind.RESIDENT:
        return _is_checked(number) and number[0] not in "89"
    if kind in _PERMITS and len(number) == 18:
        return number.startswith(_PERMITS[kind]) and _has_check_digit(number)
    if kind == IdentityKind.PERMANENT and len(number) == 18:
        return number.startswith("9") and _has_check_digit(number)
    return _SHAPES[kind].fullmatch(number) is not None


def _is_checked(number: str) -> bool:
    """A place, a birthday and the check digit of GB 11643."""
    try:
        ric.validate(number)
    except ValidationError:
        return False
    return True


def _has_check_digit(number: str) -> bool:
    body = number[:17].isascii() and number[:17].isdigit()
    return body and ric.calc_check_digit(number) == number[17]


_WORDS = {
    IdentityKind.RESIDENT: lambda: _("居民身份证号应为 18 位，请核对：地区、生日或最后一位不符。"),
    IdentityKind.HONG_KONG_MACAO: lambda: _(
        "应为 H 或 M 加 8 位或 10 位数字，或 81、82 开头的 18 位居住证号。"
    ),
    IdentityKind.TAIWAN: lambda: _("应为 8 位或 10 位数字，或 83 开头的 18 位居住证号。"),
    IdentityKind.PERMANENT: lambda: _("应为 3 个字母加 12 位数字，或 9 开头的 18 位号码。"),
    IdentityKind.PASSPORT: lambda: _("护照号应为 5 到 15 位字母或数字。"),
}


def masked(number: str) -> str:
    """Return a number with its middle hidden: enough for its owner to know it again."""
    shown = 3 if len(number) >= 15 else 1
    return number[:shown] + "*" * (len(number) - shown - 2) + number[-2:]
