"""Working days come from the entered calendar, and say when it is not official."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from xinghai.kernel.models import CalendarDay, CalendarYear
from xinghai.kernel.workdays import add_working_days, is_working_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped_calendar() -> None:
    """A browser test's flush may have emptied what the migration filled."""
    import_module("xinghai.kernel.migrations.0002_calendar").fill(apps, None)


def test_the_shipped_calendar_knows_the_spring_festival_of_2024() -> None:
    assert not is_working_day(date(2024, 2, 12))
    assert is_working_day(date(2024, 2, 18)), "a Sunday worked instead"


def test_the_first_day_is_not_counted_and_holidays_are_stepped_over() -> None:
    reached = add_working_days(date(2024, 2, 8), 3)
    assert (reached.date, reached.is_provisional) == (date(2024, 2, 19), False)


def test_a_year_nobody_has_entered_is_provisional() -> None:
    reached = add_working_days(date(2035, 1, 1), 1)
    assert (reached.date, reached.is_provisional) == (date(2035, 1, 2), True)


def test_an_entered_day_decides() -> None:
    CalendarDay.objects.create(date=date(2035, 1, 2), is_working=False, source="演示")
    CalendarYear.objects.create(year=2035, is_provisional=False, source="演示")
    reached = add_working_days(date(2035, 1, 1), 1)
    assert (reached.date, reached.is_provisional) == (date(2035, 1, 3), False)


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2024, 2, 8), -1)
