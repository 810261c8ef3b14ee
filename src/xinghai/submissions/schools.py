"""The work by school (院系): who writes, what waits, what went back, what was handed in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from xinghai.accounts.models import User
from xinghai.accounts.selectors import departments_of
from xinghai.calls.selectors import windows_at
from xinghai.kernel.processes import HANDED_ON, RETURNED, WITH_UNIT, Phase
from xinghai.submissions.endorsing import SCHOOL
from xinghai.submissions.process import Process


@dataclass(frozen=True)
class SchoolLine:
    """One school's numbers; `name` is empty for people who have not named theirs."""

    name: str
    writing: int
    waiting: int
    returned: int
    sent: int

    @property
    def total(self) -> int:
        return self.writing + self.waiting + self.returned + self.sent


def schools_of(user: User, process: Process, *, now: datetime) -> list[SchoolLine]:
    """The administered units' schools, those with most on the way first.

    Drafts are counted, never named: what was not handed over yet belongs to its author.
    Those of calls that have closed are nobody's work any more and are left out.
    """
    still_open = Exists(windows_at(now).filter(call=OuterRef("call")))
    rows = (
        process.records.objects.filter(organisation_id__in=user.administered_ids)
        .filter(~Q(state__in=process.states(Phase.WRITING)) | still_open)
        .annotate(school=Subquery(SCHOOL))
        .order_by()
        .values("school", "state")
        .annotate(count=Count("pk"))
    )
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in departments_of(user.administered_ids)
    }
    for row in rows:
        school = counts.setdefault(row["school"] or "", Counter())
        school[row["state"]] += row["count"]
    lines = [_line(process, name, states) for name, states in counts.items()]
    return sorted(lines, key=lambda line: (-line.writing - line.waiting, -line.total, line.name))


def _line(process: Process, name: str, states: "Counter[str]") -> SchoolLine:
    return SchoolLine(
        name=name,
        writing=_sum(states, process.states(Phase.WRITING)),
        waiting=_sum(states, process.states(*WITH_UNIT)),
        returned=_sum(states, process.states(*RETURNED)),
        sent=_sum(states, process.states(*HANDED_ON)),
    )


def _sum(states: "Counter[str]", names: Iterable[str]) -> int:
    return sum(states[name] for name in names)
