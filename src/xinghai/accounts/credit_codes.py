"""统一社会信用代码: shape and check digit (GB 32100-2015)."""

import unicodedata

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError


class BadCreditCode(ValueError):
    """The code is not a valid 统一社会信用代码; the message says what to look at."""


def clean_credit_code(typed: str) -> str:
    """Return the 18-character code for what a person typed (full width, spaces, lower case).

    Raises BadCreditCode with a remedy.
    """
    code = unicodedata.normalize("NFKC", typed).replace(" ", "").replace("-", "").upper()
    if len(code) != 18:
        raise BadCreditCode(
            _("统一社会信用代码应为 18 位，现在是 %(length)d 位。请对照营业执照或法人证书。")
            % {"length": len(code)}
        )
    try:
        uscc.validate(code)
    except InvalidChecksum:
        raise BadCreditCode(
            _("统一社会信用代码的校验位不对，通常是某一位输错了。请逐位对照证照。")
        ) from None
    except ValidationError:
        raise BadCreditCode(
            _("统一社会信用代码里有不允许的字符（不含字母 I、O、Z、S、V）。请对照证照。")
        ) from None
    return code
