"""`xinghai test`, `bench`, `pictures`: a throw-away database, migrated, removed at the end."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from xinghai.config.database.launcher import Database, start
from xinghai.config.database.roles import APPLICATION, DATABASE
from xinghai.config.database.server import ADMIN
from xinghai.config.errors import StartError

# The tests of durability start servers of their own, with nothing switched off.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
WORKERS = "2"
# A whole process of the tests' own: what the shared rooms do, they must do for it too.
TEST_APPS = "tests.submissions.toy"
COVERAGE = "--coverage"


def run_tests(words: Sequence[str]) -> int:
    """Run pytest with its own arguments; the exit status is pytest's."""
    root = Path(os.environ.get("XINGHAI_HOME", "."))
    spread = [] if "-n" in words else ["-n", WORKERS]
    with (
        measured(root, is_wanted=COVERAGE in words) as wishes,
        throw_away_installation(server_settings=HASTY, mode="test", wishes=wishes) as environment,
    ):
        # The whole server goes at the end; no worker need drop its database.
        command = [sys.executable, "-m", "pytest", "--reuse-db", *spread]
        command += [word for word in words if word != COVERAGE]
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with subprocess.Popen(command, cwd=root, env=environment) as pytest:
            try:
                return pytest.wait()
            except KeyboardInterrupt:
                pytest.send_signal(signal.SIGINT)
                return pytest.wait(30)


@contextmanager
def measured(root: Path, *, is_wanted: bool) -> Iterator[dict[str, str]]:
    """What makes each Python process tell which lines and branches it ran; at the end `.coverage`.

    Nothing where it is not wanted. Workers, servers and commands all write a file of their own,
    since Python itself reads these variables at its start (coverage's own .pth file).
    """
    if not is_wanted:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="xinghai-coverage-", dir="/tmp") as place:
        yield {
            "COVERAGE_PROCESS_START": str(root.resolve() / "pyproject.toml"),
            "COVERAGE_FILE": str(Path(place) / ".coverage"),
        }
        together = ["combine", "--quiet", f"--data-file={root / '.coverage'}", place]
        subprocess.run([sys.executable, "-m", "coverage", *together], cwd=root, check=True)


def run_program(name: str, words: Sequence[str]) -> int:
    """Run `bench/` or `pictures/` on a database that is as durable as the real one."""
    root = Path(os.environ.get("XINGHAI_HOME", "."))
    with throw_away_installation(server_settings={}, mode="demo") as environment:
        command = [sys.executable, "-m", name, *words]
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        return subprocess.run(command, cwd=root, env=environment, check=False).returncode


@contextmanager
def throw_away_installation(
    *, server_settings: Mapping[str, str], mode: str, wishes: Mapping[str, str] | None = None
) -> Iterator[dict[str, str]]:
    """A migrated database in a directory of its own, and the environment that names it."""
    place = Path(tempfile.mkdtemp(prefix="xinghai-test-", dir="/tmp"))
    place.chmod(0o711)
    try:
        database = start(place / "data", extra=server_settings, may_create=True)
        try:
            if mode == "test":
                _let_the_tests_copy_rows(database)
            environment = (
                os.environ
                | (wishes or {})
                | {
                    "DATABASE_URL": database.url,
                    "DJANGO_SETTINGS_MODULE": "xinghai.config.settings",
                    # Playwright's loop runs in the thread of the test, which Django would refuse.
                    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
                    "XINGHAI_DATA_DIR": str(place / "data"),
                    "XINGHAI_LOG": "warning",
                    "XINGHAI_MODE": mode,
                    "XINGHAI_SECRET_KEY": secrets.token_urlsafe(32),
                    "XINGHAI_TEST_APPS": TEST_APPS,
                    "XINGHAI_TEST_TEMPLATE": DATABASE,
                }
            )
            (place / "data" / "static").mkdir()
            _migrate(environment)
            yield environment
        finally:
            database.stop()
            database.server.home.remove_socket_directory()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _let_the_tests_copy_rows(database: Database) -> None:
    """Whole tables are emptied and filled between tests, which triggers and references refuse.

    And a test's one transaction is many requests: each of its changes is counted (`changes`).
    """
    home = database.server.home
    with psycopg.connect(
        host=str(home.socket), user=ADMIN, password=home.secret("admin"), dbname="postgres"
    ) as connection:
        role = sql.Identifier(APPLICATION)
        for statement in (
            "GRANT SET ON PARAMETER session_replication_role TO {}",
            "ALTER ROLE {} SET xinghai.count_each = 'yes'",
        ):
            connection.execute(sql.SQL(statement).format(role))


def _migrate(environment: dict[str, str]) -> None:
    root = Path(os.environ.get("XINGHAI_HOME", "."))
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"]
    done = subprocess.run(
        command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise StartError(f"迁移失败：\n{done.stderr}", "The migration failed, see above.")
