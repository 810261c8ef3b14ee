"""Write tables as CSV that a spreadsheet opens correctly and in which no cell is a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse
from django.utils import timezone

# What a spreadsheet takes for the beginning of a formula.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Column:
    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """A value, the words it is shown in, and the address of the rows it counts."""

    value: Any
    shown: str = ""
    url: str = ""

    def __str__(self) -> str:
        return self.shown or ("" if self.value is None else str(self.value))


class _Echo:
    """A file that hands back what is written: the writer's line goes straight to the answer."""

    def write(self, line: str) -> str:
        return line


def csv_value(value: Any) -> Any:
    """A number stays one, a moment is the city's; text that begins like a formula gets a quote."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return value
    text = str(value).replace("\0", "")
    # Some programs trim before they look, so the guard does too.
    seen = (text.lstrip(" "), text.lstrip())
    return f"'{text}" if any(one.startswith(FORMULA_MARKS) for one in seen) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([csv_value(str(one)) for one in header])
    for row in rows:
        yield writer.writerow([csv_value(value) for value in row])


def csv_answer(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Stream a table as a file called `name`.csv."""
    answer = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return answer
