"""`calls check` and `calls load` at the operator's prompt."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from xinghai.calls.models import Call

pytestmark = pytest.mark.django_db


def test_a_shipped_notice_is_checked_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("calls_check", "2024")
    said = capsys.readouterr().out
    assert said.endswith("没有错误，8 处提示。 No errors, 8 notices.\n")
    assert "CXJJ-HM x energy: undefined by the notice; proposed: chengguo" in said


def test_a_shipped_notice_is_loaded_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("calls_load", "2022-1")
    call_command("calls_load", "2022-1", "--publish")
    said = capsys.readouterr()
    assert [line.split()[0] for line in said.out.splitlines()] == ["2022-1", "2022-1"]
    assert said.err.count("--publish") == 2  # in both languages, once: then it is public
    assert Call.objects.get().state == "published"


def test_a_broken_file_stops_both_commands_and_names_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('code = "x"\ntitle = \n', encoding="utf-8")
    for command in ("calls_check", "calls_load"):
        with pytest.raises(CommandError):
            call_command(command, str(broken))
    captured = capsys.readouterr()
    assert "broken.toml:2: error" in captured.out
    assert "broken.toml:2: error" in captured.err
    assert Call.objects.count() == 0
