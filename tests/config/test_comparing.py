"""`xinghai compare` without the extra it needs."""

import sys

import pytest

from xinghai.config.cli import main


def test_without_the_extra_the_command_says_how_it_is_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    monkeypatch.delitem(sys.modules, "xinghai.similarity.distributed", raising=False)
    assert main(["compare", "suggestions.jsonl"]) == 1
    said = capsys.readouterr().err
    assert "缺少 daft" in said
    assert "./xinghai prepare spread" in said
