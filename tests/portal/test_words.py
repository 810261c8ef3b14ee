"""Moments, spans and amounts read as people write them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from xinghai.kernel import humanize
from xinghai.kernel.templatetags import look

LAST_SECOND = datetime(2024, 2, 29, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "left"),
    [
        ("zh-hans", "2024年2月29日 23:59", "还有 3 天 4 小时"),
        ("en", "29 Feb 2024, 23:59", "3 d 4 h left"),
    ],
)
def test_a_deadline_is_said_in_the_time_of_the_city(language: str, moment: str, left: str) -> None:
    now = LAST_SECOND - timedelta(days=3, hours=4, minutes=5)
    with override(language):
        assert humanize.moment_words(LAST_SECOND) == moment
        assert humanize.left_words(LAST_SECOND, now) == left


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(days=3), "3 天"),
        (timedelta(hours=2, minutes=5), "2 小时 5 分"),
        (timedelta(minutes=59, seconds=59), "59 分钟"),
        (timedelta(seconds=3), "1 分钟"),
    ],
)
def test_a_span_names_its_two_largest_units(span: timedelta, said: str) -> None:
    with override("zh-hans"):
        assert humanize.span_words(span) == said


def test_the_deadline_itself_is_past() -> None:
    with override("zh-hans"):
        assert humanize.left_words(LAST_SECOND, LAST_SECOND) == "已截止"


@pytest.mark.parametrize(
    ("amount", "said"),
    [("200", "200 万元"), ("1200.50", "1,200.5 万元"), (Decimal("0.01"), "0.01 万元")],
)
def test_an_amount_keeps_every_digit_that_counts(amount: str | Decimal, said: str) -> None:
    with override("zh-hans"):
        assert humanize.amount_words(amount) == said
        assert look.amount(amount) == said
    assert look.amount(None) == ""
