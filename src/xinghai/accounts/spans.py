"""Rows that hold for a time of days: `from_on` and `to_on`, both of which belong to it.

No first day means since before the platform knew of it, no last day means without end.
"""

from datetime import date
from typing import TypeVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

Row = TypeVar("Row", bound=models.Model)

DAYS = Func("from_on", "to_on", Value("[]"), function="daterange", output_field=DateRangeField())


class OfDaysQuerySet(models.QuerySet[Row]):
    def on(self, day: date) -> "OfDaysQuerySet[Row]":
        """Return those that hold on a day."""
        return self.between(day, day)

    def on_or_after(self, day: date) -> "OfDaysQuerySet[Row]":
        """Return those that hold on a day or will."""
        return self.between(day, None)

    def between(self, first: date, last: date | None) -> "OfDaysQuerySet[Row]":
        """Return those that hold on some day of a span; no last day means for good."""
        rows = self.filter(Q(to_on__isnull=True) | Q(to_on__gte=first))
        return rows if last is None else rows.filter(Q(from_on__isnull=True) | Q(from_on__lte=last))


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Return the constraint of a table whose rows hold for a time of days."""
    known = Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
    return models.CheckConstraint(condition=known, name=name)
