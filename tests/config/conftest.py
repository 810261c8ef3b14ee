"""Real servers in real directories: each test of the launcher makes its own."""

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.accounts import ACCOUNTS, Interpreter, ordinary_interpreter, ourselves
from tests.fixtures.old_database import migrated, old_database, server
from xinghai.config.database.binaries import find_binaries, keep_copy
from xinghai.config.database.launcher import Database, start

__all__ = ["migrated", "old_database", "server"]

Start = Callable[..., Database]


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory any account can reach (pytest's own lies below a private one)."""
    folder = Path(tempfile.mkdtemp(prefix="xinghai-config-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def programs() -> Iterator[str]:
    """One copy of the package's programs for all servers of this worker: copying costs most."""
    folder = Path(tempfile.mkdtemp(prefix="xinghai-programs-", dir="/tmp"))
    folder.chmod(0o755)
    yield str(keep_copy(find_binaries(setting=""), folder).bin)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def started(place: Path, programs: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start databases that end with the test."""
    monkeypatch.setenv("XINGHAI_PG_BIN", programs)
    running: list[Database] = []

    def begin(data_dir: Path | None = None, **wishes: object) -> Database:
        database = start(data_dir or place / "data", **wishes)  # type: ignore[arg-type]
        running.append(database)
        return database

    yield begin
    for database in running:
        database.stop()
        if database.server.home.exists:
            database.server.home.remove_socket_directory()


@pytest.fixture(scope="session")
def own_cache() -> Path:
    """Prepared demonstrations of this run: both workers share them, and they go with the run."""
    folder = Path(os.environ["XINGHAI_DATA_DIR"]) / "cache"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@pytest.fixture(autouse=True)
def as_an_operator(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the test run's own installation, and nothing the user's cache has kept.

    Whole servers are not measured: under measurement one took more than a minute to end.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_cache))
    for name in list(os.environ):
        if name.startswith(("XINGHAI_", "COVERAGE_")) or name == "DATABASE_URL":
            monkeypatch.delenv(name)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=ACCOUNTS)
def interpreter(request: pytest.FixtureRequest, place: Path) -> Interpreter:
    """Python as root and as an ordinary user (as ourselves, when we are ordinary)."""
    if request.param == "root" or os.geteuid() != 0:
        return ourselves(place)
    return ordinary_interpreter(place)
