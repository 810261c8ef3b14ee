"""The reference names every kind, every limit, every check and every parameter."""

import re
from pathlib import Path

from xinghai.kernel.forms import KINDS
from xinghai.kernel.forms.checks import CHECKS

TEXT = (Path(__file__).parents[3] / "docs" / "reference" / "forms.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (`.*?) \| (.*)$", TEXT, flags=re.MULTILINE)


def named(rows: list[tuple[str, str]]) -> dict[str, set[str]]:
    """The words in backquotes of each row, by each name in its first cell."""
    return {
        name: set(re.findall(r"`(\w+)", rest))
        for names, rest in rows
        for name in re.findall(r"`(\w+)`", names)
    }


def test_every_kind_is_described() -> None:
    assert KINDS.keys() <= named(ROWS).keys()


def test_every_check_is_described_with_its_parameters() -> None:
    described = named(ROWS)
    assert CHECKS.keys() <= described.keys()
    for name, check in CHECKS.items():
        wanted = {one for one in {**check.parameters, **check.optional} if not one.endswith("_en")}
        assert wanted - described[name] == set(), name


def test_the_reference_describes_nothing_that_is_not_there() -> None:
    rows = [row for row in ROWS if ".toml" not in row[0]]
    assert named(rows).keys() == KINDS.keys() | CHECKS.keys()
