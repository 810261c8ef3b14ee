"""What the settings promise about the connection to the database."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_planner_keeps_the_written_order_of_many_joins() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW join_collapse_limit")
        assert cursor.fetchone() == ("4",)
