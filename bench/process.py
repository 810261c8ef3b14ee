"""What a process costs: lines of each room by kind, now and before the rooms were shared."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = re.compile(r"{%\s*static\s+['\"]xinghai/([\w-]+\.js)['\"]")


@dataclass(frozen=True)
class Lines:
    """Lines as `wc -l` counts them; a script belongs to the room whose pages name it."""

    python: int = 0
    templates: int = 0
    scripts: int = 0
    forms: int = 0
    migrations: int = 0
    tests: int = 0

    @property
    def written(self) -> int:
        """What somebody has to write; `makemigrations` writes the migrations."""
        return self.python + self.templates + self.scripts + self.forms

    @property
    def total(self) -> int:
        return self.written + self.migrations

    def __add__(self, other: "Lines") -> "Lines":
        return Lines(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


# One room of suggestions held everything: counted by `count` at d9f67f5 (2026-11-20).
BEFORE = Lines(python=11_466, templates=1_624, scripts=872, forms=0, migrations=970, tests=5_922)
SHARED = ("submissions", "casework", "duplicates")
PROCESSES = ("suggestions",)


def run() -> None:
    """Print the table: the room before, each process room now, the toy, the shared rooms."""
    shared = sum((count(ROOT, room) for room in SHARED), Lines())
    rows = [
        ("suggestions, before (d9f67f5, 2026-11-20)", BEFORE),
        *((f"{room}, now", count(ROOT, room)) for room in PROCESSES),
        ("toy: form, unit, recommender, partner, office line, desk, search", toy(ROOT)),
        *((f"shared: {room}", count(ROOT, room)) for room in SHARED),
        ("shared rooms together", shared),
    ]
    print("| room | Python | templates | JS | forms | written | % of before | migrations | tests |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, one in rows:
        print(
            f"| {name} | {one.python} | {one.templates} | {one.scripts} | {one.forms}"
            f" | {one.written} | {100 * one.written / BEFORE.written:.0f} % | {one.migrations}"
            f" | {one.tests} |"
        )
    print(f"\nThe toy with its migration: {toy(ROOT).total} lines.")


def count(root: Path, room: str) -> Lines:
    """Count a room of the house below `root`."""
    place, pages = root / "src/xinghai" / room, root / "src/xinghai/templates" / room
    templates = list(pages.rglob("*.html"))
    return Lines(
        python=lines_of(one for one in place.rglob("*.py") if "migrations" not in one.parts),
        templates=lines_of(templates),
        scripts=lines_of(scripts_of(root, templates)),
        forms=lines_of(place.rglob("*.toml")),
        migrations=lines_of((place / "migrations").glob("0*.py")),
        tests=lines_of((root / "tests" / room).rglob("*.py")) - toy_lines(root, room),
    )


def toy_lines(root: Path, room: str) -> int:
    """The toy lives among the tests of `submissions`, but is none."""
    return lines_of((root / "tests" / room / "toy").rglob("*.py"))


def toy(root: Path) -> Lines:
    """Count the toy: a whole process, without tests, since the contract is its test."""
    place = root / "tests/submissions/toy"
    return Lines(
        python=lines_of(one for one in place.rglob("*.py") if "migrations" not in one.parts),
        templates=lines_of(place.rglob("*.html")),
        forms=lines_of(place.rglob("*.toml")),
        migrations=lines_of((place / "migrations").glob("0*.py")),
    )


def scripts_of(root: Path, templates: Iterable[Path]) -> Iterator[Path]:
    named = {name for page in templates for name in SCRIPT.findall(page.read_text())}
    return (root / "src/xinghai/static/xinghai" / name for name in sorted(named))


def lines_of(files: Iterable[Path]) -> int:
    return sum(len(one.read_text().splitlines()) for one in files if one.exists())
