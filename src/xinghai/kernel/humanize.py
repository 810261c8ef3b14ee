"""Moments, spans and amounts as people read them, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinghai.kernel.clock import note_end

if TYPE_CHECKING:
    from collections.abc import Mapping

A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A_WHILE = timedelta(days=30)


def moment_words(moment: datetime) -> str:
    """`2024年2月29日 23:59`, in Asia/Shanghai."""
    # Translators: date and time in Django's format letters (English: j M Y, H:i).
    return date_format(timezone.localtime(moment), _("Y年n月j日 H:i"))


def day_words(day: date) -> str:
    """`2024年2月29日`."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    # Translators: date in Django's format letters (English: j M Y).
    return date_format(day, _("Y年n月j日"))


def span_words(span: timedelta) -> str:
    """The two largest units of a span, without a zero: `3 天 4 小时`, `3 天`, `2 小时 5 分`."""
    minutes = int(span.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days and not hours:
        return _("%(days)s 天") % {"days": days}
    if days:
        return _("%(days)s 天 %(hours)s 小时") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)s 小时 %(minutes)s 分") % {"hours": hours, "minutes": minutes % 60}
    return _("%(minutes)s 分钟") % {"minutes": max(minutes, 1)}


def left_words(until: datetime, now: datetime) -> str:
    """`还有 3 天 4 小时`, or that the moment has passed."""
    if until <= now:
        return _("已截止")
    span = until - now
    note_end(until - _whole(span))
    return _("还有 %(span)s") % {"span": span_words(span)}


def _whole(span: timedelta) -> timedelta:
    """The part of a span its words name: whole hours of a day or more, else whole minutes."""
    return span - span % (AN_HOUR if span >= A_DAY else A_MINUTE)


def ago_words(moment: datetime, now: datetime) -> str:
    """`3 天前`, `2 小时 5 分前`; what is long ago says its day."""
    span = now - moment
    if span < A_MINUTE:
        note_end(moment + A_MINUTE)
        return _("刚刚")
    if span > A_WHILE:
        return day_words(moment)
    whole = timedelta(days=span.days) if span.days else span
    next_words = whole + A_DAY if span.days else _whole(span) + A_MINUTE
    note_end(moment + min(next_words, A_WHILE))
    return _("%(span)s前") % {"span": span_words(whole)}


def amount_words(amount: Decimal | str | float) -> str:
    """`1,200.5 万元` from an amount in 万元."""
    number = f"{Decimal(str(amount)).normalize():,f}"
    return _("%(number)s 万元") % {"number": number}


def size_words(size: int) -> str:
    """A file's size in KB or MB."""
    if size < 1024 * 1024:
        return f"{max(size // 1024, 1)} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def localized(thing: object, part: str = "name") -> str:
    """`part` of a row that carries its English beside it (`name`, `name_en`)."""
    chinese = str(getattr(thing, part, "") or "")
    if get_language() != "en":
        return chinese
    return str(getattr(thing, f"{part}_en", "") or chinese)


def localized_column(row: Mapping[str, Any], column: str) -> str:
    """The same of a row of values: `category__name`, with `category__name_en` beside it."""
    english = row.get(f"{column}_en") if get_language() == "en" else ""
    return str(english or row.get(column) or "")
