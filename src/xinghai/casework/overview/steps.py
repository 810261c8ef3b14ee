"""How far submissions came: from begun to decided, with the median days of each step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinghai.casework.aggregates import Spans
from xinghai.casework.overview.names import days_words, percent
from xinghai.casework.overview.scope import Scope
from xinghai.kernel.charts import Chart, Series, Table
from xinghai.kernel.processes import BEING_CORRECTED, Phase
from xinghai.kernel.spreadsheets import Cell, Column

TAKEN_UP = (Phase.WORKING, *BEING_CORRECTED, Phase.DECIDED)


def unfinished_url(scope: Scope, **words: Any) -> str:
    address = scope.process.address("office-unfinished")
    return f"{address}?{urlencode({'call': scope.call.code, **words})}"


def by_state(found: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Add up the offices."""
    counts: Counter[str] = Counter()
    for row in found:
        counts[row["state"]] += row["count"]
    return counts


def make_steps(scope: Scope, counts: Counter[str], unfinished: int, spans: Spans) -> Chart:
    rows = [*_begun(scope, counts, unfinished, spans), *_stages(scope, counts, spans)]
    stages = [row for row in rows if not row[0].shown.startswith("　")]
    return Chart(
        key="steps",
        finding=_finding(scope, counts, spans),
        note=_("现在各走到哪一步；用时是中位数，从最近收到的至多 2000 条的流转记录算出。"),
        kind="across",
        labels=[str(row[0]) for row in stages],
        series=[Series(_("条数"), [row[1].value for row in stages])],
        table=Table(
            _("从开始填写到有结果"),
            [
                Column(_("走到哪一步")),
                Column(_("条数"), True),
                Column(_("占已收到"), True),
                Column(_("这一步的中位用时"), True),
            ],
            rows,
        ),
    )


def _begun(scope: Scope, counts: Counter[str], unfinished: int, spans: Spans) -> list[list[Cell]]:
    """Rows about drafts; none with a span of days, because drafts have no day of arrival."""
    if scope.since or scope.until:
        return []
    total = sum(counts.values())
    return [
        [_step(_("已经开始填写")), Cell(total + unfinished), Cell("—"), Cell("—")],
        [
            _step(_("其中还没有提交到局里"), inside=True),
            Cell(unfinished, url=unfinished_url(scope)),
            Cell("—"),
            Cell("—"),
        ],
    ]


def _stages(scope: Scope, counts: Counter[str], spans: Spans) -> list[list[Cell]]:
    total = sum(counts.values())

    def row(words: str, states: Sequence[str], days: float | None, *, inside: bool = False) -> Any:
        count = sum(counts[state] for state in states) if states else total
        url = scope.url(state=",".join(states)) if states else scope.url()
        used = "" if inside and days is None else days_words(days)
        return [
            _step(words, inside=inside),
            Cell(count, url=url),
            Cell(percent(count, total)),
            Cell(None if days is None else round(days, 1), used or "—"),
        ]

    process, kept = scope.process, scope.worklist.kept
    decided = process.states(Phase.DECIDED)
    inside = [
        row(str(process.workflow.state_by_name[state].label), [state], None, inside=True)
        for state in decided
        if counts[state] and (kept is None or state not in kept.states)
    ]
    return [
        row(_("已收到"), [], spans.writing),
        row(_("已受理"), process.states(*TAKEN_UP), spans.taking_up),
        row(_("其中退回修改"), process.states(*BEING_CORRECTED), None, inside=True),
        row(_("已有结果"), decided, spans.deciding),
        *inside,
        *([row(str(kept.label), kept.states, None)] if kept else []),
    ]


def _step(words: str, *, inside: bool = False) -> Cell:
    return Cell(words, f"　{words}" if inside else words)


def _finding(scope: Scope, counts: Counter[str], spans: Spans) -> str:
    total = sum(counts.values())
    if not total:
        return _("这个范围内还没有收到%(nouns)s。") % scope.nouns
    decided = sum(counts[state] for state in scope.process.states(Phase.DECIDED))
    facts = {"share": percent(decided, total), "days": days_words(spans.deciding), **scope.nouns}
    if not decided:
        return _("收到的%(nouns)s还没有结果") % scope.nouns
    return _("收到的%(nouns)s中 %(share)s 已有结果，从受理到有结果的中位用时：%(days)s") % facts
