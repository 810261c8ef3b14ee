"""A demonstration's directory prepared once and copied: the same data, never another program's."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.processes import connected
from xinghai.config import prepared
from xinghai.config.database.launcher import Database
from xinghai.config.demo import Demonstration
from xinghai.config.prepared import Prepared

Start = Callable[..., Database]


@pytest.fixture(autouse=True)
def cache(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(place / "cache"))
    return place / "cache"


def rows(database: Database, statement: str) -> list[tuple[object, ...]]:
    with connected(database) as connection:
        found = connection.execute(statement)
        return found.fetchall() if found.description else []


def kept(started: Start, place: Path, name: str = "one") -> Prepared:
    """A state with one table, one row, one file and the sign-ins."""
    database = started(place / "first")
    rows(database, "CREATE TABLE told (words text)")
    rows(database, "INSERT INTO told VALUES ('a tale')")
    (place / "first" / "files" / "a").mkdir(parents=True)
    (place / "first" / "files" / "a" / "letter.pdf").write_text("%PDF")
    (place / "first" / "sign-ins.txt").write_text("who")
    (place / "first" / "secret-key").write_text("the first's alone")
    state = Prepared("story", name)
    with database.paused():
        state.keep(place / "first")
    return state


def test_a_new_directory_has_what_the_kept_one_had(started: Start, place: Path) -> None:
    assert kept(started, place).give(place / "second")
    database = started(place / "second")
    assert rows(database, "SELECT words FROM told") == [("a tale",)]
    assert (place / "second" / "files" / "a" / "letter.pdf").read_text() == "%PDF"
    assert (place / "second" / "sign-ins.txt").read_text() == "who"
    assert not (place / "second" / "secret-key").exists()


def test_two_directories_of_one_state_do_not_share_what_is_written_later(
    started: Start, place: Path
) -> None:
    state = kept(started, place)
    assert state.give(place / "second")
    rows(started(place / "second"), "INSERT INTO told VALUES ('another')")
    assert state.give(place / "third")
    assert rows(started(place / "third"), "SELECT words FROM told") == [("a tale",)]


def test_a_state_that_was_never_kept_or_cannot_be_read_gives_nothing(
    started: Start, place: Path
) -> None:
    assert not Prepared("story", "never").give(place / "second")
    state = kept(started, place)
    (state.place / "admin-password").unlink()
    assert not state.give(place / "second")
    assert not (place / "second" / "sign-ins.txt").exists()
    database = started(place / "second")
    assert rows(database, "SELECT 1") == [(1,)]
    with database.paused():
        state.keep(place / "second")
    assert state.give(place / "third"), "a new one takes the place of what could not be read"


def test_only_the_newest_few_are_kept(started: Start, place: Path) -> None:
    state = kept(started, place)
    half_made = state.shelf / ".new-killed"
    half_made.mkdir()
    os.utime(half_made, (0, 0))
    for number in range(prepared.KEPT + 1):
        (state.shelf / f"later-{number}").mkdir()
    Prepared("story", "last")._forget_older()
    assert len(list(state.shelf.iterdir())) == prepared.KEPT
    assert not state.place.exists()
    assert not half_made.exists()


def test_a_story_told_over_midnight_is_the_former_days(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "today", lambda: "2030-12-31")
    begun = Demonstration(place / "first", with_story=True)
    monkeypatch.setattr(prepared, "today", lambda: "2031-01-01")
    assert begun.story.name.endswith("2030-12-31")


@pytest.mark.parametrize("change", ["migrations/0002.py", "story.toml"])
def test_another_program_or_another_day_is_another_state(
    place: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    package = place / "src" / "xinghai"
    (package / "migrations").mkdir(parents=True)
    (package / "story.toml").write_text("a tale")
    monkeypatch.setattr(prepared, "PACKAGE", package)

    def name() -> str:
        prepared.source_digest.cache_clear()
        return prepared.story().name

    before = name()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "story.pyc").write_text("compiled")
    assert name() == before
    (package / change).write_text("another")
    after = name()
    assert after != before
    monkeypatch.setattr(prepared, "today", lambda: "2031-01-01")
    assert name() not in {before, after}
    prepared.source_digest.cache_clear()
