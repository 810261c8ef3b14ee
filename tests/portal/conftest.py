"""Both real notices, published."""

import pytest

from tests.factories import load_notice
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
