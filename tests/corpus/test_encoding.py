"""The operator's encoder: off, on, and silent."""

from typing import Any

import pytest

from tests.similarity.test_encoding import Service, service
from xinghai.corpus.encoding import vectors_of

__all__ = ["service"]


def test_no_encoder_is_asked_unless_one_is_set_up() -> None:
    assert vectors_of(["一"]) is None


def test_an_endpoint_answers_a_row_for_each_text(service: Service, settings: Any) -> None:
    settings.ENCODER = service.address
    assert len(vectors_of(["a", "b"])) == 2


@pytest.mark.parametrize("address", ["/no/such/directory", "ftp://x", "http://127.0.0.1:9/v1"])
def test_an_encoder_that_fails_costs_nobody_an_answer(address: str, settings: Any) -> None:
    settings.ENCODER = address
    assert vectors_of(["a"]) is None
