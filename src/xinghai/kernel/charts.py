"""A chart as data: its finding in words, its series, and a table with the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from xinghai.kernel.spreadsheets import Cell, Column

Tone = Literal["brand", "quiet", "good", "waiting", "problem"]


@dataclass(frozen=True)
class Series:
    """One line or one colour of bars; None leaves a gap."""

    name: str
    values: Sequence[float | None]
    tone: Tone = "brand"
    dashed: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells under their columns; a cell with an address opens what it counts."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()

    def plain(self) -> list[list[Any]]:
        """The same rows as values, for a file."""
        rows = [*self.rows, self.total] if self.total else self.rows
        return [[cell.value for cell in row] for row in rows]


@dataclass(frozen=True)
class Chart:
    """`mark` draws one upright line at a label: (label, words)."""

    key: str
    finding: str
    kind: Literal["lines", "bars", "across"]
    labels: Sequence[str]
    series: Sequence[Series]
    table: Table
    note: str = ""
    mark: tuple[str, str] | None = None
    csv_url: str = ""
    stacked: bool = False

    @property
    def id(self) -> str:
        return f"chart-{self.key}"

    @property
    def is_empty(self) -> bool:
        return not any(value for series in self.series for value in series.values)

    @property
    def drawing(self) -> dict[str, Any]:
        """Return the data that charts.js draws."""
        return {
            "kind": self.kind,
            "stacked": self.stacked,
            "labels": list(self.labels),
            "mark": list(self.mark) if self.mark else None,
            "series": [
                {
                    "name": one.name,
                    "values": list(one.values),
                    "tone": one.tone,
                    "dashed": one.dashed,
                }
                for one in self.series
            ],
        }
