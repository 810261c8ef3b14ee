"""Counts of submissions, made by the database: what was received, where it stands, how long.

Every figure starts from rows its caller may see, and is a filter of the lists' own words
(`filters`), so that a number and the list it opens cannot differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from xinghai.calls.models import Call
from xinghai.kernel.processes import AT_OFFICE, WITH_BUREAU, Phase
from xinghai.kernel.request_data import NONE
from xinghai.submissions.models import SubmissionQuerySet
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import received


@dataclass(frozen=True)
class Dimension:
    """A way to divide submissions; `names` are the columns its words come from."""

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
        Dimension(
            "district",
            _("区市县"),
            "organisation__district",
            ("organisation__district__name", "organisation__district__name_en"),
            "organisation__district__position",
        ),
        Dimension("kind", _("单位性质"), "organisation__kind"),
    )
}


def crossed(rows: SubmissionQuerySet, down: Dimension, across: Dimension) -> list[dict[str, Any]]:
    """Count rows by two dimensions in one statement; names and order come with them."""
    columns = {
        f"{side}_{part}": F(source)
        for side, one in (("down", down), ("across", across))
        for part, source in _parts(one)
    }
    grouped: Any = rows.order_by().values(**columns).annotate(count=Count("pk"))
    return list(grouped)


def divided(rows: SubmissionQuerySet, by: Dimension, *extra: str) -> list[dict[str, Any]]:
    """Count rows by one dimension and `extra` columns, the largest first."""
    columns = {part: F(source) for part, source in _parts(by)}
    grouped: Any = rows.order_by().values(*extra, **columns).annotate(count=Count("pk"))
    return list(grouped.order_by("-count", "key"))


def _parts(one: Dimension) -> list[tuple[str, str]]:
    names = zip(("name", "name_en"), one.names, strict=False)
    order = [("position", one.order)] if one.order else []
    return [("key", one.column), *names, *order]


def standing(rows: SubmissionQuerySet, *, now: datetime, today: date) -> list[dict[str, Any]]:
    """Count rows by office and state, with how many of each are slow, late and since when."""
    waits = Q(state__in=rows.model.process.states(*WITH_BUREAU))
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


def arrivals(rows: SubmissionQuerySet) -> dict[int, dict[date, int]]:
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


def not_arrived(process: Process, call: Call) -> SubmissionQuerySet:
    """Return what was begun for a call and the bureau does not have: never show what it says."""
    rows: SubmissionQuerySet = process.records.objects.filter(call=call).exclude(received(process))
    return rows


UNFINISHED_COLUMNS = (
    "state",
    "saved_at",
    "organisation__name",
    "organisation__district",
    "organisation__district__name",
    "organisation__district__name_en",
    "category__name",
    "category__name_en",
)


def unfinished(
    process: Process,
    call: Call,
    *,
    before: datetime | None = None,
    category: str = "",
    district: str = "",
) -> QuerySet[Any, dict[str, Any]]:
    """Rows of what is being written: unit, type, district, state and last touch, never content.

    `before` leaves those nobody has touched since. The longest untouched comes first.
    """
    rows = not_arrived(process, call)
    if before is not None:
        rows = rows.filter(saved_at__lt=before)
    if category:
        rows = rows.filter(category_id=category)
    if district == NONE:
        rows = rows.filter(organisation__isnull=True)
    elif district:
        rows = rows.filter(organisation__district=district)
    return rows.order_by("saved_at", "pk").values(*UNFINISHED_COLUMNS)


def unfinished_counts(process: Process, call: Call, *, now: datetime) -> list[dict[str, Any]]:
    """Count what is being written by type and district, with how many lie still."""
    grouped: Any = (
        not_arrived(process, call)
        .order_by()
        .values(
            *("category_id", "category__name", "category__name_en", "organisation__district"),
            *("organisation__district__name", "organisation__district__name_en"),
        )
        .annotate(
            count=Count("pk"),
            still3=Count("pk", filter=Q(saved_at__lt=now - timedelta(days=3))),
            still7=Count("pk", filter=Q(saved_at__lt=now - timedelta(days=7))),
        )
    )
    return list(grouped)


@dataclass(frozen=True)
class Spans:
    """Median days of each step, with how many submissions each is taken from."""

    writing: float | None
    endorsing: float | None
    taking_up: float | None
    deciding: float | None
    taken_up: int
    decided: int


# The trail says when each step was taken; of a repeated step the first counts, of a decision
# the last. The newest submissions of each call are enough for a median, and keep the cost bounded
# however long the trail grows.
MOST_MEASURED = 2000
SPANS = """
WITH numbered AS (
    SELECT chosen.*,
        row_number() OVER (PARTITION BY call_id ORDER BY submitted_at DESC, record DESC) AS place
    FROM ({submissions}) AS chosen
),
submission AS MATERIALIZED (SELECT * FROM numbered WHERE place <= %s),
step AS MATERIALIZED (
    SELECT submission.call_id, submission.submitted_at AS received,
        min(e.at) FILTER (WHERE e.verb = 'start') AS begun,
        min(e.at) FILTER (WHERE e.verb = ANY(%s)) AS sent,
        min(e.at) FILTER (WHERE e.verb = ANY(%s)) AS taken,
        max(e.at) FILTER (WHERE e.verb = ANY(%s)) AS decided
    FROM submission JOIN kernel_event e
        ON e.subject_type = %s AND e.subject_id = submission.record
    WHERE e.verb = ANY(%s)
    GROUP BY submission.record, submission.call_id, submission.submitted_at
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


def spans(rows: SubmissionQuerySet) -> dict[int, Spans]:
    """Return the median days from step to step over the newest of the given rows, by call."""
    chosen = rows.order_by().annotate(record=F("pk"))
    wanted = chosen.values("record", "call_id", "submitted_at")
    submissions, values = wanted.query.sql_with_params()
    sent, taken, decided = _steps(rows.model.process)
    every = ["start", *sent, *taken, *decided]
    asked = [*values, MOST_MEASURED, sent, taken, decided, rows.model.trail_name, every]
    with connection.cursor() as cursor:
        cursor.execute(SPANS.format(submissions=submissions), asked)
        return {call: _spans(*found) for call, *found in cursor.fetchall()}


def _steps(process: Process) -> tuple[list[str], list[str], list[str]]:
    """Return the edges of the process's table that send to the unit, take up, and decide."""
    return (
        _edges_into(process, Phase.ENDORSING),
        _edges_into(process, Phase.WORKING, starting_in=(Phase.ARRIVED, Phase.UNROUTED)),
        _edges_into(process, Phase.DECIDED, starting_in=AT_OFFICE),
    )


def _edges_into(process: Process, phase: Phase, *, starting_in: Sequence[Phase] = ()) -> list[str]:
    starts = set(process.states(*starting_in)) if starting_in else None
    return [
        edge.name
        for edge in process.workflow.transitions
        if process.workflow.phase_of(edge.to_state) == phase
        and (starts is None or starts & set(edge.from_states))
    ]


def _spans(*found: Any) -> Spans:
    *seconds, taken_up, decided = found
    days = [None if one is None else max(float(one), 0) / 86400 for one in seconds]
    writing, endorsing, taking_up, deciding = days
    return Spans(writing, endorsing, taking_up, deciding, taken_up=taken_up, decided=decided)


NO_SPANS = Spans(None, None, None, None, 0, 0)
