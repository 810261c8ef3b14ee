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
from xinghai.kernel.humanize import localized_column
from xinghai.kernel.models import Event
from xinghai.kernel.request_data import NONE
from xinghai.submissions.states import RETURNED_BY_OFFICE
from xinghai.suggestions.inside import colleagues_of
from xinghai.suggestions.models import ARRIVED, Suggestion, SuggestionQuerySet
from xinghai.suggestions.queues import GONE, handler_gone
from xinghai.suggestions.states import AT_OFFICE, DECIDED

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


def _counts(now: datetime) -> dict[str, tuple[Q, dict[str, str]]]:
    """Every counted thing with the words that list exactly it."""
    waiting = Q(state__in=AT_OFFICE)
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
            Q(state=RETURNED_BY_OFFICE, due_on__lt=today),
            {"tab": "returned", "overdue": "1"},
        ),
        "decided": (_decided(now), {"tab": "all", "decided": str(LATELY)}),
    }


def _decided(now: datetime) -> Q:
    return Q(state__in=DECIDED, state_since__gte=now - LATELY * DAY)


def load_of(office: Office, *, now: datetime, base: dict[str, str]) -> Load:
    """Count an office's rows by handler and by kind, in a fixed number of statements.

    `base` are the words every link begins with (the office, where the list shows several).
    """
    rows = Suggestion.objects.filter(ARRIVED, office=office)
    handlers = _by_handler(rows, office, now=now, base=base)
    return Load(
        total=_total(rows, now, base),
        handlers=handlers,
        kinds=_by_kind(rows, now, base),
        taken_up_after=_taken_up_after(rows, now),
        most=max([1, *(line.figures[0].count for line in handlers)]),
    )


def _aggregates(now: datetime) -> dict[str, Any]:
    took = ExpressionWrapper(F("state_since") - F("submitted_at"), output_field=DurationField())
    return {name: Count("pk", filter=q) for name, (q, _words) in _counts(now).items()} | {
        "median": Median(took, filter=_decided(now), output_field=DurationField())
    }


def _line(
    name: str, row: dict[str, Any], now: datetime, words: dict[str, str], **facts: Any
) -> Line:
    figures = [
        Figure(row[counted], {**own, **words}) for counted, (_q, own) in _counts(now).items()
    ]
    return Line(name, figures, median=_days(row["median"]), **facts)


def _total(rows: SuggestionQuerySet, now: datetime, base: dict[str, str]) -> Line:
    return _line(_("全处合计"), rows.aggregate(**_aggregates(now)), now, base)


def _by_handler(
    rows: SuggestionQuerySet, office: Office, *, now: datetime, base: dict[str, str]
) -> list[Line]:
    """Colleagues in order of name, then nobody's, then those of people who have left."""
    here = {one.pk: one.name for one in colleagues_of(office)}
    counted: Any = rows.filter(Q(handler__isnull=True) | Q(handler__in=here)).order_by()
    found = {row["handler"]: row for row in counted.values("handler").annotate(**_aggregates(now))}
    nothing: dict[str, Any] = dict.fromkeys(_counts(now), 0) | {"median": None}
    lines = [
        _line(name, found.get(pk, nothing), now, {**base, "handler": str(pk)})
        for pk, name in here.items()
    ]
    nobody = _line(_("还没有经办人"), found.get(None, nothing), now, {**base, "handler": NONE})
    gone = rows.filter(handler_gone()).aggregate(**_aggregates(now))
    left = _line(_("经办人已离开"), gone, now, {**base, "handler": GONE}, is_warning=True)
    is_needed = any(figure.count for figure in left.figures)
    return [*lines, nobody, *([left] if is_needed else [])]


def _by_kind(rows: SuggestionQuerySet, now: datetime, base: dict[str, str]) -> list[Line]:
    """What waits, by type and domain, the most first."""
    waits = {
        name: made for name, made in _counts(now).items() if name in ("waiting", "slow", "late")
    }
    grouped = (
        rows.filter(state__in=AT_OFFICE)
        .order_by()
        .values("assigned_category", "assigned_domain")
        .annotate(**{name: Count("pk", filter=q) for name, (q, _words) in waits.items()})
        .values(
            *waits,
            "assigned_category",
            "assigned_category__name",
            "assigned_category__name_en",
            "assigned_domain",
            "assigned_domain__name",
            "assigned_domain__name_en",
        )
        .order_by("-waiting", "assigned_category", "assigned_domain")
    )
    lines = []
    for row in grouped:
        words = {
            "category": str(row["assigned_category"]),
            "domain": str(row["assigned_domain"] or NONE),
        }
        category, domain = (
            localized_column(row, f"assigned_{one}__name") or _("（无）")
            for one in ("category", "domain")
        )
        figures = [
            Figure(row[counted], {**own, **words, **base}) for counted, (_q, own) in waits.items()
        ]
        lines.append(Line(f"{category} · {domain}", figures))
    return lines


def _taken_up_after(rows: SuggestionQuerySet, now: datetime) -> float | None:
    """Return the median days from arrival to taking up, of what moved lately.

    Events are found by record, through their index, for the rows of these days only.
    """
    moved = rows.filter(state_since__gte=now - LATELY * DAY).exclude(state="submitted")
    taken = Event.objects.filter(
        subject_type=Suggestion._meta.label_lower, subject_id=OuterRef("pk"), verb="take_up"
    )
    wait = ExpressionWrapper(
        Subquery(taken.order_by("pk").values("at")[:1]) - F("submitted_at"),
        output_field=DurationField(),
    )
    found = moved.annotate(wait=wait).aggregate(median=Median("wait", output_field=DurationField()))
    return _days(found["median"])


def _days(span: timedelta | None) -> float | None:
    return round(span / DAY, 1) if span is not None else None
