"""Arrivals over time against the deadline, beside the call before at the same distance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xinghai.casework.overview.names import percent
from xinghai.casework.overview.scope import Scope
from xinghai.kernel.charts import Chart, Series, Table
from xinghai.kernel.humanize import day_words, localized
from xinghai.kernel.spreadsheets import Cell, Column

DAY = timedelta(days=1)
LAST_DAYS = 3
FEW = 20
BY_DAY, BY_WEEK = 62, 420
Days = Mapping[date, int]


@dataclass(frozen=True)
class Pace:
    """This call against the one before, the same number of days after each opened."""

    total: int
    before: int | None

    @property
    def change(self) -> str:
        """`+18 %`; nothing where what it would be compared with is too little for a percentage."""
        if not self.before or self.before < FEW:
            return ""
        return f"{round(100 * (self.total - self.before) / self.before):+d} %".replace("-", "−")


def pace_of(scope: Scope, mine: Days, before: Days, opened_before: date | None) -> Pace:
    """A chosen span of days is not compared: the call before has no such days."""
    if scope.opening is None or opened_before is None or scope.since or scope.until:
        return Pace(sum(mine.values()), None)
    reached = opened_before + (scope.today - scope.opening)
    earlier = sum(count for day, count in before.items() if day <= reached)
    return Pace(sum(mine.values()), earlier if before else None)


def make_arrivals(scope: Scope, mine: Days, before: Days, opened_before: date | None) -> Chart:
    spans = list(_buckets(scope, mine))
    sums = [_sum(mine, until=end) if first <= scope.today else None for first, end in spans]
    labels = [_label(first, end) for first, end in spans]
    series = [Series(localized(scope.call, "title"), sums)]
    shown_before = before if scope.since is None and scope.until is None else {}
    earlier = _earlier(scope, spans, shown_before, opened_before)
    if earlier and scope.previous:
        series.append(Series(localized(scope.previous, "title"), earlier, "quiet", dashed=True))
    return Chart(
        key="arrivals",
        finding=_finding(scope, mine),
        note=_("累计收到的条数；竖线是集中征集的截止日，虚线是上一批次开放后同样天数的累计。"),
        kind="lines",
        labels=labels,
        series=series,
        table=_table(scope, spans, labels, mine, earlier),
        mark=_mark(scope, spans, labels),
    )


def _buckets(scope: Scope, mine: Days) -> Iterator[tuple[date, date]]:
    """Days, weeks or months from the opening to today or the deadline, whichever is later."""
    first, last = _bounds(scope, mine)
    length = (last - first).days + 1
    while first <= last:
        if length <= BY_DAY:
            end = first
        elif length <= BY_WEEK:
            end = first + timedelta(days=6)
        else:
            end = (first.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY
        yield first, min(end, last)
        first = end + DAY


def _bounds(scope: Scope, mine: Days) -> tuple[date, date]:
    days = sorted(mine)
    first = scope.since or min(filter(None, [scope.opening, *days[:1]]), default=scope.today)
    ends = [min(scope.today, scope.until or scope.today), *days[-1:]]
    if scope.closes_at and scope.is_before_deadline and not scope.until:
        ends.append(timezone.localdate(scope.closes_at))
    return first, max(first, *ends)


def _sum(days: Days, *, until: date) -> int:
    return sum(count for day, count in days.items() if day <= until)


def _earlier(
    scope: Scope, spans: list[tuple[date, date]], before: Days, opened: date | None
) -> list[float | None]:
    if not before or opened is None or scope.opening is None:
        return []
    shift = opened - scope.opening
    return [_sum(before, until=end + shift) for _first, end in spans]


def _label(first: date, end: date) -> str:
    # Translators: a day of a chart in Django's format letters (English: j M).
    short = _("n月j日")
    if first == end:
        return date_format(first, short)
    if (end - first).days > 7 or first.year != end.year:
        # Translators: a month of a chart in Django's format letters (English: M Y).
        return date_format(end, _("Y年n月"))
    return f"{date_format(first, short)}–{date_format(end, short)}"


def _mark(
    scope: Scope, spans: list[tuple[date, date]], labels: list[str]
) -> tuple[str, str] | None:
    if scope.closes_at is None:
        return None
    closing = timezone.localdate(scope.closes_at)
    for (first, end), label in zip(spans, labels, strict=True):
        if first <= closing <= end:
            return label, _("截止")
    return None


def _table(
    scope: Scope,
    spans: list[tuple[date, date]],
    labels: list[str],
    mine: Days,
    earlier: list[float | None],
) -> Table:
    columns = [Column(_("日期")), Column(_("收到"), True), Column(_("累计"), True)]
    if earlier:
        columns.append(Column(_("上一批次同期累计"), True))
    rows = []
    for place, (first, end) in enumerate(spans):
        count = sum(mine.get(first + DAY * n, 0) for n in range((end - first).days + 1))
        url = scope.url(**{"from": first.isoformat(), "to": end.isoformat()})
        until = {**scope.words, "to": end.isoformat()}
        row = [
            Cell(labels[place]),
            Cell(count, url=url if count else ""),
            Cell(_sum(mine, until=end), url=scope.url(**until)),
        ]
        rows.append([*row, Cell(earlier[place])] if earlier else row)
    return Table(_("收到的%(nouns)s，按日期") % scope.nouns, columns, rows)


def _finding(scope: Scope, mine: Days) -> str:
    total = sum(mine.values())
    if not total:
        return _("这个范围内还没有收到%(nouns)s。") % scope.nouns
    if scope.closes_at is None:
        busiest = max(mine, key=lambda day: mine[day])
        facts = {"day": day_words(busiest), "count": mine[busiest]}
        return _("收到最多的一天是 %(day)s：%(count)s 条") % facts
    closing = timezone.localdate(scope.closes_at)
    if scope.is_before_deadline:
        week = sum(count for day, count in mine.items() if day > scope.today - 7 * DAY)
        facts = {"count": week, "days": (closing - scope.today).days}
        return _("最近 7 天收到 %(count)s 条，距截止还有 %(days)s 天") % facts
    last = sum(n for day, n in mine.items() if closing - LAST_DAYS * DAY < day <= closing)
    in_time = _sum(mine, until=closing)
    if not last:
        return _("截止前最后 %(days)s 天没有收到%(nouns)s") % {"days": LAST_DAYS, **scope.nouns}
    facts = {"share": percent(last, in_time), "days": LAST_DAYS, **scope.nouns}
    return _("按期收到的%(nouns)s中，%(share)s 在截止前最后 %(days)s 天到达") % facts
