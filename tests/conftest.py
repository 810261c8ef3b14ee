"""What every test may use: the database of `./xinghai test`, a running site, a browser."""

import os

import pytest
from django.conf import settings
from django.utils import translation
from pytest_django.live_server_helper import LiveServer


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
