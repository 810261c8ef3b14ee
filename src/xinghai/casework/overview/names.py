"""The words of a figure's groups, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from xinghai.accounts.kinds import OrganisationKind
from xinghai.kernel.humanize import localized_column

KINDS = {str(value): label for value, label in OrganisationKind.choices}


def group_name(dimension: str, row: Mapping[str, Any], side: str = "") -> str:
    """What a group is called; nothing chosen has a word of its own."""
    key = row[f"{side}key"]
    if key is None or key == "":
        return _("还没有处室") if dimension == "office" else _("未填写")
    if dimension == "kind":
        return str(KINDS.get(str(key), key))
    return localized_column(row, f"{side}name")


def percent(part: float, whole: float) -> str:
    return f"{round(100 * part / whole)} %" if whole else "—"


def days_words(days: float | None) -> str:
    """Median days as people say them; a median of a few hours is less than a day."""
    if days is None:
        return "—"
    if days < 1:
        return _("不到 1 天")
    shown = f"{days:.1f}".removesuffix(".0") if days < 10 else f"{days:.0f}"
    return _("%(days)s 天") % {"days": shown}
