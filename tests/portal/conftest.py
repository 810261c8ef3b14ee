"""Both real notices, published, and what public pages show of them."""

import pytest
from django.test import Client

from tests.calls.asking import answered
from tests.factories import load_both_notices, load_notice, make_user
from tests.pages import client_of
from tests.snapshots import put_back
from tests.suggestions.scenes import (
    Bureau,
    bureau_of,
    make_bureau,
    names_of,
    suggestion_in,
)
from xinghai.calls.models import Call


@pytest.fixture
def call_2024(db: None) -> Call:
    return load_notice("2024")


@pytest.fixture
def call_2022(db: None) -> Call:
    return load_notice("2022-1")


@pytest.fixture
def call_in_preparation(db: None) -> Call:
    return load_notice("2024", publish=False)


@pytest.fixture
def call(request: pytest.FixtureRequest, db: None) -> Call:
    """The notice of 2024, the one of 2022 beside it; with `bureau`, what they say there as well."""
    if "bureau" in request.fixturenames:
        request.getfixturevalue("bureau")
        return Call.objects.get(code="2024")
    return load_both_notices()


@pytest.fixture
def bureau(db: None) -> Bureau:
    """Something of everything public pages show."""
    return bureau_of(put_back("public_pages", make_bureau_with_all) or make_bureau_with_all())


def make_bureau_with_all() -> str:
    call, bureau = load_both_notices(), make_bureau()
    for _one in range(5):
        suggestion_in("submitted", call, bureau)
    suggestion_in("draft", call, bureau)
    answered(call, by=make_user())
    return names_of(bureau)


@pytest.fixture
def visitor() -> Client:
    return client_of(None)
