"""Public statistics: aggregates from which nobody can be recognised, and their open data.

A group of fewer than five is never named: the small groups are counted together as "other",
and where those together are still fewer than five, the next larger group joins them, so that
the total gives nothing away. A median is told of five suggestions or more. And suggestions join the
figures in fives: who looks every minute sees five arrive together, never one with its type,
domain, district and kind of unit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from xinghai.calls.models import Call
from xinghai.casework import aggregates as figures
from xinghai.casework.overview.names import days_words, group_name, percent
from xinghai.kernel.charts import Chart, Series, Table
from xinghai.kernel.humanize import localized
from xinghai.kernel.spreadsheets import Cell, Column
from xinghai.submissions.models import SubmissionQuerySet
from xinghai.submissions.selectors import received
from xinghai.submissions.states import SUBMITTED, TRIAGE
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.states import DECIDED, DECLINED, KEPT, MERGED, RECEIVED

FEWEST = 5
MOST_CALLS = 30
SHOWN = ("category", "domain", "district", "kind")
UNDECIDED = tuple(state for state in RECEIVED if state not in DECIDED)


@dataclass(frozen=True)
class Statistics:
    call: Call
    calls: Sequence[Call]
    total: int
    charts: Sequence[Chart]

    @property
    def tables(self) -> dict[str, Table]:
        return {chart.key: chart.table for chart in self.charts}


def fold_small(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Leave groups of five or more, the largest first; the rest is one group of five or more.

    What cannot be made five (the whole is less) is told by nobody: the list is empty.
    """
    ordered = sorted(counts, key=lambda one: (-one[1], one[0]))
    kept = [one for one in ordered if one[1] >= FEWEST]
    rest = sum(count for _name, count in ordered) - sum(count for _name, count in kept)
    while 0 < rest < FEWEST and kept:
        rest += kept.pop()[1]
    if rest >= FEWEST:
        kept.append((_("其他"), rest))
    return kept


def read_statistics(code: str) -> Statistics | None:
    """Everything of one call: the one named, else the newest with suggestions."""
    calls = list(Call.objects.issued()[:MOST_CALLS])
    rows, begun = _in_fives(calls)
    chosen = next((call for call in calls if call.code == code), None)
    chosen = chosen or next((call for call in calls if call.pk in begun), None)
    if chosen is None:
        return None
    by_call = _by_call_and_state(rows)
    for pk in begun:
        by_call.setdefault(pk, Counter())
    mine = rows.filter(call=chosen)
    total = sum(by_call.get(chosen.pk, {}).values())
    charts = [_calls_chart(calls, by_call, figures.spans(rows))]
    charts.append(_progress_chart(by_call.get(chosen.pk, Counter())))
    for name in SHOWN:
        found = figures.divided(mine, figures.DIMENSIONS[name])
        charts.append(_division_chart(name, found, total))
    return Statistics(chosen, calls, total, charts)


def _arrived(calls: Any) -> SubmissionQuerySet:
    rows: SubmissionQuerySet = Suggestion.objects.filter(received(SUGGESTIONS), call__in=calls)
    return rows


def _placed(calls: Any) -> Any:
    """What has arrived, with its place from the newest of its call and how many the call has."""
    of_call = [F("call_id")]
    return (
        _arrived(calls)
        .order_by()
        .annotate(
            place=Window(RowNumber(), partition_by=of_call, order_by=["-submitted_at", "-pk"]),
            all=Window(Count("pk"), partition_by=of_call),
        )
    )


def _in_fives(calls: Any) -> tuple[SubmissionQuerySet, set[int]]:
    """The first five, ten, fifteen … arrivals of each call, and the calls that have any.

    One statement finds the few newest that wait for their fifth; all others leave them out.
    """
    newest = _placed(calls).filter(place__lt=FEWEST)
    begun, waiting = set(), []
    for call, place, count, pk in newest.values_list("call_id", "place", "all", "pk"):
        begun.add(call)
        if place <= count % FEWEST:
            waiting.append(pk)
    told: SubmissionQuerySet = _arrived(calls).exclude(pk__in=waiting)
    return told, begun


def public_sums() -> dict[str, int]:
    """Sums over all calls for the front page, of nothing but what each call's figures tell.

    A sum over everything would tell, less what is told, just what each call keeps to itself.
    """
    calls = Call.objects.issued().order_by()
    waiting = _placed(calls).filter(place__lte=F("all") % FEWEST)
    rows = _arrived(calls).exclude(pk__in=waiting.values("pk"))
    grouped = rows.order_by().values("call_id", "state", "office_id").annotate(count=Count("pk"))
    by_call: dict[int, Counter[str]] = {}
    offices = set()
    for row in grouped:
        by_call.setdefault(row["call_id"], Counter())[row["state"]] += row["count"]
        offices.add(row["office_id"])
    steps: Counter[str] = Counter()
    for counts in by_call.values():
        steps.update(dict(_shown_steps(counts)))
    return {
        "received": sum(sum(counts.values()) for counts in by_call.values()),
        "offices": len(offices - {None}),
        "working": steps[_("等待受理")] + steps[_("正在研究或修改")],
        "pooled": steps[_("采纳进入建议库")],
    }


def _by_call_and_state(rows: Any) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = {}
    grouped = rows.order_by().values("call_id", "state").annotate(count=Count("pk"))
    for row in grouped:
        counts.setdefault(row["call_id"], Counter())[row["state"]] += row["count"]
    return counts


def _division_chart(name: str, found: Sequence[Mapping[str, Any]], total: int) -> Chart:
    dimension = figures.DIMENSIONS[name]
    counts: Counter[str] = Counter()
    for row in found:
        counts[group_name(name, row)] += row["count"]
    shown = fold_small(counts.items())
    columns = [Column(str(dimension.label)), Column(_("条数"), True), Column(_("占比"), True)]
    rows = [[Cell(words), Cell(count), Cell(percent(count, total))] for words, count in shown]
    return Chart(
        key=name,
        finding=_division_finding(str(dimension.label), shown, total),
        kind="across",
        # One bar that says "other" shows nothing; the table says why.
        labels=[words for words, _count in shown] if len(shown) > 1 else [],
        series=[Series(_("条数"), [count for _words, count in shown] if len(shown) > 1 else [])],
        table=Table(_("收到的建议，按%(what)s") % {"what": dimension.label}, columns, rows),
    )


def _division_finding(label: str, shown: Sequence[tuple[str, int]], total: int) -> str:
    named = [one for one in shown if one[0] != _("其他")]
    if not named:
        return _("按%(what)s：数量太少，不分开公布") % {"what": label}
    words, count = named[0]
    facts = {"what": label, "name": words, "share": percent(count, total)}
    return _("按%(what)s，最多的是%(name)s，占 %(share)s") % facts


def _steps(counts: Counter[str]) -> dict[str, int]:
    waiting = counts[SUBMITTED] + counts[TRIAGE]
    return {
        _("等待受理"): waiting,
        _("正在研究或修改"): sum(counts[state] for state in UNDECIDED) - waiting,
        _("采纳进入建议库"): sum(counts[state] for state in KEPT),
        _("合并"): counts[MERGED],
        _("未采纳"): counts[DECLINED],
    }


def _shown_steps(counts: Counter[str]) -> list[tuple[str, int]]:
    """How far a call's suggestions came; small steps are counted together."""
    steps = _steps(counts)
    order = [*steps]
    shown = fold_small((words, count) for words, count in steps.items() if count)
    return sorted(shown, key=lambda one: order.index(one[0]) if one[0] in steps else len(order))


def _progress_chart(counts: Counter[str]) -> Chart:
    total, shown = sum(counts.values()), _shown_steps(counts)
    columns = [Column(_("进展")), Column(_("条数"), True), Column(_("占比"), True)]
    rows = [[Cell(words), Cell(count), Cell(percent(count, total))] for words, count in shown]
    return Chart(
        key="progress",
        finding=_progress_finding(counts, shown),
        kind="across",
        labels=[words for words, _count in shown],
        series=[Series(_("条数"), [count for _words, count in shown], "good")],
        table=Table(_("收到的建议，按进展"), columns, rows),
    )


def _progress_finding(counts: Counter[str], shown: Sequence[tuple[str, int]]) -> str:
    """The share decided, unless it would take apart what was counted together."""
    steps = _steps(counts)
    undecided = {_("等待受理"), _("正在研究或修改")}
    hidden = {words for words, count in steps.items() if count} - {words for words, _n in shown}
    if not hidden.isdisjoint(undecided) and not hidden <= undecided:
        return _("收到的建议走到了哪一步")
    decided = sum(count for words, count in steps.items() if words not in undecided)
    return _("收到的建议中 %(share)s 已有结果") % {"share": percent(decided, sum(counts.values()))}


def _calls_chart(
    calls: Sequence[Call],
    by_call: Mapping[int, Counter[str]],
    spans: Mapping[int, figures.Spans],
) -> Chart:
    """Call by call: received, in the pool, median days to be taken up."""
    columns = [
        Column(_("批次")),
        Column(_("计划年度"), True),
        Column(_("收到"), True),
        Column(_("采纳进入建议库"), True),
        Column(_("到受理的中位用时"), True),
    ]
    oldest_first = sorted(calls, key=lambda call: (call.issued_on, call.code))
    told = [call for call in oldest_first if sum(by_call.get(call.pk, {}).values()) >= FEWEST]
    rows = [_call_row(call, by_call.get(call.pk), spans) for call in oldest_first]
    received = [sum(by_call[call.pk].values()) for call in told]
    return Chart(
        key="calls",
        finding=_calls_finding(told, received),
        kind="bars",
        labels=[str(call.plan_year) if _alone(call, told) else call.code for call in told],
        series=[Series(_("收到"), received)],
        table=Table(_("历次征集"), columns, rows),
    )


def _alone(call: Call, calls: Sequence[Call]) -> bool:
    return sum(one.plan_year == call.plan_year for one in calls) == 1


def _call_row(
    call: Call, known: Counter[str] | None, spans: Mapping[int, figures.Spans]
) -> list[Cell]:
    """The pool is told only where the progress names it: two tables must not give a third."""
    counts = known or Counter()
    total = sum(counts.values())
    kept = dict(_shown_steps(counts)).get(_("采纳进入建议库"))
    span = spans.get(call.pk, figures.NO_SPANS)
    days = span.taking_up if span.taken_up >= FEWEST else None
    few = _("少于 %(fewest)s") % {"fewest": FEWEST}
    return [
        Cell(localized(call, "title")),
        Cell(call.plan_year),
        Cell(total) if known is None or total >= FEWEST else Cell(few),
        Cell(kept, "" if kept else "—"),
        Cell(None if days is None else round(days, 1), days_words(days)),
    ]


def _calls_finding(told: Sequence[Call], received: Sequence[int]) -> str:
    if not told:
        return _("历次征集收到的还很少，暂不公布数字")
    facts = {"calls": len(told), "total": sum(received)}
    return _("%(calls)s 次征集一共收到 %(total)s 条建议") % facts
