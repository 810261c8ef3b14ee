"""The demonstration's calendar, and its running collection: dates relative to today."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from xinghai.calls.composing import Composition, compose, definition_path
from xinghai.calls.models import Call
from xinghai.calls.services import load_call

CITY = ZoneInfo("Asia/Shanghai")
RUNNING = "running"  # the tales call it so; its code is its year
OPENED_DAYS_AGO = 30
CLOSES_IN_DAYS = 12


def moment(when: date | int, hours: float = 0) -> datetime:
    """Return twenty past ten of a day, or of a day so many days ago, and `hours` later."""
    day = today() - timedelta(days=when) if isinstance(when, int) else when
    return datetime.combine(day, time(10, 20), CITY) + timedelta(hours=hours)


def today() -> date:
    return datetime.now(CITY).date()


def notice(code: str) -> Call:
    """Load a shipped notice as it is."""
    return load_call(compose(definition_path(code)), publish=True)


def running_collection() -> Call:
    """Load a collection open today: the 2024 notice with another year and other dates.

    So the demonstration always shows a deadline to come, whatever day it is tried.
    """
    return load_call(_with_new_dates(compose(definition_path("2024"))), publish=True)


def _with_new_dates(made: Composition) -> Composition:
    opened, closes = moment(OPENED_DAYS_AGO).date(), moment(-CLOSES_IN_DAYS).date()
    year = closes.year + 1
    collect, rolling = made.data["windows"]
    made.data |= {
        "code": str(year),
        "title": f"{year}年大连市科技计划项目申报指南建议征集（演示）",
        "title_en": f"Guide suggestions for Dalian's S&T programme {year} (demonstration)",
        "issued": opened.isoformat(),
        "plan_year": year,
        "previous": "2024",
        "summary": (
            "演示批次：类型、表格和分工沿用 2024 年通知，只改了年度和时间。"
            f"征集 {year} 年度科技计划的指南建议，由业务处室凝练成申报指南。"
        ),
        "summary_en": (
            "A demonstration: types, forms and offices are those of the 2024 notice with another"
            f" year and other dates. The city collects suggestions for its {year} programme."
        ),
        "windows": [
            collect
            | {
                "opens": f"{opened}T00:00:00",
                "closes": f"{closes}T23:59:59",
                "pool": str(year),
            },
            rolling | {"opens": f"{closes + timedelta(days=1)}T00:00:00", "pool": str(year + 1)},
        ],
    }
    return made
