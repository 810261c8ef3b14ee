"""The database's clock decides, and nobody moves it where receipts are given."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings

from xinghai.kernel.clock import travel_to


def test_a_serving_platform_refuses_to_move_its_clock() -> None:
    with (
        override_settings(MODE="serve"),
        pytest.raises(RuntimeError, match="cannot be moved"),
        travel_to(datetime(2024, 2, 1, tzinfo=UTC)),
    ):
        raise AssertionError("the clock has moved")
