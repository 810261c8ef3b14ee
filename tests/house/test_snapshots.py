"""What tests begin with is what the services would have made."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests import tables
from tests.factories import composed, load_notice, make_office
from tests.snapshots import put_back
from xinghai.accounts.models import Office
from xinghai.calls.composing import definition_path
from xinghai.calls.models import Call
from xinghai.calls.services import load_call
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.models import Event


def facts(call: Call) -> dict[str, list[object]]:
    """What a call holds, without numbers of rows and times."""
    categories = ("code", "parent__code", "form_key", "allowed_kinds", "joint")
    routes = ("category__code", "domain__code", "office__code", "origin")
    return {
        "call": [call.code, call.state, call.definition_hash, call.title],
        "categories": list(call.categories.order_by("code").values_list(*categories)),
        "domains": list(call.domains.order_by("code").values_list("code", "name")),
        "forms": list(call.forms.order_by("key").values_list("key", "definition_hash")),
        "offices": list(call.offices.order_by("position").values_list("office__code", "landline")),
        "routes": list(call.routes.order_by(*routes).values_list(*routes)),
        "windows": list(call.windows.order_by("opens_at").values_list("opens_at", "closes_at")),
        "events": list(Event.objects.order_by("pk").values_list("verb", "subject_type")),
    }


@pytest.mark.django_db(transaction=True)
def test_a_notice_put_back_is_the_notice_loaded() -> None:
    put = facts(load_notice("2024"))
    tables.empty()
    loaded = facts(load_call(composed(definition_path("2024")), publish=True))
    assert put == loaded
    assert all(put.values())


@pytest.mark.django_db
def test_a_row_made_afterwards_gets_a_number_of_its_own() -> None:
    call = load_notice("2024")
    known = set(Office.objects.values_list("pk", flat=True))
    assert make_office("another", "别的处").pk not in known
    assert call.categories.create(code="NEW", name="新", name_en="New", position=99).pk


@pytest.mark.django_db(transaction=True)
def test_tables_made_anew_meanwhile_count_on_behind_what_is_put_back() -> None:
    """A test that runs migrations back and forth in between lets their numbers begin at one."""
    known = load_notice("2024").categories.count()
    tables.empty()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('calls_category', 'id'), 1, false)")
    call = load_notice("2024")
    assert call.categories.create(code="NEW", name="新", name_en="New", position=99).pk
    assert call.categories.count() == known + 1


@pytest.mark.django_db
def test_what_stands_already_is_loaded_over_not_put_back() -> None:
    office = make_office()
    call = load_notice("2024")
    assert Office.objects.get(code=office.code) == office
    assert call.offices.filter(office=office).exists()


@pytest.mark.django_db
def test_at_another_time_the_notice_is_of_that_time() -> None:
    past = database_now() - timedelta(days=900)
    with travel_to(past):
        assert abs(load_notice("2024").loaded_at - past) < timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_emptying_leaves_what_the_migrations_wrote() -> None:
    written = set(ContentType.objects.values_list("pk", flat=True))
    load_notice("2024")
    ContentType.objects.filter(pk=min(written)).delete()
    tables.empty()
    assert tables.used() == []
    assert set(ContentType.objects.values_list("pk", flat=True)) == written


@pytest.mark.django_db(transaction=True)
def test_committed_rows_of_a_test_come_into_no_snapshot() -> None:
    make_office()
    assert put_back("with_committed_rows", lambda: "made") is None
