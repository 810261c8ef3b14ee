"""A visitor's page from memory is the page that would be made now, whoever changed what and how."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from tests.calls.asking import answered
from tests.factories import make_user
from tests.pages import client_of
from tests.portal.reading import ADDRESSES, form_address, fresh, statements_of
from tests.suggestions.scenes import Bureau
from xinghai.accounts.models import Office, Organisation
from xinghai.calls.models import Call
from xinghai.calls.states import RECOMMEND
from xinghai.calls.windows import CITY
from xinghai.kernel import changes, kept_pages
from xinghai.kernel.clock import travel_to
from xinghai.kernel.kept_pages import KeptPages, memory
from xinghai.kernel.page_memory import KeptPage
from xinghai.kernel.processes import RECEIVED
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

WATCHING = import_module("xinghai.portal.migrations.0001_watched_tables")
# Skips the guards of states and frozen rows; the tests' own role may.
UNGUARDED = (
    "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"
    " SET LOCAL session_replication_role = replica"
)


def kept_page() -> KeptPage:
    (page,) = memory._pages.values()
    return page


def is_still_true() -> bool:
    return kept_page().is_true(changes.read_changes())


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_made_once_and_costs_one_question_then(
    visitor: Client, bureau: Bureau, address: str
) -> None:
    first = visitor.get(address)
    assert first.status_code == 200
    again, statements = statements_of(visitor, address)
    assert (len(statements), len(memory)) == (1, 1)
    assert "kernel_changecount" in statements[0]
    assert again.content == first.content == fresh(address)
    assert dict(again.headers) == dict(first.headers)


def test_the_form_of_a_call_is_kept_too(visitor: Client, call: Call) -> None:
    visitor.get(form_address(call))
    assert len(statements_of(visitor, form_address(call))[1]) == 1


# --- what changes


def columns_of(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attnum > 0"
            " AND attrelid = %s::regclass AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
        return list(cursor.fetchall())


def run_unguarded(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(UNGUARDED)
        cursor.execute(statement)


def changes_of(table: str) -> Iterator[str]:
    """Ways to change a table by hand: each column alone, rows less, all gone.

    The values stay what they are, so that no constraint objects; no trigger may look at that.
    """
    for name, _kind in columns_of(table):
        yield f'UPDATE {table} SET "{name}" = "{name}"'  # noqa: S608 - names from the catalogue
    yield f"DELETE FROM {table}"  # noqa: S608
    yield f"TRUNCATE {table} CASCADE"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_is_kept_over_a_change_of_any_column_of_a_table_it_reads(
    visitor: Client, bureau: Bureau, address: str
) -> None:
    visitor.get(address)
    assert kept_page().tables
    for table in sorted(kept_page().tables):
        for statement in changes_of(table):
            assert is_still_true()
            point = transaction.savepoint()
            run_unguarded(statement)
            assert not is_still_true(), statement
            transaction.savepoint_rollback(point)
    assert is_still_true()


def test_a_row_more_is_a_change(visitor: Client, call: Call) -> None:
    visitor.get("/")
    Office.objects.create(code="new", name="演示新处")
    assert is_still_true()  # the front page names no office
    opens_at = datetime(2030, 1, 1, tzinfo=CITY)
    call.windows.create(purpose=RECOMMEND, opens_at=opens_at, pool_tag="2031")
    assert not is_still_true()


def test_without_its_trigger_a_table_would_show_yesterdays_page(
    visitor: Client, call: Call
) -> None:
    """The twin: the page stays the old one, so the trigger is what the rest relies on."""
    before = visitor.get("/calls/").content
    run_unguarded("ALTER TABLE calls_call DISABLE TRIGGER count_change")
    run_unguarded("UPDATE calls_call SET title = '演示改过的题目'")
    assert visitor.get("/calls/").content == before != fresh("/calls/")


@pytest.mark.parametrize("address", ["/", "/statistics/", "/statistics/?call=2024"])
def test_drafts_end_no_page_and_are_on_none(visitor: Client, bureau: Bureau, address: str) -> None:
    """An author's saving every few seconds may not cost the visitors their pages."""
    visitor.get(address)
    drafts = "WHERE state = 'draft'"
    for name, kind in columns_of("suggestions_suggestion"):
        other = {"boolean": f'NOT "{name}"', "text": f"\"{name}\" || '改'"}.get(kind, f'"{name}"')
        point = transaction.savepoint()
        change = f'UPDATE suggestions_suggestion SET "{name}" = {other} {drafts}'  # noqa: S608
        run_unguarded(change)
        assert is_still_true(), name
        assert visitor.get(address).content == fresh(address)
        transaction.savepoint_rollback(point)
    run_unguarded("DELETE FROM suggestions_suggestion WHERE state = 'draft'")
    assert is_still_true()
    assert visitor.get(address).content == fresh(address)


def test_a_state_the_bureau_has_received_is_never_unseen() -> None:
    assert set(WATCHING.UNSEEN).isdisjoint(SUGGESTIONS.states(*RECEIVED))


def close(call: Call) -> None:
    ending = call.windows.filter(closes_at__isnull=False)
    ending.update(closes_at=datetime(2024, 2, 20, 12, 30, tzinfo=CITY))


def _rename(table: str) -> Callable[[Call], object]:
    change = f"UPDATE {table} SET name = name || '（改）'"  # noqa: S608
    return lambda _call: run_unguarded(change)


@pytest.mark.parametrize(
    ("address", "change"),
    [
        ("/", lambda call: Call.objects.filter(pk=call.pk).update(title="演示新题目")),
        ("/", lambda call: answered(call, text="刚刚公开的问题", by=make_user())),
        ("/", lambda call: close(call)),
        ("/", lambda _call: Suggestion.objects.filter(state="submitted").delete()),
        ("/statistics/", _rename("calls_category")),
        ("/calls/2024/", lambda call: answered(call, text="刚刚公开的问题", by=make_user())),
        ("/calls/2024/", lambda _call: run_unguarded("UPDATE calls_call SET state = 'cancelled'")),
        ("/calls/2024/questions/", lambda call: answered(call, text="又一问", by=make_user())),
        ("/statistics/", lambda _call: Organisation.objects.update(district="zhongshan")),
        ("/statistics/", _rename("calls_domain")),
    ],
)
def test_the_next_visitor_sees_what_was_changed(
    visitor: Client, bureau: Bureau, call: Call, address: str, change: Callable[[Call], object]
) -> None:
    with travel_to(datetime(2024, 2, 20, 12, tzinfo=CITY)):
        before = visitor.get(address).content
        change(call)
        assert visitor.get(address).content == fresh(address) != before


# --- what time changes

DEADLINE = datetime(2024, 2, 29, 23, 59, 59, tzinfo=CITY)


@pytest.mark.parametrize(
    "address", ["/", "/calls/", "/calls/2024/", "/what/", "/calls/2024/forms/"]
)
@pytest.mark.parametrize(
    "since",
    [
        DEADLINE - timedelta(days=9, hours=5, minutes=20),
        DEADLINE - timedelta(days=3, seconds=20),
        DEADLINE - timedelta(days=1, seconds=20),
        DEADLINE - timedelta(hours=6, minutes=20, seconds=30),
        DEADLINE - timedelta(minutes=2),
        DEADLINE - timedelta(seconds=1),
        DEADLINE,
        datetime(2024, 1, 30, 23, 59, 30, tzinfo=CITY),
    ],
)
def test_a_page_ends_when_its_words_do(
    visitor: Client, call: Call, address: str, since: datetime
) -> None:
    """Windows open and close, days begin, what is left is counted: kept or new, it is the same."""
    address = form_address(call) if address.endswith("/forms/") else address
    with travel_to(DEADLINE - timedelta(days=9)):
        answered(call, by=make_user())
    with travel_to(since):
        visitor.get(address)
    ((key, kept),) = memory._pages.items()
    for later in (0, 1, 2, 19, 21, 31, 59, 61, 119, 3599, 3601, 7200, 86399, 86401, 259_201):
        moment = since + timedelta(seconds=later, milliseconds=200)
        assert is_the_page_of(moment, visitor, address), later
        memory.clear()
        memory.put(key, kept)


def is_the_page_of(moment: datetime, visitor: Client, address: str) -> bool:
    """Whether a visitor is shown at the moment what would be made then.

    Where the machine is busy a second may pass between the two pages: then both are asked for
    again at the same moment, and an old page is as old as before.
    """
    for _attempt in range(3):
        with travel_to(moment):
            if visitor.get(address).content == fresh(address):
                return True
    return False


def test_a_page_is_kept_until_then_and_not_made_at_every_visit(visitor: Client, call: Call) -> None:
    with travel_to(DEADLINE - timedelta(days=2, hours=3, minutes=10)):
        visitor.get("/calls/2024/")
    with travel_to(DEADLINE - timedelta(days=2, hours=3, minutes=1)):
        assert len(statements_of(visitor, "/calls/2024/")[1]) == 1
    with travel_to(DEADLINE - timedelta(days=2, hours=2, minutes=59)):
        assert len(statements_of(visitor, "/calls/2024/")[1]) > 1


def test_a_page_of_later_is_not_shown_earlier(visitor: Client, call: Call) -> None:
    """A clock that was set back, or a demonstration that travels."""
    with travel_to(DEADLINE + timedelta(days=1)):
        visitor.get("/")
    with travel_to(DEADLINE - timedelta(days=5)):
        assert visitor.get("/").content == fresh("/")


# --- what cannot be trusted, and how much is kept


def test_a_page_that_reads_an_unwatched_table_is_not_kept(
    visitor: Client, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {**changes.watched_relations(), "calls_question": False}
    monkeypatch.setattr(changes, "watched_relations", lambda: known)
    visitor.get("/calls/2024/")
    assert len(memory) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT now()",
        "SELECT CURRENT_DATE",
        "SELECT kernel_count_change",
        "SELECT 1 FROM django_session",
        "SELECT 1 FROM accounts_user",
    ],
)
def test_what_a_statement_may_hide_is_noticed(db: None, statement: str) -> None:
    tables = changes.Tables()
    with tables.heard(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "last_executed_query", lambda *_about: "")
        tables._hear(lambda *_about: None, statement, None, False, {})
    assert tables.unsure


def test_only_relations_whose_trigger_fires_always_count_as_watched(db: None) -> None:
    known = changes.watched_relations()
    watched = {name for name, is_watched in known.items() if is_watched}
    assert watched == {*WATCHING.WHOLE, WATCHING.RECORDS}
    assert {"accounts_user", "submissions_revision", "kernel_message"} <= known.keys() - watched


def test_a_database_that_does_not_answer_is_told_by_the_page_itself(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_of(None).get("/")

    def refuse(_statement: str) -> list[Any]:
        raise OperationalError

    monkeypatch.setattr(changes, "_rows", refuse)
    answers = [HttpResponse(status=503)]
    assert KeptPages(lambda _request: answers[0])(RequestFactory().get("/")) is answers[0]


def test_many_addresses_take_no_more_memory_than_is_allowed(
    visitor: Client, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "most_bytes", 400_000)
    visitor.get("/")
    for number in range(60):
        visitor.get(f"/calls/?page={number}")
        visitor.get("/")
    assert 0 < memory.bytes <= 400_000
    assert len(memory) < 60
    assert len(statements_of(visitor, "/")[1]) == 1  # what is asked often stays


def test_it_can_be_switched_off(visitor: Client, call: Call) -> None:
    with override_settings(KEEP_PAGES=False):
        visitor.get("/")
    assert len(memory) == 0
    assert kept_pages.may_keep(
        RequestFactory().get("/"), kept_pages.Key.of(RequestFactory().get("/"))
    )
