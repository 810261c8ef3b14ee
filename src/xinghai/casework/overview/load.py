"""Load and age per office: what waits, how long, what is overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xinghai.casework.overview.scope import Scope
from xinghai.kernel.charts import Chart, Series, Table
from xinghai.kernel.humanize import ago_words, localized_column
from xinghai.kernel.processes import WITH_BUREAU
from xinghai.kernel.request_data import NONE
from xinghai.kernel.spreadsheets import Cell, Column
from xinghai.submissions.process import Process


@dataclass
class OfficeLoad:
    """One office's sums; without a code it is what waits to be given to an office."""

    code: str
    name: str
    position: int
    received: int = 0
    waiting: int = 0
    older7: int = 0
    older14: int = 0
    overdue: int = 0
    oldest: datetime | None = None

    @property
    def word(self) -> str:
        return self.code or NONE

    def add(self, row: Mapping[str, Any], *, is_waiting: bool) -> None:
        self.received += row["count"]
        self.waiting += row["count"] if is_waiting else 0
        self.older7 += row["older7"]
        self.older14 += row["older14"]
        self.overdue += row["overdue"]
        known = [one for one in (self.oldest, row["oldest"]) if one]
        self.oldest = min(known, default=None)


def loads_of(process: Process, found: Sequence[Mapping[str, Any]]) -> list[OfficeLoad]:
    """Add up the states of each office, in the offices' order, the triage last."""
    waiting = process.states(*WITH_BUREAU)
    loads: dict[str, OfficeLoad] = {}
    for row in found:
        code = row["office__code"] or ""
        if code not in loads:
            name = localized_column(row, "office__name") or _("待分派")
            place = row["office__position"]
            loads[code] = OfficeLoad(code, name, 10_000 if place is None else place)
        loads[code].add(row, is_waiting=row["state"] in waiting)
    return sorted(loads.values(), key=lambda one: (one.position, one.code))


def make_load(scope: Scope, loads: Sequence[OfficeLoad]) -> Chart:
    busy = [one for one in loads if one.waiting]
    return Chart(
        key="load",
        finding=_finding(scope, loads),
        note=_("等处室办理的%(nouns)s，按等了多久分开。") % scope.nouns,
        kind="across",
        stacked=True,
        labels=[one.name for one in busy],
        series=[
            Series(_("7 天以内"), [one.waiting - one.older7 for one in busy], "brand"),
            Series(_("7 到 14 天"), [one.older7 - one.older14 for one in busy], "waiting"),
            Series(_("超过 14 天"), [one.older14 for one in busy], "problem"),
        ],
        table=_table(scope, loads),
    )


def _table(scope: Scope, loads: Sequence[OfficeLoad]) -> Table:
    numbers = (_("收到"), _("等待办理"), _("超过 7 天"), _("超过 14 天"), _("逾期未改"))
    columns = [Column(_("处室")), *(Column(one, True) for one in numbers), Column(_("等得最久的"))]
    total = OfficeLoad("", _("合计"), 0)
    for one in loads:
        total.received += one.received
        total.waiting += one.waiting
        total.older7 += one.older7
        total.older14 += one.older14
        total.overdue += one.overdue
    rows = [_row(scope, one, {"office": one.word}) for one in loads]
    return Table(_("处室负荷"), columns, rows, _row(scope, total, {}) if len(rows) > 1 else ())


def _row(scope: Scope, one: OfficeLoad, words: Mapping[str, str]) -> list[Cell]:
    waiting = ",".join(scope.process.states(*WITH_BUREAU))
    return [
        Cell(one.name),
        Cell(one.received, url=scope.url(**words)),
        Cell(one.waiting, url=scope.url(**words, state=waiting)),
        Cell(one.older7, url=scope.url(**words, age=7)),
        Cell(one.older14, url=scope.url(**words, age=14)),
        Cell(one.overdue, url=scope.url(**words, overdue=1)),
        Cell(one.oldest, ago_words(one.oldest, scope.now) if one.oldest else "—"),
    ]


def _finding(scope: Scope, loads: Sequence[OfficeLoad]) -> str:
    waiting = sum(one.waiting for one in loads)
    if not waiting:
        return _("现在没有等处室办理的%(nouns)s") % scope.nouns
    slow = [one for one in loads if one.older14]
    if not slow:
        return _("等处室办理的 %(count)s 条都没有超过 14 天") % {"count": waiting}
    worst = max(slow, key=lambda one: one.older14)
    facts: dict[str, Any] = {
        "office": worst.name,
        "count": worst.older14,
        "all": sum(s.older14 for s in slow),
    }
    if worst.code == "":
        return _("等了超过 14 天的有 %(all)s 条，最多的在等待分派：%(count)s 条") % facts
    return _("等了超过 14 天的有 %(all)s 条，最多的在%(office)s：%(count)s 条") % facts
