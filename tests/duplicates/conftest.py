"""What most tests of this room begin with; a test that needs it otherwise says so itself."""

import pytest

from tests.factories import load_notice, make_organisation, make_user
from tests.suggestions.scenes import Bureau, make_bureau
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call


@pytest.fixture
def call() -> Call:
    """The notice of 2024, published."""
    return load_notice("2024")


@pytest.fixture
def bureau(call: Call) -> Bureau:
    return make_bureau()


@pytest.fixture
def science() -> User:
    """Who administers the university."""
    return make_user(name="演示科研处")


@pytest.fixture
def university(science: User) -> Organisation:
    return make_organisation("university", administrator=science)
