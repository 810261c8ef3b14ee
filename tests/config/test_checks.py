"""The site refuses a database that may lose what it gave a receipt for."""

import subprocess
import sys
from pathlib import Path

import pytest

from xinghai.config.checks import DURABLE, database_faults, extension_faults, version_faults
from xinghai.config.environment import claim_data_dir
from xinghai.config.errors import StartError


@pytest.mark.django_db
def test_every_switched_off_promise_is_named() -> None:
    """The tests' own server runs with these three off."""
    named = {name for fault in database_faults() for name in DURABLE if f"{name} = off" in fault.en}
    assert named == {"fsync", "full_page_writes", "synchronous_commit"}


def test_a_missing_extension_is_named() -> None:
    (fault,) = extension_faults({"plpgsql", "btree_gist"})
    assert "CREATE EXTENSION pg_trgm" in fault.en


@pytest.mark.parametrize(("major", "faults"), [(14, 1), (15, 0), (18, 0)])
def test_postgresql_15_is_the_oldest(major: int, faults: int) -> None:
    assert len(version_faults(major)) == faults


def test_a_data_directory_keeps_its_purpose(place: Path) -> None:
    claim_data_dir(place / "data", "demo")
    claim_data_dir(place / "data", "demo")
    with pytest.raises(StartError, match="made for demo"):
        claim_data_dir(place / "data", "serve")


def test_the_embedded_database_passes_once_it_is_migrated(place: Path) -> None:
    def run(*words: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "xinghai.config.cli", *words], check=False
        ).returncode

    where = ("--data-dir", str(place / "data"))
    assert [run("check", *where), run("migrate", *where), run("check", *where)] == [1, 0, 0]
