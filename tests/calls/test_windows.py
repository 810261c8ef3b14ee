"""When a call is open, to the second, in the city's time; the moments come from the database."""

from datetime import UTC, datetime

import pytest

from tests.calls.notices import notice
from xinghai.calls.choosing import spans_of
from xinghai.calls.windows import (
    CallClosed,
    Span,
    city_time,
    find_window,
    gaps,
    overlaps,
    window_at,
)

SPANS_2024 = spans_of(notice("2024").data)
SPANS_2022 = spans_of(notice("2022-1").data)


@pytest.mark.parametrize(
    ("moment", "kind", "pool"),
    [
        ("2024-01-30T23:59:59", None, None),
        ("2024-01-31T00:00:00", "collect", "2024"),
        ("2024-02-28T12:00:00", "collect", "2024"),
        ("2024-02-29T23:59:58", "collect", "2024"),
        ("2024-02-29T23:59:59", "collect", "2024"),
        ("2024-02-29T23:59:59.999999", "collect", "2024"),
        ("2024-03-01T00:00:00", "rolling", "2025"),
        ("2024-03-01T00:00:01", "rolling", "2025"),
        ("2026-01-01T00:00:00", "rolling", "2025"),
    ],
)
def test_2024_collects_and_then_rolls_without_a_gap(
    moment: str, kind: str | None, pool: str | None
) -> None:
    found = find_window(SPANS_2024, city_time(moment))
    assert (found and found.kind, found and found.pool) == (kind, pool)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2021-10-19T23:59:59", False),
        ("2021-10-20T00:00:00", True),
        ("2021-11-10T23:59:58", True),
        ("2021-11-10T23:59:59", True),
        ("2021-11-10T23:59:59.5", True),
        ("2021-11-11T00:00:00", False),
        ("2022-06-01T00:00:00", False),
    ],
)
def test_2022_was_open_in_2021_and_closed_for_good(moment: str, is_open: bool) -> None:
    assert (find_window(SPANS_2022, city_time(moment)) is not None) is is_open


def test_the_plan_year_is_not_the_year_of_the_window() -> None:
    definition = notice("2022-1").data
    assert definition["plan_year"] == 2022
    assert {span.opens_at.year for span in SPANS_2022} == {2021}


def test_the_city_s_midnight_is_16_o_clock_of_the_day_before_in_utc() -> None:
    last = datetime(2024, 2, 29, 15, 59, 59, tzinfo=UTC)
    first = datetime(2024, 2, 29, 16, 0, 0, tzinfo=UTC)
    assert [window_at(SPANS_2024, moment).kind for moment in (last, first)] == [
        "collect",
        "rolling",
    ]


def test_a_closed_call_says_when_it_opens_or_closed() -> None:
    with pytest.raises(CallClosed) as early:
        window_at(SPANS_2024, city_time("2024-01-01T00:00:00"))
    assert early.value.opens_at == city_time("2024-01-31T00:00:00")
    with pytest.raises(CallClosed) as late:
        window_at(SPANS_2022, city_time("2021-11-11T00:00:00"))
    assert late.value.closed_at == city_time("2021-11-10T23:59:59")
    assert "2021-11-10 23:59:59" in late.value.reason


def test_gaps_and_overlaps_are_found_to_the_second() -> None:
    first = Span("collect", city_time("2024-01-01T00:00:00"), city_time("2024-01-31T23:59:59"), "a")
    no_gap = Span("rolling", city_time("2024-02-01T00:00:00"), None, "b")
    gap = Span("rolling", city_time("2024-02-01T00:00:01"), None, "b")
    overlap = Span("rolling", city_time("2024-01-31T23:59:59"), None, "b")
    assert (gaps([no_gap, first]), overlaps([no_gap, first])) == ([], [])
    assert (gaps([first, gap]), overlaps([first, gap])) == ([(first, gap)], [])
    assert (gaps([first, overlap]), overlaps([first, overlap])) == ([], [(first, overlap)])
