"""`./xinghai test --changed`: which test files a change reaches."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.changed import EVERY_STATE, MATRIX, OLD_DATABASE, Tree, changed_files, reached

ROOT = Path(__file__).resolve().parents[2]
SERVICE = "src/xinghai/casework/services/deciding.py"
HOUSE = "tests/house/test_sizes.py"


@cache
def tree() -> Tree:
    return Tree(ROOT)


def of(*changed: str) -> set[str]:
    found = reached(tree(), set(changed))
    assert found is not None
    return found


def folders(found: set[str]) -> set[str]:
    return {path.split("/")[1] for path in found}


def test_a_service_reaches_its_room_and_whoever_imports_what_imports_it() -> None:
    found = of(SERVICE)
    own = {path for path in tree().files("tests/casework", ".py") if "/test_" in path}
    assert own <= found
    # It imports casework.worklists, which imports the service.
    assert "tests/submissions/contract/test_worklist.py" in found
    assert EVERY_STATE not in found
    assert folders(found) & {"similarity", "portal", "kernel", "accounts", "corpus"} == set()


def test_the_rules_of_the_house_are_always_asked() -> None:
    assert HOUSE in of("README.md")
    assert folders(of("bench/__init__.py")) == {"house"}


@pytest.mark.parametrize(
    ("changed", "reaches"),
    [
        ("src/xinghai/templates/casework/office/inbox.html", "tests/casework/test_lists.py"),
        ("src/xinghai/templates/account/login.html", "tests/accounts/test_registering.py"),
        ("src/xinghai/static/xinghai/form.js", "tests/submissions/contract/test_writing.py"),
        ("src/xinghai/calls/definitions/2024.toml", "tests/calls/test_routing_of_2024.py"),
        ("src/xinghai/calls/definitions/2024/1.toml", "tests/calls/test_reading.py"),
        ("src/xinghai/calls/locale/en/LC_MESSAGES/django.po", "tests/calls/test_questions.py"),
        ("src/xinghai/locale/en/LC_MESSAGES/django.po", "tests/house/test_translations.py"),
        ("src/xinghai/accounts/migrations/0001_initial.py", OLD_DATABASE),
        ("src/xinghai/casework/views/lists.py", MATRIX),
        ("src/xinghai/suggestions/rules.py", MATRIX),
        ("src/xinghai/casework/views/lists.py", EVERY_STATE),
        ("src/xinghai/submissions/record_page.py", EVERY_STATE),
        ("tests/suggestions/scenes.py", "tests/casework/test_lists.py"),
        ("tests/suggestions/conftest.py", "tests/suggestions/test_drafts.py"),
        ("tests/portal/test_guides.py", "tests/portal/test_guides.py"),
    ],
)
def test_each_kind_of_file_reaches_what_reads_it(changed: str, reaches: str) -> None:
    assert reaches in of(changed)
    assert (ROOT / reaches).exists()


def test_a_frame_of_all_pages_reaches_every_room_with_pages() -> None:
    rooms = {"accounts", "calls", "casework", "portal", "submissions", "suggestions", "browser"}
    assert folders(of("src/xinghai/templates/base.html")) >= rooms


def test_how_the_suite_runs_concerns_everything() -> None:
    assert reached(tree(), {"tests/conftest.py", SERVICE}) is None


def test_changed_files_are_those_of_the_branch_and_those_not_committed(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=demo", "-c", "user.email=demo@example.com")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    def write(name: str) -> None:
        (tmp_path / name).write_text(name)
        git("add", name)

    git("init", "--initial-branch=main")
    write("before.py")
    git("commit", "--message=before")
    git("switch", "--create=branch")
    write("committed.py")
    git("commit", "--message=branch")
    write("staged.py")
    (tmp_path / "新.py").write_text("not yet known")
    assert changed_files(tmp_path, "main") == {"committed.py", "staged.py", "新.py"}
