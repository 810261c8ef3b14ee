"""What the public pages ask: which calls are open, which are over, what has been answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from xinghai.calls.models import Call, Question, Route, Window
from xinghai.calls.routing import Rule, rule_of
from xinghai.calls.selectors import definitions_of, open_calls, windows_at
from xinghai.calls.states import HAND_IN, PUBLISHED, REMEMBERED
from xinghai.calls.windows import end_of, find_window, windows_for
from xinghai.portal.notices import Definition, addressed, said, whom

# More notices than a city issues in forty years; beyond that the list of calls is the place.
MOST_CALLS = 200


@dataclass(frozen=True)
class FrontCall:
    """A call as a card: `window` is the open one, `opens_at` the next, `closed_at` the last."""

    call: Call
    window: Window | None
    ends_at: datetime | None
    opens_at: datetime | None
    closed_at: datetime | None
    summary: str = ""
    whom: str = ""


@dataclass(frozen=True)
class OpenNotice:
    """An open call with its definition."""

    call: Call
    window: Window
    definition: Definition
    remembered: list[Rule]


def front_calls(now: datetime, language: str) -> tuple[list[FrontCall], list[FrontCall]]:
    """Open calls, the nearest deadline first, and the others, newest first: two queries."""
    calls = Call.objects.published().prefetch_related("windows")[:MOST_CALLS]
    cards = [_card(call, now) for call in calls]
    opened = [card for card in cards if card.window]
    opened.sort(key=lambda card: (card.ends_at is None, card.ends_at or now))
    definitions = definitions_of([card.call for card in opened])
    told = [_with_words(card, definitions[card.call.pk], language) for card in opened]
    return told, [card for card in cards if not card.window]


def cards_of(calls: Iterable[Call], now: datetime) -> list[FrontCall]:
    """Cards of a page of calls, whose windows have been fetched with them."""
    return [_card(call, now) for call in calls]


def _card(call: Call, now: datetime) -> FrontCall:
    windows = windows_for(call.windows.all(), HAND_IN)
    window = find_window(windows, now)
    past = [one.closes_at for one in windows if one.closes_at and one.closes_at < now]
    coming = [one.opens_at for one in windows if one.opens_at > now]
    return FrontCall(
        call=call,
        window=window,
        ends_at=end_of(window) if window else None,
        opens_at=min(coming, default=None),
        closed_at=max(past, default=None),
    )


def _with_words(card: FrontCall, definition: Definition, language: str) -> FrontCall:
    return FrontCall(
        card.call,
        card.window,
        card.ends_at,
        card.opens_at,
        card.closed_at,
        said(definition, "summary", language),
        whom(addressed(definition)),
    )


def listed_calls(now: datetime, *, state: str = "", year: str = "") -> QuerySet[Call]:
    """Issued calls, newest first: `open`, `closed` or all; of a plan year or of all."""
    found: QuerySet[Call] = Call.objects.issued().prefetch_related("windows")
    is_open = Exists(windows_at(now).filter(call=OuterRef("pk"))) & Q(state=PUBLISHED)
    if state in ("open", "closed"):
        found = found.filter(is_open if state == "open" else ~is_open)
    return found.filter(plan_year=int(year)) if year else found


def plan_years() -> list[int]:
    rows = Call.objects.issued().order_by("-plan_year").values_list("plan_year", flat=True)
    return list(rows.distinct()[:50])


def open_notices(now: datetime) -> list[OpenNotice]:
    """Open calls with their definitions and what the triage has remembered: three queries."""
    calls = open_calls(now)
    definitions = definitions_of(calls)
    remembered: dict[int, list[Rule]] = {}
    rows = Route.objects.filter(call__in=calls, origin=REMEMBERED)
    for row in rows.select_related("category", "domain", "office", "proposed"):
        remembered.setdefault(row.call_id, []).append(rule_of(row))
    found = []
    for call in calls:
        window = find_window(call.windows.all(), now)
        if window is not None:
            rules = remembered.get(call.pk, [])
            found.append(OpenNotice(call, window, definitions[call.pk], rules))
    return found


def latest_answers(most: int) -> list[Question]:
    rows = Question.objects.public().select_related("call").order_by("-answered_at", "-pk")
    return list(rows[:most])
