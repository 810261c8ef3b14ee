"""Both real notices, published, and what public pages show of them."""

import pytest
from django.test import Client

from tests.calls.asking import answered
from tests.factories import load_notice, make_user
from tests.pages import client_of
from tests.suggestions.scenes import Bureau, make_bureau, suggestion_in
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
def call(db: None) -> Call:
    load_notice("2022-1")
    return load_notice("2024")


@pytest.fixture
def bureau(call: Call) -> Bureau:
    """Something of everything public pages show."""
    bureau = make_bureau()
    for _one in range(5):
        suggestion_in("submitted", call, bureau)
    suggestion_in("draft", call, bureau)
    answered(call, by=make_user())
    return bureau


@pytest.fixture
def visitor() -> Client:
    return client_of(None)
