"""The contract's tests run once for each process, in the collection window of its call."""

from collections.abc import Iterator

import pytest

from tests.submissions.contract.cases import CASES, Case
from tests.submissions.contract.world import IN_THE_WINDOW, World
from xinghai.kernel.clock import travel_to


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


@pytest.fixture
def world(case: Case, db: None) -> Iterator[World]:
    with travel_to(IN_THE_WINDOW):
        yield World.put_back(case)
