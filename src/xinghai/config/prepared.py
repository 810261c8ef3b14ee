"""New data directories of the demonstration, prepared once and kept in the user's cache.

To make a cluster and tell the demonstration's story takes most of a first start; to copy the
result, less than a second. It is kept under a digest of all it is made from: every file of the
program, the pinned packages, Python and PostgreSQL, and the day, since its dates count from
today. It is never moved to another day: the trail's hashes hold the times of its events.

Only `demo` uses this. A platform for real use makes its own cluster.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from xinghai.config.database.account import server_account
from xinghai.config.database.binaries import find_binaries
from xinghai.config.database.home import Home
from xinghai.config.database.server import FIRST_CONFIGURATION

log = structlog.get_logger()

PACKAGE = Path(__file__).resolve().parent.parent
# Made from others, when they are needed.
MADE = {"__pycache__", ".mo", ".pyc", ".nbi", ".nbc"}
# What belongs to a state beside the cluster, in the data directory and in its `database`.
FOLDERS, FILES = ("static", "files"), ("sign-ins.txt", "prepared-by")
SECRETS = ("admin-password", "application-password")
# Other checkouts of the same user keep theirs beside ours.
KEPT = 3
HALF_MADE_KEPT = 24 * 60 * 60  # seconds


def today() -> str:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


@cache
def source_digest() -> str:
    """Return a digest of everything a state is made from but the day."""
    found = hashlib.sha256()
    for path in _sources(PACKAGE):
        found.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes())
    pinned = PACKAGE.parents[1] / "requirements.lock"
    found.update(pinned.read_bytes() if pinned.is_file() else b"")
    programs = find_binaries()
    facts = (sys.version, programs.version, programs.origin, FIRST_CONFIGURATION)
    found.update(repr(facts).encode())
    return found.hexdigest()[:32]


def _sources(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name in MADE or Path(entry.name).suffix in MADE:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _sources(Path(entry.path))
            else:
                yield Path(entry.path)


@dataclass(frozen=True)
class Prepared:
    """One state of a new data directory; `kind` and what it is made from name it."""

    kind: str
    name: str

    @property
    def shelf(self) -> Path:
        root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return root / "xinghai" / "prepared" / self.kind

    @property
    def place(self) -> Path:
        return self.shelf / self.name

    def give(self, data_dir: Path) -> bool:
        """Make a new data directory of it; False, and nothing done, where it is not at hand."""
        if not self.place.is_dir():
            return False
        account, home = server_account(), Home(data_dir)
        home.prepare(account)
        draft = home.server / "cluster.new"
        try:
            _copy(self.place / "cluster", draft)
            for name in SECRETS:
                _copy(self.place / name, home.root / name)
            self._copy_present(FOLDERS, data_dir)
            account.own_tree(draft)
            draft.rename(home.cluster)
        except (OSError, subprocess.CalledProcessError) as loss:
            log.warning("prepared_state_unreadable", place=str(self.place), reason=str(loss))
            shutil.rmtree(draft, ignore_errors=True)
            if isinstance(loss, subprocess.CalledProcessError):
                shutil.rmtree(self.place, ignore_errors=True)
            return False
        self._mark(data_dir)
        return True

    def _mark(self, data_dir: Path) -> None:
        """Say that all is there, once it is; a directory without marks is brought up to date."""
        try:
            self._copy_present(FILES, data_dir)
        except subprocess.CalledProcessError as loss:
            log.warning("prepared_state_unreadable", place=str(self.place), reason=str(loss))

    def _copy_present(self, names: Iterable[str], data_dir: Path) -> None:
        for name in names:
            if (self.place / name).exists():
                _copy(self.place / name, data_dir / name)

    def keep(self, data_dir: Path) -> None:
        """Keep this data directory, whose database has been stopped; what goes wrong costs time."""
        home = Home(data_dir)
        try:
            self.shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self.shelf) as folder:
                whole = Path(folder) / "whole"
                whole.mkdir(mode=0o700)
                _copy(home.cluster, whole / "cluster")
                kept = [home.root / name for name in SECRETS]
                kept += [data_dir / name for name in (*FOLDERS, *FILES)]
                for path in kept:
                    if path.exists():
                        _copy(path, whole / path.name)
                whole.rename(self.place)
            self._forget_older()
        except (OSError, subprocess.CalledProcessError) as refusal:
            log.warning("prepared_state_not_kept", place=str(self.place), reason=str(refusal))

    def _forget_older(self) -> None:
        """Keep the newest few, and none of the copies a killed start left half made."""
        for one in self.shelf.glob(".new-*"):
            if one.stat().st_mtime < time.time() - HALF_MADE_KEPT:
                shutil.rmtree(one, ignore_errors=True)
        kept = [one for one in self.shelf.iterdir() if not one.name.startswith(".")]
        kept.sort(key=lambda one: one.stat().st_mtime, reverse=True)
        for one in kept[KEPT:]:
            shutil.rmtree(one, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """Copy with modes; `cp` shares the blocks where the file system can."""
    command = ["cp", "-a", "--reflink=auto", "-T", "--", str(source), str(target)]
    subprocess.run(command, check=True, capture_output=True, text=True)


def story() -> Prepared:
    return Prepared("story", f"{source_digest()}-{today()}")
