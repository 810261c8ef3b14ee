"""What the front page asks: which calls are open, which are over, what fits whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Func, JSONField, Value

from xinghai.calls.models import Call, Window
from xinghai.calls.selectors import CallPage, visible_calls
from xinghai.calls.windows import end_of, find_window
from xinghai.kernel.hashing import content_hash
from xinghai.portal.notices import Definition, Type, said, types_of

MOST_CALLS = 50


_kept: dict[str, Definition] = {}


class WithoutForms(Func):
    """The definition without its forms, which are nine tenths of it."""

    template = "(%(expressions)s::text)"
    arg_joiner = " - "
    output_field = JSONField()


@dataclass(frozen=True)
class FrontCall:
    """A call on the front page; `window` is the open one."""

    call: Call
    title: str
    summary: str
    window: Window | None
    ends_at: datetime | None
    closed_at: datetime | None
    fitting: list[Type]


def read_call(code: str, *, now: datetime, user: Any) -> CallPage | None:
    """Call and windows in two queries, without its long definition; None for a stranger to it."""
    call = visible_calls(user).filter(code=code).first()
    if call is None:
        return None
    windows = list(call.windows.all())
    return CallPage(call, windows, find_window(windows, now))


def definition_of(call: Call) -> Definition:
    """The call's definition, read once per process: its hash names its content."""
    kept = _kept.get(call.definition_hash)
    if kept is not None:
        return kept
    read = call.definition
    if content_hash(read) == call.definition_hash:
        _kept[call.definition_hash] = read
    return read


def front_calls(now: datetime, language: str, kind: str = "") -> list[FrontCall]:
    """Published calls, newest first, in two queries; with `kind` the types that fit it."""
    facts = WithoutForms(F("definition_row__content"), Value("forms"))
    found = Call.objects.published().annotate(facts=facts)
    calls: Iterable[Any] = found.prefetch_related("windows")[:MOST_CALLS]
    return [_front(call, call.facts, now, language, kind) for call in calls]


def _front(call: Call, facts: dict[str, Any], now: datetime, language: str, kind: str) -> FrontCall:
    windows = list(call.windows.all())
    past = [one.closes_at for one in windows if one.closes_at and one.closes_at < now]
    window = find_window(windows, now)
    return FrontCall(
        call=call,
        title=said(facts, "title", language),
        summary=said(facts, "summary", language),
        window=window,
        ends_at=end_of(window) if window else None,
        closed_at=max(past, default=None),
        fitting=[one for one in types_of(facts, language, kind) if one.fits] if kind else [],
    )
