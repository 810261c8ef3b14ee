"""What every test may use: the database of `./xinghai test`, a running site, a browser."""

import gc
import os
from collections.abc import Collection, Generator, Iterator
from pathlib import Path
from threading import Condition, current_thread, main_thread
from typing import Any

import pytest
from coverage import Coverage
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import TransactionTestCase, override_settings
from django.urls import get_resolver
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests import tables
from tests.changed import Tree, changed_files, reached
from xinghai.kernel import navigation
from xinghai.kernel.kept_pages import memory
from xinghai.kernel.kept_statements import Kept, Text
from xinghai.submissions import process

TOY = "toy"

# A test is never timed: on a machine with other work an example may take long.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
# What only these run is not covered: they are slow under measurement, and say what no line says.
NOT_MEASURED = (ROOT / "tests/browser", ROOT / "tests/house")
# But these refuse wrong declarations, line by line.
MEASURED = (ROOT / "tests/house/test_processes.py",)
REACHED = pytest.StashKey[Collection[str] | None]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("xinghai")
    words = "only the test files that what changed since --since reaches"
    group.addoption("--changed", action="store_true", help=words)
    group.addoption("--since", default="main", metavar="COMMIT", help="what --changed starts from")


def pytest_configure(config: pytest.Config) -> None:
    if "XINGHAI_TEST_TEMPLATE" not in os.environ:
        raise pytest.UsageError(
            "run the tests with ./xinghai test [pytest arguments]: it prepares their database"
        )
    # Argon2 is slow on purpose. tests/accounts/test_passwords.py shows what the platform keeps.
    override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]).enable()

    config.stash[REACHED] = None
    if hasattr(config, "workerinput"):
        config.stash[REACHED] = config.workerinput["reached"]
    elif config.getoption("--changed"):
        changed = changed_files(ROOT, config.getoption("--since"))
        config.stash[REACHED] = reached(Tree(ROOT), changed)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """What the first process has found out is told to the workers."""
    found = node.config.stash[REACHED]
    node.workerinput["reached"] = None if found is None else sorted(found)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    found = config.stash[REACHED]
    if found is not None:
        terminalreporter.write_line(f"what changed reaches {len(found)} test files")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    found = config.stash[REACHED]
    if found is None or not collection_path.name.startswith("test_"):
        return None
    if collection_path.is_dir():
        return None
    return str(collection_path.relative_to(ROOT)) not in found or None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """With `--coverage`, nothing is measured while a test of NOT_MEASURED runs."""
    measuring = Coverage.current()
    left_out = any(item.path.is_relative_to(one) for one in NOT_MEASURED)
    if measuring is None or not left_out or item.path in MEASURED:
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


def pytest_collection_finish() -> None:
    """What has been imported stays: the collector of garbage need not look at it ever again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """After a test with transactions of its own the database is as the migrations left it."""
    with django_db_blocker.unblock():
        tables.remember_migrated()
        connection.close()
    TransactionTestCase._fixture_teardown = lambda _case: tables.empty()


class RequestsOfTheServer:
    """How many requests the server's threads are answering; those of the test's own client not."""

    def __init__(self) -> None:
        self.open, self.changed = 0, Condition()

    def begin(self, **_about: Any) -> None:
        self._count(1)

    def end(self, **_about: Any) -> None:
        self._count(-1)

    def _count(self, change: int) -> None:
        if current_thread() is not main_thread():
            with self.changed:
                self.open += change
                self.changed.notify_all()

    def wait_for_the_last(self) -> None:
        """A page that is left sends its last save: emptying the tables would deadlock with it."""
        with self.changed:
            is_over = self.changed.wait_for(lambda: self.open <= 0, timeout=10)
        assert is_over, "a request is still being answered"


@pytest.fixture
def live_site(live_server: LiveServer, transactional_db: None) -> Iterator[str]:
    """The address of the site, served by a thread on this test's own database."""
    requests = RequestsOfTheServer()
    request_started.connect(requests.begin)
    request_finished.connect(requests.end)
    yield str(live_server.url)
    requests.wait_for_the_last()
    request_started.disconnect(requests.begin)
    request_finished.disconnect(requests.end)


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """A request in English leaves its language in the thread; every test begins in Chinese."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True, scope="session")
def _kept_texts_are_those_of_now() -> Iterator[None]:
    """Every statement asked with a kept text is made anew beside it, and must be the same."""
    found = Kept.text_of

    def compared(self: Kept[Any], fixed: tuple[Any, ...], values: dict[str, Any]) -> Text | None:
        text = found(self, fixed, values)
        if text is not None:
            query = self.build(*fixed, **values).query
            fresh, wanted = query.get_compiler("default").as_sql()
            same = (text.compiler.text, text.of(values)) == (fresh, tuple(wanted))
            assert same, f"{self.build} depends on more than it is given"
        return text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Kept, "text_of", compared)
        yield


@pytest.fixture(autouse=True)
def _no_page_kept() -> None:
    """Pages that earlier tests were shown are forgotten: settings and templates were theirs."""
    memory.clear()


@pytest.fixture(autouse=True)
def _without_the_toy(request: pytest.FixtureRequest) -> Iterator[None]:
    """The toy process is registered like any other, for the tests of the shared rooms alone."""
    if "tests/submissions/" in str(request.path) or request.path.name == "test_processes.py":
        yield
        return
    _ = get_resolver().url_patterns  # the addresses are mounted once, with every process
    entries = navigation._entries
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(process._processes, TOY)
        for frame, known in entries.items():
            kept = {name: one for name, one in known.items() if not name.startswith(f"{TOY}:")}
            patch.setitem(entries, frame, kept)
        yield
