"""What every test may use: the database of `./xinghai test`, a running site, a browser."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.utils import translation
from pytest_django.live_server_helper import LiveServer

from xinghai.kernel import navigation
from xinghai.submissions import process

TOY = "toy"


def pytest_configure(config: pytest.Config) -> None:
    if "XINGHAI_TEST_TEMPLATE" not in os.environ:
        raise pytest.UsageError(
            "run the tests with ./xinghai test [pytest arguments]: it prepares their database"
        )


@pytest.fixture
def live_site(live_server: LiveServer, transactional_db: None) -> str:
    """The address of the site, served by a thread on this test's own database."""
    return str(live_server.url)


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """A request in English leaves its language in the thread; every test begins in Chinese."""
    translation.activate(settings.LANGUAGE_CODE)


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
