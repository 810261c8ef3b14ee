"""When a call takes suggestions, to the second. Pure functions; the caller brings the moment.

A closing second belongs to the window: 23:59:59 is still in time, and so is every fraction of
that second, because the notice names a day and a day ends when the next one begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)
COLLECT, ROLLING = "collect", "rolling"


@dataclass(frozen=True, slots=True)
class Span:
    """One window: `opens_at` and `closes_at` are aware; `pool` names the plan year it feeds."""

    kind: str
    opens_at: datetime
    closes_at: datetime | None
    pool: str
    name: str = ""
    name_en: str = ""

    def holds(self, moment: datetime) -> bool:
        if moment < self.opens_at:
            return False
        return self.closes_at is None or moment < self.closes_at + SECOND

    @property
    def ends_at(self) -> datetime | None:
        """The first moment that no longer belongs to the window."""
        return None if self.closes_at is None else self.closes_at + SECOND


class CallClosed(Exception):
    """No window holds the moment. `opens_at` is the next opening, `closed_at` the last closing."""

    def __init__(self, opens_at: datetime | None, closed_at: datetime | None) -> None:
        super().__init__(f"closed at {closed_at}, opens at {opens_at}")
        self.opens_at = opens_at
        self.closed_at = closed_at


def city_time(written: str) -> datetime:
    """A definition's local time, `2024-02-29T23:59:59`, as an aware moment of the city."""
    return datetime.fromisoformat(written).replace(tzinfo=CITY)


def window_at(windows: Iterable[Span], moment: datetime) -> Span | None:
    return next((window for window in windows if window.holds(moment)), None)


def open_window(windows: Iterable[Span], moment: datetime) -> Span:
    """The window that holds the moment. Raises CallClosed, saying when it opens or closed."""
    known = list(windows)
    found = window_at(known, moment)
    if found is None:
        coming = [window.opens_at for window in known if window.opens_at > moment]
        past = [one.closes_at for one in known if one.closes_at and one.closes_at < moment]
        raise CallClosed(min(coming, default=None), max(past, default=None))
    return found


def gaps(windows: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Neighbours that leave time between them."""
    ordered = sorted(windows, key=lambda one: one.opens_at)
    return [
        (first, second)
        for first, second in zip(ordered, ordered[1:], strict=False)
        if first.ends_at is not None and first.ends_at < second.opens_at
    ]


def overlaps(windows: Iterable[Span]) -> list[tuple[Span, Span]]:
    ordered = sorted(windows, key=lambda one: one.opens_at)
    return [
        (first, second)
        for first, second in zip(ordered, ordered[1:], strict=False)
        if first.ends_at is None or first.ends_at > second.opens_at
    ]
