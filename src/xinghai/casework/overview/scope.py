"""What the overview is asked about: a call, a span of days, and what stands beside what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import DateTimeField
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.http import urlencode

from xinghai.accounts.models import User
from xinghai.calls.models import Call, Window
from xinghai.calls.states import COLLECT, HAND_IN
from xinghai.calls.windows import find_window, windows_for
from xinghai.casework import aggregates as figures
from xinghai.casework.selectors import received
from xinghai.casework.worklists import Worklist, worklist_of
from xinghai.kernel.clock import shifted
from xinghai.kernel.processes import Phase
from xinghai.submissions.filters import ALL, ListContext, read_day
from xinghai.submissions.models import SubmissionQuerySet
from xinghai.submissions.process import Process

MOST_CALLS = 30
CROSSED = ("category", "domain", "office", "district")


def rows_url(process: Process, **words: Any) -> str:
    """The address of exactly the rows a number counts: the words are those of the lists."""
    chosen = {name: word for name, word in words.items() if word not in ("", None, False)}
    return f"{process.address('office-all')}?{urlencode({'tab': ALL, **chosen})}"


@dataclass(frozen=True)
class Scope:
    """One call and perhaps a span of days; every figure of the page stands in it."""

    process: Process
    call: Call
    calls: Sequence[Call]
    now: datetime
    since: date | None = None
    until: date | None = None
    down: str = "category"
    across: str = "domain"
    windows: Sequence[Window] = field(default_factory=list)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def words(self) -> dict[str, str]:
        """The scope as the lists' address has it."""
        days = {"from": self.since, "to": self.until}
        chosen = {name: day.isoformat() for name, day in days.items() if day}
        return {"call": self.call.code, **chosen}

    def url(self, **words: Any) -> str:
        return rows_url(self.process, **{**self.words, **words})

    def states_url(self, *phases: Phase) -> str:
        """The address of the rows of these phases."""
        return self.url(state=",".join(self.process.states(*phases)))

    def rows(self, user: User) -> SubmissionQuerySet:
        """What has been received in this scope, as the list of everything would show it."""
        criteria = self.worklist.filter_set.read(self.words, tab=ALL)
        rows = received(user, self.process)
        return criteria.narrow(ListContext(reader=user, now=self.now, rows=rows))

    @property
    def worklist(self) -> Worklist:
        return worklist_of(self.process)

    @property
    def nouns(self) -> dict[str, str]:
        """What the records are called, for sentences."""
        return {"nouns": str(self.process.noun.many)}

    @property
    def opening(self) -> date | None:
        """The day collecting began."""
        return min((timezone.localdate(one.opens_at) for one in self.windows), default=None)

    @property
    def closes_at(self) -> datetime | None:
        """The end of the collecting that runs, comes next, or was last; rolling has none."""
        ends = [one.closes_at for one in self.windows if one.kind == COLLECT and one.closes_at]
        ahead = [end for end in ends if end > self.now]
        return min(ahead, default=max(ends, default=None))

    @property
    def is_before_deadline(self) -> bool:
        return self.closes_at is not None and self.now <= self.closes_at

    @property
    def previous(self) -> Call | None:
        """The call before this one, to compare with."""
        earlier = [one for one in self.calls if one.issued_on < self.call.issued_on]
        return max(earlier, key=lambda one: one.issued_on, default=None)


def read_scope(process: Process, words: Mapping[str, Any]) -> Scope | None:
    """Read the address in two queries, the clock among them; None while no call has been issued."""
    issued = Call.objects.issued().filter(kind=process.key).prefetch_related("windows")
    dated = issued.annotate(asked_at=Now(output_field=DateTimeField()))
    calls: list[Any] = list(dated[:MOST_CALLS])
    if not calls:
        return None
    now = shifted(calls[0].asked_at)
    by_code = {call.code: call for call in calls}
    call = by_code.get(str(words.get("call", ""))) or _newest_open(calls, now)
    down, across = _sides(words)
    return Scope(
        process=process,
        call=call,
        calls=calls,
        now=now,
        since=read_day(words.get("from")),
        until=read_day(words.get("to")),
        down=down,
        across=across,
        windows=windows_for(call.windows.all(), HAND_IN),
    )


def _newest_open(calls: Sequence[Call], now: datetime) -> Call:
    """The newest call that takes submissions now; else the newest of all."""
    return next((call for call in calls if find_window(call.windows.all(), now)), calls[0])


def _sides(words: Mapping[str, Any]) -> tuple[str, str]:
    """Rows and columns of the heat map; the same twice would say nothing."""
    down = words.get("rows") if words.get("rows") in CROSSED else "category"
    across = words.get("columns") if words.get("columns") in CROSSED else "domain"
    if down == across:
        across = next(name for name in ("domain", "category") if name != down)
    return str(down), str(across)


def dimension(name: str) -> figures.Dimension:
    return figures.DIMENSIONS[name]
