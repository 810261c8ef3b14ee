"""The head's view: who has how much, how old it is, and of what kind; every number has its rows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from xinghai.accounts.models import Office
from xinghai.casework.filters import GONE
from xinghai.casework.selectors import colleagues_of, handler_gone
from xinghai.casework.services.deciding import TAKE_UP
from xinghai.kernel.humanize import localized_column
from xinghai.kernel.models import Event
from xinghai.kernel.processes import AT_OFFICE, Phase
from xinghai.kernel.request_data import NONE
from xinghai.submissions.models import SubmissionQuerySet
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import received

DAY = timedelta(days=1)
LATELY = 30


class Median(Aggregate):
    """The middle value, as PostgreSQL finds it."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Figure:
    """A number and the words of the list that opens its rows."""

    count: int
    words: dict[str, str]

    @property
    def query(self) -> str:
        return urlencode(self.words)


@dataclass(frozen=True)
class Line:
    """One line of a table: a name, its numbers, and how many days things took."""

    name: str
    figures: list[Figure]
    median: float | None = None
    is_warning: bool = False


@dataclass(frozen=True)
class Load:
    """One office's load."""

    total: Line
    handlers: list[Line]
    kinds: list[Line]
    taken_up_after: float | None
    most: int = field(default=1)


Counted = dict[str, tuple[Q, dict[str, str]]]


def _counted(process: Process, now: datetime) -> Counted:
    """Every counted thing with the words that list exactly it."""
    waiting = Q(state__in=process.states(*AT_OFFICE))
    today = timezone.localdate(now)
    return {
        "waiting": (waiting, {"tab": "todo"}),
        "slow": (
            waiting & Q(state_since__lt=now - 7 * DAY),
            {"tab": "todo", "age": "7"},
        ),
        "late": (
            waiting & Q(state_since__lt=now - 14 * DAY),
            {"tab": "todo", "age": "14"},
        ),
        "overdue": (
            Q(state__in=process.states(Phase.CORRECTING), due_on__lt=today),
            {"tab": "returned", "overdue": "1"},
        ),
        "decided": (_decided(process, now), {"tab": "all", "decided": str(LATELY)}),
    }


def _decided(process: Process, now: datetime) -> Q:
    return Q(state__in=process.states(Phase.DECIDED), state_since__gte=now - LATELY * DAY)


@dataclass(frozen=True)
class _Counting:
    """The rows of one office, what is counted of them, and the words every link begins with."""

    rows: SubmissionQuerySet
    counted: Counted
    decided: Q
    base: dict[str, str]

    @property
    def aggregates(self) -> dict[str, Any]:
        took = ExpressionWrapper(F("state_since") - F("submitted_at"), output_field=DurationField())
        return {name: Count("pk", filter=q) for name, (q, _words) in self.counted.items()} | {
            "median": Median(took, filter=self.decided, output_field=DurationField())
        }

    def line(
        self, name: str, row: dict[str, Any], words: dict[str, str], *, is_warning: bool = False
    ) -> Line:
        figures = [
            Figure(row[counted], {**own, **self.base, **words})
            for counted, (_q, own) in self.counted.items()
        ]
        return Line(name, figures, median=_days(row["median"]), is_warning=is_warning)


def load_of(process: Process, office: Office, *, now: datetime, base: dict[str, str]) -> Load:
    """Count an office's rows by handler and by kind, in a fixed number of statements.

    `base` are the words every link begins with (the office, where the list shows several).
    """
    rows = process.records.objects.filter(received(process), office=office)
    counting = _Counting(rows, _counted(process, now), _decided(process, now), base)
    handlers = _by_handler(counting, office)
    return Load(
        total=counting.line(_("全处合计"), rows.aggregate(**counting.aggregates), {}),
        handlers=handlers,
        kinds=_by_kind(counting),
        taken_up_after=_taken_up_after(rows, now),
        most=max([1, *(line.figures[0].count for line in handlers)]),
    )


def _by_handler(counting: _Counting, office: Office) -> list[Line]:
    """Colleagues in order of name, then nobody's, then those of people who have left."""
    rows, aggregates = counting.rows, counting.aggregates
    here = {one.pk: one.name for one in colleagues_of(office)}
    known: Any = rows.filter(Q(handler__isnull=True) | Q(handler__in=here)).order_by()
    found = {row["handler"]: row for row in known.values("handler").annotate(**aggregates)}
    nothing: dict[str, Any] = dict.fromkeys(counting.counted, 0) | {"median": None}
    lines = [
        counting.line(name, found.get(pk, nothing), {"handler": str(pk)})
        for pk, name in here.items()
    ]
    nobody = counting.line(_("还没有经办人"), found.get(None, nothing), {"handler": NONE})
    gone = rows.filter(handler_gone()).aggregate(**aggregates)
    left = counting.line(_("经办人已离开"), gone, {"handler": GONE}, is_warning=True)
    is_needed = any(figure.count for figure in left.figures)
    return [*lines, nobody, *([left] if is_needed else [])]


def _by_kind(counting: _Counting) -> list[Line]:
    """What waits, by type and domain, the most first."""
    waits = {name: counting.counted[name] for name in ("waiting", "slow", "late")}
    named = ("assigned_category", "assigned_domain")
    columns = [f"{one}{part}" for one in named for part in ("", "__name", "__name_en")]
    grouped = (
        counting.rows.in_phases(*AT_OFFICE)
        .order_by()
        .values(*named)
        .annotate(**{name: Count("pk", filter=q) for name, (q, _words) in waits.items()})
        .values(*waits, *columns)
        .order_by("-waiting", *named)
    )
    lines = []
    for row in grouped:
        words = {
            "category": str(row["assigned_category"]),
            "domain": str(row["assigned_domain"] or NONE),
        }
        category, domain = (localized_column(row, f"{one}__name") or _("（无）") for one in named)
        figures = [
            Figure(row[counted], {**own, **words, **counting.base})
            for counted, (_q, own) in waits.items()
        ]
        lines.append(Line(f"{category} · {domain}", figures))
    return lines


def _taken_up_after(rows: SubmissionQuerySet, now: datetime) -> float | None:
    """Return the median days from arrival to taking up, of what moved lately.

    Events are found by record, through their index, for the rows of these days only.
    """
    moved = rows.filter(state_since__gte=now - LATELY * DAY).exclude(
        state__in=rows.model.process.states(Phase.ARRIVED)
    )
    taken = Event.objects.filter(
        subject_type=rows.model.trail_name, subject_id=OuterRef("pk"), verb=TAKE_UP
    )
    wait = ExpressionWrapper(
        Subquery(taken.order_by("pk").values("at")[:1]) - F("submitted_at"),
        output_field=DurationField(),
    )
    found = moved.annotate(wait=wait).aggregate(median=Median("wait", output_field=DurationField()))
    return _days(found["median"])


def _days(span: timedelta | None) -> float | None:
    return round(span / DAY, 1) if span is not None else None
