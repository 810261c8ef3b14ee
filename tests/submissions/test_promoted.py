"""Columns of a record are filled by the fields its form names for them."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.factories import load_notice, make_staff
from tests.kernel.forms.samples import data, field
from tests.suggestions.factories import again, hand_in, in_the_window, make_draft
from xinghai.accounts.kinds import Role
from xinghai.calls.models import Call
from xinghai.kernel.forms import Field, parse_form
from xinghai.submissions.answers import yuan_of
from xinghai.submissions.index_text import titles_of
from xinghai.submissions.services.drafting import save
from xinghai.suggestions.models import Suggestion


@pytest.mark.parametrize(
    ("unit", "answer", "yuan"),
    [
        ("万元", "120.5", "1205000.00"),
        ("亿元", "0.3", "30000000.00"),
        ("元", "99.999", "100.00"),
        ("万元", "", None),
        ("万元", None, None),
        ("万元", "大约一百", None),
        ("万元", "NaN", None),
        ("万元", "-3", None),
        ("万元", "9" * 20, None),
        ("元", "99999999999999.99", "99999999999999.99"),
        # Rounded to 分 it has a digit more than the column.
        ("元", "99999999999999.999", None),
        ("万元", "1e999999", None),
        ("万元", "1e-999999", "0.00"),
        ("万元", "Infinity", None),
        ("万元", ["1"], None),
    ],
)
def test_an_amount_is_kept_in_yuan(unit: str, answer: Any, yuan: str | None) -> None:
    found = yuan_of(Field(**field("a", "decimal", unit=unit)), answer)
    assert found == (None if yuan is None else Decimal(yuan))


def test_a_title_and_what_follows_it_stand_apart_in_an_index() -> None:
    fields = (field("title"), field("again", prefill_from="title"), field("other"))
    assert titles_of(parse_form(data(*fields))) == {"title", "again"}
    # Nothing follows a title there is not: every field is told.
    assert titles_of(parse_form(data(field("other")))) == set()


@pytest.fixture
def call() -> Call:
    return load_notice("2024")


def amount_of(suggestion: Suggestion) -> Decimal | None:
    return Suggestion.objects.get(pk=suggestion.pk).amount


@pytest.mark.django_db
def test_the_amount_follows_what_is_written(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call, fiscal_ask="80")
        assert amount_of(draft) == Decimal(800_000)
        seen = again(draft)
        save(seen, by=draft.author, base_version=seen.version, answers={"fiscal_ask": ""})
    assert amount_of(draft) is None


@pytest.mark.django_db
def test_a_form_from_before_leaves_the_amount_as_the_upgrade_set_it(call: Call) -> None:
    """Its definition names no field for the amount; a save must not take the column away."""
    with in_the_window():
        draft = make_draft(call, fiscal_ask="80")
        with connection.cursor() as cursor:
            # As a form of before stands in the table, which refuses changes.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(
                "UPDATE calls_callform SET definition = replace(definition::text,"
                ' \'"promote": "amount"\', \'"readonly": false\')::jsonb,'
                " definition_hash = repeat('0', 64) WHERE id = %s",
                [draft.form_id],
            )
            cursor.execute("SET LOCAL session_replication_role = origin")
        seen = again(draft)
        save(seen, by=draft.author, base_version=seen.version, answers={"fiscal_ask": "90"})
    assert amount_of(draft) == Decimal(800_000)


@pytest.mark.django_db
def test_the_bureaus_file_has_the_amount(call: Call, client: Client) -> None:
    with in_the_window():
        hand_in(make_draft(call, fiscal_ask="80"))
    client.force_login(make_staff(Role.PLANNER))
    answer = client.get("/office/suggestions/all/rows.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0].endswith("金额（元）")
    assert lines[1].endswith("800000.00")
