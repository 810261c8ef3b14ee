"""The page that says whether the site can work."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_the_health_page_answers_anybody(client: Client) -> None:
    answer = client.get("/healthz/")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})
