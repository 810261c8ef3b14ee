"""Counts of suggestions, made by the database: what was received, where it stands, how long.

Every figure starts from rows its caller may see, and is a filter of the lists' own words
(`queues.Wish`), so that a number and the list it opens cannot differ.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from xinghai.calls.models import Call
from xinghai.kernel.request_data import NONE
from xinghai.suggestions.models import ARRIVED, Suggestion, SuggestionQuerySet
from xinghai.suggestions.states import WAITING


@dataclass(frozen=True)
class Dimension:
    """A way to divide suggestions; `names` are the columns its words come from."""

    name: str
    label: Any
    column: str
    names: tuple[str, ...] = ()
    order: str = ""


DIMENSIONS = {
    one.name: one
    for one in (
        Dimension(
            "category",
            _("类型"),
            "assigned_category_id",
            ("assigned_category__name", "assigned_category__name_en"),
            "assigned_category__position",
        ),
        Dimension(
            "domain",
            _("领域"),
            "assigned_domain_id",
            ("assigned_domain__name", "assigned_domain__name_en"),
            "assigned_domain__position",
        ),
        Dimension(
            "office",
            _("处室"),
            "office__code",
            ("office__name", "office__name_en"),
            "office__position",
        ),
        Dimension("district", _("区市县"), "organisation__district"),
        Dimension("kind", _("单位性质"), "organisation__kind"),
    )
}


def crossed(rows: SuggestionQuerySet, down: Dimension, across: Dimension) -> list[dict[str, Any]]:
    """Count rows by two dimensions in one statement; names and order come with them."""
    columns = {
        f"{side}_{part}": F(source)
        for side, one in (("down", down), ("across", across))
        for part, source in _parts(one)
    }
    grouped: Any = rows.order_by().values(**columns).annotate(count=Count("pk"))
    return list(grouped)


def divided(rows: SuggestionQuerySet, by: Dimension, *extra: str) -> list[dict[str, Any]]:
    """Count rows by one dimension and `extra` columns, the largest first."""
    columns = {part: F(source) for part, source in _parts(by)}
    grouped: Any = rows.order_by().values(*extra, **columns).annotate(count=Count("pk"))
    return list(grouped.order_by("-count", "key"))


def _parts(one: Dimension) -> list[tuple[str, str]]:
    names = zip(("name", "name_en"), one.names, strict=False)
    order = [("position", one.order)] if one.order else []
    return [("key", one.column), *names, *order]


def standing(rows: SuggestionQuerySet, *, now: datetime, today: date) -> list[dict[str, Any]]:
    """Count rows by office and state, with how many of each are slow, late and since when."""
    waits = Q(state__in=WAITING)
    grouped: Any = (
        rows.order_by()
        .values("state", "office__code", "office__name", "office__name_en", "office__position")
        .annotate(
            count=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            older7=Count("pk", filter=waits & Q(state_since__lt=now - timedelta(days=7))),
            older14=Count("pk", filter=waits & Q(state_since__lt=now - timedelta(days=14))),
            oldest=Min("state_since", filter=waits),
        )
    )
    return list(grouped)


def arrivals(rows: SuggestionQuerySet) -> dict[int, dict[date, int]]:
    """Count rows by call and by the city's day of their arrival."""
    found: dict[int, dict[date, int]] = {}
    grouped = (
        rows.order_by()
        .annotate(day=TruncDate("submitted_at"))
        .values("call_id", "day")
        .annotate(count=Count("pk"))
    )
    for row in grouped:
        found.setdefault(row["call_id"], {})[row["day"]] = row["count"]
    return found


def not_arrived(call: Call) -> SuggestionQuerySet:
    """Return what was begun for a call and the bureau does not have: never show what it says."""
    rows: SuggestionQuerySet = Suggestion.objects.filter(call=call).exclude(ARRIVED)
    return rows


UNFINISHED_COLUMNS = (
    "state",
    "saved_at",
    "organisation__name",
    "organisation__district",
    "category__name",
    "category__name_en",
)


def unfinished(
    call: Call, *, before: datetime | None = None, category: str = "", district: str = ""
) -> QuerySet[Any, dict[str, Any]]:
    """Rows of what is being written: unit, type, district, state and last touch, never content.

    `before` leaves those nobody has touched since. The longest untouched comes first.
    """
    rows = not_arrived(call)
    if before is not None:
        rows = rows.filter(saved_at__lt=before)
    if category:
        rows = rows.filter(category_id=category)
    if district == NONE:
        rows = rows.filter(organisation__isnull=True)
    elif district:
        rows = rows.filter(organisation__district=district)
    return rows.order_by("saved_at", "pk").values(*UNFINISHED_COLUMNS)


def unfinished_counts(call: Call, *, now: datetime) -> list[dict[str, Any]]:
    """Count what is being written by type and district, with how many lie still."""
    grouped: Any = (
        not_arrived(call)
        .order_by()
        .values("category_id", "category__name", "category__name_en", "organisation__district")
        .annotate(
            count=Count("pk"),
            still3=Count("pk", filter=Q(saved_at__lt=now - timedelta(days=3))),
            still7=Count("pk", filter=Q(saved_at__lt=now - timedelta(days=7))),
            units=Count("organisation", distinct=True),
        )
    )
    return list(grouped)


@dataclass(frozen=True)
class Spans:
    """Median days of each step, with how many papers each is taken from."""

    writing: float | None
    endorsing: float | None
    taking_up: float | None
    deciding: float | None
    taken_up: int
    decided: int


# The trail says when each step was taken; of a repeated step the first counts, of a decision
# the last. The newest papers of each call are enough for a median, and keep the cost bounded
# however long the trail grows.
MOST_PAPERS = 2000
SPANS = """
WITH numbered AS (
    SELECT chosen.*,
        row_number() OVER (PARTITION BY call_id ORDER BY submitted_at DESC, id DESC) AS place
    FROM ({papers}) AS chosen
),
paper AS MATERIALIZED (SELECT * FROM numbered WHERE place <= %s),
step AS MATERIALIZED (
    SELECT paper.call_id, paper.submitted_at AS received,
        min(e.at) FILTER (WHERE e.verb = 'start') AS begun,
        min(e.at) FILTER (WHERE e.verb = 'send_to_unit') AS sent,
        min(e.at) FILTER (WHERE e.verb IN ('take_up', 'assign')) AS taken,
        max(e.at) FILTER (WHERE e.verb IN ('accept', 'decline', 'merge')) AS decided
    FROM paper JOIN kernel_event e
        ON e.subject_type = '{trail_name}' AND e.subject_id = paper.id
    WHERE e.verb IN
        ('start', 'send_to_unit', 'take_up', 'assign', 'accept', 'decline', 'merge')
    GROUP BY paper.id, paper.call_id, paper.submitted_at
)
SELECT call_id,
    percentile_cont(0.5)
        WITHIN GROUP (ORDER BY extract(epoch FROM coalesce(sent, received) - begun)),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM received - sent)),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM taken - received)),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided - taken)),
    count(taken - received), count(decided - taken)
FROM step GROUP BY call_id
"""


def spans(rows: SuggestionQuerySet) -> dict[int, Spans]:
    """Return the median days from step to step over the newest of the given rows, by call."""
    chosen = rows.order_by().values("id", "call_id", "submitted_at")
    papers, values = chosen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            SPANS.format(papers=papers, trail_name=Suggestion.trail_name), [*values, MOST_PAPERS]
        )
        return {call: _spans(*found) for call, *found in cursor.fetchall()}


def _spans(*found: Any) -> Spans:
    *seconds, taken_up, decided = found
    days = [None if one is None else max(float(one), 0) / 86400 for one in seconds]
    writing, endorsing, taking_up, deciding = days
    return Spans(writing, endorsing, taking_up, deciding, taken_up=taken_up, decided=decided)


NO_SPANS = Spans(None, None, None, None, 0, 0)
