"""What every process of an installation finds in its environment."""

import os
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
