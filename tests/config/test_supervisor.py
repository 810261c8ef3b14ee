"""A process that dies is started again, ever later, and at last everything is stopped."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xinghai.config.errors import StartError
from xinghai.config.site_processes import CLI
from xinghai.config.supervisor import SECOND_PAUSE, TOO_MANY, Child, command_child, end, revive


def dies_at_once() -> Child:
    child = command_child("short", ["/bin/false"])
    child.process = child.start()
    child.process.wait()
    return child


def started(child: Child) -> int:
    return 0 if child.process is None else 1


def test_a_child_comes_back_at_once_and_after_the_next_failure_with_a_pause() -> None:
    child = dies_at_once()
    revive(child, now=100.0)
    assert (started(child), child.next_start) == (0, 100.0)
    revive(child, now=100.0)
    assert started(child) == 1
    assert child.process is not None
    child.process.wait()
    revive(child, now=101.0)
    assert (started(child), child.next_start) == (0, 101.0 + SECOND_PAUSE)
    revive(child, now=101.0 + SECOND_PAUSE / 2)
    assert started(child) == 0
    revive(child, now=101.0 + SECOND_PAUSE)
    assert started(child) == 1
    end([child])


def test_each_further_failure_doubles_the_pause() -> None:
    child, pauses, now = dies_at_once(), [], 0.0
    for _ in range(4):
        revive(child, now=now)
        pauses.append(child.next_start - now)
        now = child.next_start
        revive(child, now=now)
        assert child.process is not None
        child.process.wait()
    assert pauses == [0.0, *(SECOND_PAUSE * factor for factor in (1, 2, 4))]


HELD_CHILD = """
from xinghai.config.parent import wait_until_released
wait_until_released()
print("works", flush=True)
"""


def words_of(child: Child, written: Path, *, until: str) -> str:
    limit = time.monotonic() + 20
    while until not in written.read_text() and time.monotonic() < limit:
        time.sleep(0.02)
    assert child.process is not None
    return written.read_text()


def test_a_held_child_loads_and_works_only_when_it_is_released(tmp_path: Path) -> None:
    written = tmp_path / "words"
    child = command_child("held", [sys.executable, "-c", HELD_CHILD], words=written)
    child.begin_held()
    assert words_of(child, written, until="loaded\n") == "loaded\n"
    time.sleep(0.2)
    assert words_of(child, written, until="loaded\n") == "loaded\n"
    child.release()
    assert words_of(child, written, until="works\n") == "loaded\nworks\n"
    end([child])


def test_a_held_child_ends_without_working_when_nobody_is_there_to_release_it(
    tmp_path: Path,
) -> None:
    written = tmp_path / "words"
    child = command_child("held", [sys.executable, "-c", HELD_CHILD], words=written)
    child.begin_held()
    words_of(child, written, until="loaded\n")
    assert child.process is not None
    assert child.process.stdin is not None
    child.process.stdin.close()
    assert child.process.wait(20) == 1
    assert written.read_text() == "loaded\n"


def test_a_held_child_that_died_is_started_again_and_need_not_be_released(tmp_path: Path) -> None:
    written = tmp_path / "words"
    child = command_child("held", [sys.executable, "-c", HELD_CHILD], words=written)
    child.begin_held()
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    child.release()
    revive(child, now=100.0)
    revive(child, now=100.0)
    assert words_of(child, written, until="works\n").endswith("works\n")
    end([child])


def test_a_child_that_keeps_dying_ends_everything() -> None:
    child = dies_at_once()
    child.failures = [90.0 + number for number in range(TOO_MANY)]
    with pytest.raises(StartError, match="short"):
        revive(child, now=100.0)


def test_a_child_that_is_not_vital_is_started_ever_later_and_ends_nothing() -> None:
    child = dies_at_once()
    child.vital, child.failures = False, [90.0 + number for number in range(TOO_MANY)]
    revive(child, now=100.0)
    assert child.next_start == 100.0 + SECOND_PAUSE * 2 ** (TOO_MANY - 1)


def test_failures_of_long_ago_are_forgotten() -> None:
    child = dies_at_once()
    child.failures = [1.0, 2.0, 3.0]
    revive(child, now=1000.0)
    assert child.failures == [1000.0]


def test_the_end_waits_for_everyone() -> None:
    children = [command_child(name, [sys.executable, "-c", "input()"]) for name in "ab"]
    for child in children:
        child.process = subprocess.Popen(["/bin/sleep", "60"], start_new_session=True)
    end(children)
    assert [child.running for child in children] == [False, False]


def test_what_begins_after_its_supervisor_has_ended_ends_at_once() -> None:
    """The kernel tells nobody of a parent that ended before it was asked to."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    environment = os.environ | {"XINGHAI_SUPERVISED": str(ended.pid)}
    done = subprocess.run([*CLI, "texts"], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
