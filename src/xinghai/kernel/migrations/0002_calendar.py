"""Fill the calendar with the holidays the State Council has announced for 2021 to 2026."""

from datetime import date, timedelta

import chinese_calendar
from django.db import migrations

FIRST, LAST = 2021, 2026
SOURCE = "国务院办公厅节假日安排（chinesecalendar）"


def fill(apps, schema_editor):
    day_model = apps.get_model("kernel", "CalendarDay")
    year_model = apps.get_model("kernel", "CalendarYear")
    day, rows = date(FIRST, 1, 1), []
    while day.year <= LAST:
        is_holiday, name = chinese_calendar.get_holiday_detail(day)
        is_working = not is_holiday
        if is_working != (day.weekday() < 5):
            rows.append(day_model(date=day, is_working=is_working, name=name or "", source=SOURCE))
        day += timedelta(days=1)
    day_model.objects.bulk_create(rows, ignore_conflicts=True)
    year_model.objects.bulk_create(
        [
            year_model(year=year, is_provisional=False, source=SOURCE)
            for year in range(FIRST, LAST + 1)
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
