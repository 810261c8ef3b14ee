"""The steps of `docs/develop/a-new-process.md` are taken, not only read."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "develop" / "a-new-process.md"
TOY = ROOT / "tests" / "submissions" / "toy"
BLOCK = re.compile(r"^`toy/([\w.]+)`\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)

WALK = """
import dataclasses
import django
django.setup()
from pathlib import Path
import walked
from tests.submissions.contract.cases import CASES
from tests.submissions.contract.world import IN_THE_WINDOW, World
from walked.process import TOY
from xinghai.calls.composing import compose
from xinghai.calls.services import load_call
from xinghai.kernel.clock import travel_to

call = Path(walked.__file__).parent / "call.toml"
case = dataclasses.replace(CASES[-1], process=TOY)
with travel_to(IN_THE_WINDOW):
    world = World(case, load_call(compose(call), publish=True))
    kept = world.kept()
    print(type(kept).__module__, kept.state, kept.number)
"""


def blocks() -> dict[str, str]:
    return dict(BLOCK.findall(PAGE.read_text()))


def test_the_page_shows_every_file_of_the_toy_as_it_is() -> None:
    files = [one for one in TOY.iterdir() if one.is_file() and one.suffix in (".py", ".toml")]
    written = {one.name: one.read_text() for one in files if one.read_text()}
    assert blocks() == written


def test_a_whole_process_takes_no_more_than_four_hundred_lines() -> None:
    files = [one for one in TOY.rglob("*") if one.suffix in (".py", ".toml", ".html")]
    assert sum(len(one.read_text().splitlines()) for one in files) <= 400


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The blocks of the page in an empty package of another name."""
    place = tmp_path / "walked"
    (place / "migrations").mkdir(parents=True)
    for name in ("__init__.py", "migrations/__init__.py"):
        (place / name).touch()
    for name, text in blocks().items():
        (place / name).write_text(text.replace("tests.submissions.toy", "walked"))
    return place


@pytest.fixture
def database() -> Iterator[str]:
    """A database like a fresh installation's; its name."""
    name, template = f"walk_{os.getpid()}", os.environ["XINGHAI_TEST_TEMPLATE"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def run(package: Path, database: str, *words: str) -> str:
    """Run Python with the walked package as the only process of the tests."""
    before, mark, query = os.environ["DATABASE_URL"].partition("?")
    address = f"{before.rpartition('/')[0]}/{database}{mark}{query}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "PYTHONPATH": f"{package.parent}{os.pathsep}{ROOT}",
        "XINGHAI_TEST_APPS": "walked",
    }
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.django_db
def test_the_steps_build_a_process_that_takes_a_record_to_its_decision(
    package: Path, database: str
) -> None:
    run(package, database, "-m", "django", "makemigrations", "toy", "--skip-checks")
    made = (package / "migrations" / "0001_initial.py").read_text()
    kept = (TOY / "migrations" / "0001_initial.py").read_text()
    assert made.split("\n\n", 1)[1] == kept.split("\n\n", 1)[1], "the toy's own, made again"
    found = run(package, database, "-c", WALK).split()
    assert found == ["walked.models", "admitted", "2024-toy-00001"]
