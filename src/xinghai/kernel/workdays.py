"""Working days from the calendar an administrator enters; a year not entered is provisional."""

from dataclasses import dataclass
from datetime import date, timedelta

from xinghai.kernel.models import CalendarDay, CalendarYear

SATURDAY = 5


@dataclass(frozen=True)
class WorkingDate:
    """A computed date; `is_provisional` when a year on the way has no official calendar."""

    date: date
    is_provisional: bool


def is_working_day(day: date) -> bool:
    """Return whether offices work on `day`: the entered exception, else Monday to Friday."""
    entered = CalendarDay.objects.filter(date=day).first()
    return entered.is_working if entered else day.weekday() < SATURDAY


def add_working_days(start: date, days: int) -> WorkingDate:
    """Return the date `days` working days after `start` (the start itself does not count).

    Source of the rule: 民法典 第201条 (the first day is not counted).
    """
    if days < 0:
        raise ValueError("working days are counted forwards")
    horizon = start + timedelta(days=days * 3 + 30)
    exceptions = {
        row.date: row.is_working for row in CalendarDay.objects.filter(date__range=(start, horizon))
    }
    current, left = start, days
    while left:
        current += timedelta(days=1)
        if exceptions.get(current, current.weekday() < SATURDAY):
            left -= 1
    official = set(CalendarYear.objects.filter(is_provisional=False).values_list("year", flat=True))
    years = range(start.year, current.year + 1)
    return WorkingDate(current, not official.issuperset(years))
