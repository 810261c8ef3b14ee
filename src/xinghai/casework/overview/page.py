"""The overview put together: every figure of one scope in a bounded number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString

from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.calls.states import HAND_IN
from xinghai.calls.windows import windows_for
from xinghai.casework import aggregates as figures
from xinghai.casework.overview.arriving import Days, make_arrivals, pace_of
from xinghai.casework.overview.heat import Heat, make_heat
from xinghai.casework.overview.load import loads_of, make_load
from xinghai.casework.overview.scope import Scope, dimension
from xinghai.casework.overview.sentences import Sentence, lead, sentences
from xinghai.casework.overview.steps import by_state, make_steps
from xinghai.casework.overview.unfinished import Unfinished, make_unfinished
from xinghai.casework.selectors import received
from xinghai.kernel.charts import Chart, Table
from xinghai.submissions.models import SubmissionQuerySet


@dataclass(frozen=True)
class Overview:
    lead: SafeString
    sentences: Sequence[Sentence]
    heat: Heat
    arrivals: Chart
    steps: Chart
    load: Chart
    unfinished: Unfinished | None

    @property
    def tables(self) -> dict[str, Table]:
        """What can be taken along as a file."""
        return {
            "heat": self.heat.table,
            "arrivals": self.arrivals.table,
            "steps": self.steps.table,
            "load": self.load.table,
        }


def make_overview(scope: Scope, user: User) -> Overview:
    """Five statements, whatever the number of submissions."""
    rows = scope.rows(user)
    standing = figures.standing(rows, now=scope.now, today=scope.today)
    counts, loads = by_state(standing), loads_of(scope.process, standing)
    heat = figures.crossed(rows, dimension(scope.down), dimension(scope.across))
    spans = figures.spans(rows).get(scope.call.pk, figures.NO_SPANS)
    days = figures.arrivals(_with_previous(scope, rows, user))
    mine = days.get(scope.call.pk, {})
    before, opened = _of(scope.previous, days)
    unfinished = None
    if not (scope.since or scope.until):
        unfinished = make_unfinished(
            scope, figures.unfinished_counts(scope.process, scope.call, now=scope.now)
        )
    pace = pace_of(scope, mine, before, opened)
    return Overview(
        lead=lead(scope, sum(counts.values()), pace, loads),
        sentences=sentences(scope, counts, loads, spans, unfinished),
        heat=make_heat(scope, heat),
        arrivals=make_arrivals(scope, mine, before, opened),
        steps=make_steps(scope, counts, unfinished.total.value if unfinished else 0, spans),
        load=make_load(scope, loads),
        unfinished=unfinished,
    )


def _with_previous(scope: Scope, rows: SubmissionQuerySet, user: User) -> SubmissionQuerySet:
    """A chosen span of days stands alone; else the call before is counted with this one."""
    if scope.previous is None or scope.since or scope.until:
        return rows
    both: SubmissionQuerySet = received(user, scope.process).filter(
        call__in=[scope.call.pk, scope.previous.pk]
    )
    return both


def _of(call: Call | None, days: Mapping[int, Days]) -> tuple[Days, date | None]:
    if call is None:
        return {}, None
    windows = windows_for(call.windows.all(), HAND_IN)
    opened = min((timezone.localdate(one.opens_at) for one in windows), default=None)
    return days.get(call.pk, {}), opened
