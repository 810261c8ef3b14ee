"""A table as a file: a spreadsheet opens it rightly, and nothing in it runs."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinghai.kernel.spreadsheets import csv_lines, csv_value

MARKS = "=+-@\t\r"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86 411", "'+86 411"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("名称=1", "名称=1"),
        (-3, -3),
        (2.5, 2.5),
        (None, ""),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29, 15, 59, tzinfo=UTC), "2024-02-29 23:59"),
        ("a\0b", "ab"),
    ],
)
def test_a_value_is_written_so_that_it_stays_what_it_is(value: Any, written: Any) -> None:
    assert csv_value(value) == written


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    written = csv_value(text)
    assert not written.lstrip(" ").startswith(tuple(MARKS))


def test_it_begins_with_the_mark_spreadsheets_look_for() -> None:
    text = "".join(csv_lines(["名称", "条数"], [["甲,乙\n丙", 3]]))
    assert text.startswith("\ufeff名称,条数\r\n")
    assert list(csv.reader(io.StringIO(text[1:], newline="")))[1] == ["甲,乙\n丙", "3"]
