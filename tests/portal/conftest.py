"""Both real notices, loaded and published as the operator's command does it."""

import pytest

from xinghai.calls.composing import compose, definition_path
from xinghai.calls.models import Call
from xinghai.calls.services import load_call


@pytest.fixture
def call_2024(db: None) -> Call:
    return load_call(compose(definition_path("2024")), publish=True)


@pytest.fixture
def call_2022(db: None) -> Call:
    return load_call(compose(definition_path("2022-1")), publish=True)


@pytest.fixture
def call_in_preparation(db: None) -> Call:
    return load_call(compose(definition_path("2024")))
