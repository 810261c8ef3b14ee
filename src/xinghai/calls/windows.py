"""When a call takes submissions, to the second. Pure functions; the caller brings the moment.

A closing second belongs to the window: 23:59:59 is still in time, and so is every fraction of
that second, because the notice names a day and a day ends when the next one begins.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from xinghai.calls.states import HAND_IN, RECOMMEND
from xinghai.kernel.refusals import Refusal

CITY = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)


class Opening(Protocol):
    """Anything that opens and closes: a span of a definition or a row of the table."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def purpose(self) -> str: ...


AnyOpening = TypeVar("AnyOpening", bound=Opening)


@dataclass(frozen=True, slots=True)
class Span:
    """One window of a definition: aware moments; `pool` names the plan year it feeds, `purpose`
    what may be done in it."""

    kind: str
    opens_at: datetime
    closes_at: datetime | None
    pool: str
    name: str = ""
    name_en: str = ""
    purpose: str = HAND_IN


class CallClosed(Refusal):
    """No window holds the moment. `opens_at` is the next opening, `closed_at` the last closing."""

    def __init__(
        self,
        opens_at: datetime | None,
        closed_at: datetime | None,
        reason: str = "",
        *,
        purpose: str = HAND_IN,
    ) -> None:
        self.opens_at = opens_at
        self.closed_at = closed_at
        super().__init__(reason or _REASONS[purpose](opens_at, closed_at))


class CallCancelled(CallClosed):
    """The call was called off, or is not published; its windows no longer count."""

    def __init__(self) -> None:
        super().__init__(None, None, _("这个批次已经取消，不再接收。您写的内容都会保留。"))


def _reason_of_authors(opens_at: datetime | None, closed_at: datetime | None) -> str:
    if opens_at is not None:
        return _("征集还没有开始，%(moment)s 起可以提交。") % {"moment": _written(opens_at)}
    if closed_at is not None:
        return _("征集已于 %(moment)s 截止。您写的内容都会保留，下一批次开始后可以复制使用。") % {
            "moment": _written(closed_at)
        }
    return _("这个批次没有开放征集的时间。")


def _reason_of_bodies(opens_at: datetime | None, closed_at: datetime | None) -> str:
    if opens_at is not None:
        return _("推荐还没有开始，%(moment)s 起可以推荐。") % {"moment": _written(opens_at)}
    if closed_at is not None:
        return _("推荐已于 %(moment)s 截止。") % {"moment": _written(closed_at)}
    return _("这个批次没有开放推荐的时间。")


_REASONS = {HAND_IN: _reason_of_authors, RECOMMEND: _reason_of_bodies}


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(CITY):%Y-%m-%d %H:%M:%S}"


def city_time(written: str) -> datetime:
    """A definition's local time, `2024-02-29T23:59:59`, as an aware moment of the city."""
    return datetime.fromisoformat(written).replace(tzinfo=CITY)


def end_of(window: Opening) -> datetime | None:
    """The first moment that no longer belongs to the window; None when it has no end."""
    return None if window.closes_at is None else window.closes_at + SECOND


def holds(window: Opening, moment: datetime) -> bool:
    end = end_of(window)
    return window.opens_at <= moment and (end is None or moment < end)


def windows_for(windows: Iterable[AnyOpening], purpose: str) -> list[AnyOpening]:
    """The windows that decide about a purpose.

    A call that sets no time for recommending leaves it to the windows of handing in.
    """
    known = list(windows)
    own = [one for one in known if one.purpose == purpose]
    return own or [one for one in known if one.purpose == HAND_IN]


def find_window(
    windows: Iterable[AnyOpening], moment: datetime, purpose: str = HAND_IN
) -> AnyOpening | None:
    decisive = windows_for(windows, purpose)
    return next((window for window in decisive if holds(window, moment)), None)


def window_at(
    windows: Iterable[AnyOpening], moment: datetime, purpose: str = HAND_IN
) -> AnyOpening:
    """The window that holds the moment. Raises CallClosed, saying when it opens or closed."""
    known = windows_for(windows, purpose)
    found = find_window(known, moment, purpose)
    if found is None:
        coming = [window.opens_at for window in known if window.opens_at > moment]
        past = [one.closes_at for one in known if one.closes_at and one.closes_at < moment]
        raise CallClosed(min(coming, default=None), max(past, default=None), purpose=purpose)
    return found


def last_end(windows: Iterable[Opening], purpose: str) -> datetime | None:
    """The last closing of the windows that decide about a purpose; None while one has no end."""
    closings = [one.closes_at for one in windows_for(windows, purpose)]
    known = [one for one in closings if one is not None]
    return max(known) if known and len(known) == len(closings) else None


def gaps(windows: Iterable[AnyOpening]) -> list[tuple[AnyOpening, AnyOpening]]:
    """Neighbours of one purpose that leave time between them."""
    return [
        (first, second)
        for first, second in _neighbours(windows)
        if (end := end_of(first)) is not None and end < second.opens_at
    ]


def overlaps(windows: Iterable[AnyOpening]) -> list[tuple[AnyOpening, AnyOpening]]:
    """Neighbours of one purpose that hold a moment together."""
    return [
        (first, second)
        for first, second in _neighbours(windows)
        if (end := end_of(first)) is None or end > second.opens_at
    ]


def _neighbours(windows: Iterable[AnyOpening]) -> list[tuple[AnyOpening, AnyOpening]]:
    ordered = sorted(windows, key=lambda one: (one.purpose, one.opens_at))
    pairs = itertools.pairwise(ordered)
    return [(first, second) for first, second in pairs if first.purpose == second.purpose]
