"""What must be run entirely, what nearly, and that no level sinks (`tests/covered.py`)."""

import pytest

from tests import covered
from tests.covered import File, faults, groups, hints, table


def file(path: str, run: int = 10, missing: tuple[str, ...] = ()) -> File:
    return File(f"src/xinghai/{path}", all=10, run=run, missing=missing)


@pytest.mark.parametrize(
    ("path", "group", "goal"),
    [
        ("kernel/forms/kinds/base.py", "kernel", 100),
        ("submissions/services/drafting.py", "submissions", 100),
        ("accounts/services/staff.py", "accounts: services", 100),
        ("calls/selectors.py", "calls: selectors", 100),
        ("suggestions/rules.py", "suggestions: rules", 100),
        ("accounts/views/entrance.py", "accounts", 95),
        ("config/cli.py", "config", 95),
        ("__init__.py", "__init__", 95),
    ],
)
def test_the_rooms_and_what_decides_in_every_room_are_run_whole(
    path: str, group: str, goal: int
) -> None:
    [found] = groups([file(path)])
    assert (found.name, found.goal) == (group, goal)


def test_a_room_below_its_goal_is_a_fault_however_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covered, "REACHED", {})
    nearly = File("src/xinghai/kernel/a.py", all=10_000, run=9_999, missing=("7",))
    assert faults(groups([nearly])) == ["kernel: 99.9 % is less than 100 %"]
    assert faults(groups([file("kernel/a.py"), file("portal/a.py", run=9)])) == [
        "portal: 90.0 % is less than 95 %"
    ]


def test_what_was_reached_never_sinks_and_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covered, "REACHED", {"portal": 80})
    assert faults(groups([file("portal/a.py", run=8)])) == []
    assert faults(groups([file("portal/a.py", run=7)])) == ["portal: 70.0 % is less than 80 %"]
    assert hints(groups([file("portal/a.py", run=8)])) == []
    higher = groups([file("portal/a.py", run=9)])
    assert (faults(higher), len(hints(higher))) == ([], 1)


def test_the_table_names_the_goal_and_what_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covered, "REACHED", {"config": 80})
    assert table(groups([file("config/a.py", run=8)])).splitlines()[-1] == (
        "| config | 10 | 2 | 80.0 | 95, now 80 |"
    )
