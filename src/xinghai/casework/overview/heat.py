"""The heat map: counts by two dimensions the reader chose, as one table that is the picture."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xinghai.casework.overview.names import group_name, percent
from xinghai.casework.overview.scope import Scope, dimension
from xinghai.kernel.charts import Table
from xinghai.kernel.request_data import NONE
from xinghai.kernel.spreadsheets import Cell, Column

SHADES = 5


@dataclass(frozen=True)
class HeatCell:
    """A count, its shade from 0 (none) to 5 (most), and its rows."""

    count: int
    shade: int
    url: str
    words: str


@dataclass(frozen=True)
class HeatRow:
    name: str
    cells: Sequence[HeatCell]
    total: Cell


@dataclass(frozen=True)
class Heat:
    down: Any
    across: Any
    columns: Sequence[str]
    rows: Sequence[HeatRow]
    totals: Sequence[Cell]
    total: Cell
    finding: str

    @property
    def table(self) -> Table:
        """The same for a file."""
        head = [Column(str(self.down))]
        head += [Column(name, is_number=True) for name in (*self.columns, _("合计"))]
        rows = [
            [Cell(row.name), *(Cell(cell.count) for cell in row.cells), row.total]
            for row in self.rows
        ]
        return Table(self.finding, head, rows, [Cell(_("合计")), *self.totals, self.total])


@dataclass(frozen=True)
class _Group:
    """A row or column: its key, its name and its place."""

    key: Any
    name: str
    place: tuple[Any, ...]


def make_heat(scope: Scope, found: Sequence[Mapping[str, Any]]) -> Heat:
    down, across = dimension(scope.down), dimension(scope.across)
    rows, columns = _groups(found, "down_", scope.down), _groups(found, "across_", scope.across)
    counts = {(one["down_key"], one["across_key"]): one["count"] for one in found}
    most = max(counts.values(), default=0)
    downs, acrosses = _sums(counts, 0), _sums(counts, 1)

    def cell(row: _Group, column: _Group) -> HeatCell:
        count = counts.get((row.key, column.key), 0)
        url = scope.url(**{scope.down: word(row.key), scope.across: word(column.key)})
        return HeatCell(count, shade(count, most), url, f"{row.name} × {column.name}：{count}")

    return Heat(
        down=down.label,
        across=across.label,
        columns=[one.name for one in columns],
        rows=[
            HeatRow(
                row.name,
                [cell(row, column) for column in columns],
                Cell(downs[row.key], url=scope.url(**{scope.down: word(row.key)})),
            )
            for row in rows
        ],
        totals=[
            Cell(acrosses[one.key], url=scope.url(**{scope.across: word(one.key)}))
            for one in columns
        ],
        total=Cell(sum(counts.values()), url=scope.url()),
        finding=_finding(scope, counts, rows, columns),
    )


def shade(count: int, most: int) -> int:
    """Five equal steps up to the largest cell (of five at least); anything at all is visible."""
    return 0 if not count else max(1, -(-count * SHADES // max(most, SHADES)))


def word(key: Any) -> Any:
    """A group's word in the lists' address; rows without one are asked for as "none"."""
    return NONE if key in (None, "") else key


def _groups(found: Sequence[Mapping[str, Any]], side: str, name: str) -> list[_Group]:
    known = {}
    for one in found:
        key = one[f"{side}key"]
        shown = group_name(name, one, side)
        place = one.get(f"{side}position")
        known[key] = _Group(key, shown, (key is None, place is None, place or 0, shown))
    return sorted(known.values(), key=lambda group: group.place)


def _sums(counts: Mapping[tuple[Any, Any], int], side: int) -> Counter[Any]:
    sums: Counter[Any] = Counter()
    for keys, count in counts.items():
        sums[keys[side]] += count
    return sums


def _finding(
    scope: Scope,
    counts: Mapping[tuple[Any, Any], int],
    rows: Sequence[_Group],
    columns: Sequence[_Group],
) -> str:
    if not counts:
        return _("这个范围内还没有收到%(nouns)s。") % scope.nouns
    total = sum(counts.values())
    leading = sorted(counts.values(), reverse=True)[:2]
    if leading[0] == 1 or leading[:1] * 2 == leading:
        facts = {"total": total, "cells": len(counts)}
        return _("收到的 %(total)s 条分散在 %(cells)s 个交叉点上，没有特别集中的") % facts
    (down, across), count = max(counts.items(), key=lambda one: one[1])
    cell = {
        "row": next(one.name for one in rows if one.key == down),
        "column": next(one.name for one in columns if one.key == across),
        "count": count,
        "share": percent(count, total),
    }
    return _("最集中的是“%(row)s × %(column)s”：%(count)s 条，占 %(share)s") % cell
