from collections.abc import Iterator
from typing import Any

from xinghai.kernel.forms import wording
from xinghai.kernel.forms.context import Context
from xinghai.kernel.forms.definition import Field
from xinghai.kernel.forms.kinds.base import Difference, Fault, Kind, least_advised
from xinghai.kernel.forms.kinds.simple import SIMPLE
from xinghai.kernel.forms.wording import Text


class TableKind(Kind):
    """Repeating rows with typed columns; a row nobody wrote in does not exist."""

    name = "table"
    limits = frozenset({"min_rows", "max_rows"})
    needs = frozenset({"columns"})
    in_table = False

    def empty(self, field: Field) -> Any:
        return []

    def is_typed(self, value: Any) -> bool:
        """The cells are of their columns' types: `parse` reads each by its column."""
        return isinstance(value, list) and all(isinstance(row, dict) for row in value)

    def parse(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, dict):
            raw = [raw]
        if not isinstance(raw, list):
            return raw
        rows = [self._parse_row(row, field) for row in raw]
        return [row for row in rows if row]

    def _parse_row(self, row: Any, field: Field) -> Any:
        if not isinstance(row, dict):
            return row
        cells = {
            column.id: SIMPLE[column.kind].read(row[column.id], column)
            for column in field.columns
            if column.id in row
        }
        return {
            name: value
            for name, value in cells.items()
            if (column := field.column(name)) and not SIMPLE[column.kind].is_empty(value)
        }

    def problems(self, value: Any, field: Field, context: Context) -> Iterator[Fault]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            yield Fault(wording.NOT_A_CHOICE)
            return
        if field.min_rows is not None and len(value) < field.min_rows:
            yield Fault(wording.ROWS_FEW.fill(count=len(value), limit=field.min_rows))
        yield from least_advised(len(value), field, wording.RATHER_MORE)
        if field.max_rows is not None and len(value) > field.max_rows:
            yield Fault(wording.ROWS_MANY.fill(count=len(value), limit=field.max_rows))
        for number, row in enumerate(value):
            for column in field.columns:
                yield from self._cell_faults(row.get(column.id), number, column, context)

    def _cell_faults(
        self, value: Any, row: int, column: Field, context: Context
    ) -> Iterator[Fault]:
        kind = SIMPLE[column.kind]
        if not kind.is_empty(value):
            for fault in kind.problems(value, column, context):
                yield Fault(fault.text, row, column.id)
        elif column.required:
            yield Fault(kind.missing.fill(label=column.name), row, column.id, missing=True)

    def display(self, value: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(value, list):
            return super().display(value, field, language)
        return "\n".join(self.row_text(row, field, language) for row in value)

    def row_text(self, row: Any, field: Field, language: str = "zh") -> str:
        if not isinstance(row, dict):
            return str(row)
        shown = (
            SIMPLE[column.kind].display(row.get(column.id), column, language)
            for column in field.columns
        )
        return " · ".join(cell for cell in shown if cell)

    def diff(self, old: Any, new: Any, field: Field, language: str = "zh") -> list[Difference]:
        """Row by row in their order, so that one changed figure does not look like a new table."""
        before = old if isinstance(old, list) else []
        after = new if isinstance(new, list) else []
        differences = []
        for number in range(max(len(before), len(after))):
            first = before[number] if number < len(before) else {}
            second = after[number] if number < len(after) else {}
            if first != second:
                where = Text(f"第 {number + 1} 行", f"row {number + 1}").say(language)
                texts = (self.row_text(row, field, language) for row in (first, second))
                differences.append(Difference(where, *texts))
        return differences
