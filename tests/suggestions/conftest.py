"""What most tests of suggestions begin with; a test that needs it otherwise says so itself."""

import pytest

from tests.factories import load_notice, make_organisation, make_user
from tests.suggestions.scenes import Bureau, load_notice_and_bureau
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call


@pytest.fixture
def call(request: pytest.FixtureRequest) -> Call:
    """The notice of 2024, published; where a test asks for the bureau, they come together."""
    if "bureau" in request.fixturenames:
        request.getfixturevalue("bureau")
        return Call.objects.get(code="2024")
    return load_notice("2024")


@pytest.fixture
def bureau(db: None) -> Bureau:
    return load_notice_and_bureau()


@pytest.fixture
def science() -> User:
    """Who administers the university."""
    return make_user(name="演示科研处")


@pytest.fixture
def university(science: User) -> Organisation:
    return make_organisation("university", administrator=science)
