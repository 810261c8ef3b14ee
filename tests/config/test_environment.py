"""What every process of an installation finds in its environment."""

import os
import stat
from pathlib import Path

import pytest

from xinghai.config import environment


def test_compiled_loops_have_a_place_where_the_program_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", {"XINGHAI_SECRET_KEY": "of the test"})

    environment.establish(tmp_path, database_url="postgresql://nowhere", mode="test")
    assert "NUMBA_CACHE_DIR" not in os.environ

    monkeypatch.setattr(environment, "PACKAGE", Path("/proc/read-only"))
    environment.establish(tmp_path, database_url="postgresql://nowhere", mode="test")
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "compiled")


def test_attachments_and_letters_are_for_no_other_account(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "environ", {"XINGHAI_SECRET_KEY": "of the test"})
    (tmp_path / "mail").mkdir(mode=0o755)
    environment.establish(tmp_path, database_url="postgresql://nowhere", mode="test")
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("files", "mail")}
    assert modes == {"files": 0o700, "mail": 0o700}
