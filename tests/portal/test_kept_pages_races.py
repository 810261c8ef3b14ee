"""Pages from memory while others change what they show: real transactions, several connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.factories import load_notice
from tests.pages import client_of
from tests.racing import CLIENTS, at_once, overtake
from xinghai.calls.models import Call
from xinghai.kernel import kept_pages
from xinghai.kernel.changes import Reading, read_changes
from xinghai.kernel.kept_pages import memory
from xinghai.portal import call_views

COUNT = import_module("xinghai.kernel.migrations.0009_count_once").COUNT
NEW = "演示改过的题目"
RENAME = "UPDATE calls_call SET title = %s WHERE id = %s"

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def somebody_else() -> Iterator[psycopg.Connection[Any]]:
    """Another program on the same database, with nothing of ours between."""
    wanted = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port", "options")
    with psycopg.connect(**{name: wanted[name] for name in names if name in wanted}) as other:
        other.execute("SET xinghai.count_each = 'no'")  # as everywhere but in the tests
        other.commit()
        yield other


def is_new(address: str = "/calls/") -> bool:
    return NEW in client_of(None).get(address).content.decode()


def rename(call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(title=NEW)


@pytest.fixture
def call() -> Call:
    return load_notice("2024")


def test_another_programs_change_is_seen_when_it_is_committed(call: Call) -> None:
    assert not is_new()
    with somebody_else() as other:
        other.execute(RENAME, [NEW, call.pk])
        assert not is_new()  # kept while the change is not yet there
        assert not is_new()
        other.commit()
        assert is_new()


def test_a_change_that_is_taken_back_changes_nothing(call: Call) -> None:
    is_new()
    before = read_changes()
    with somebody_else() as other:
        other.execute(RENAME, [NEW, call.pk])
        other.rollback()
    assert read_changes().counts == before.counts
    assert not is_new()


def test_what_was_changed_while_a_page_was_made_is_on_the_next(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page has read its calls; then somebody commits a change; then the page is kept."""
    change = meanwhile(call, monkeypatch)
    assert not is_new("/")
    change.join()
    assert is_new("/")


def test_the_same_with_the_counts_read_after_the_page_shows_yesterdays(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the order of the two readings is what the memory relies on."""
    change = meanwhile(call, monkeypatch)
    make = kept_pages.KeptPage
    monkeypatch.setattr(
        kept_pages, "KeptPage", lambda **facts: make(**{**facts, "seen": read_changes()})
    )
    assert not is_new("/")
    change.join()
    assert not is_new("/")


def meanwhile(call: Call, monkeypatch: pytest.MonkeyPatch) -> Thread:
    """Let the title be changed when the front page has read the calls and goes on reading."""
    return overtake(monkeypatch, call_views, "public_sums", lambda: rename(call))


def test_a_transaction_counts_once_however_many_rows_it_changes(call: Call) -> None:
    """Else a statement over ten thousand rows passes ten thousand versions of its own count."""
    with somebody_else() as other:
        other.execute(RENAME, ["甲", call.pk])
        first = _tally(other)
        other.execute("UPDATE calls_call SET title = title || '乙'")
        assert _tally(other) == first
        other.commit()
        other.execute(RENAME, [NEW, call.pk])
        assert _tally(other) > first


def test_a_change_after_one_that_was_taken_back_is_counted(call: Call) -> None:
    assert not is_new()
    with somebody_else() as other:
        other.execute("SAVEPOINT here")
        other.execute(RENAME, ["甲", call.pk])
        other.execute("ROLLBACK TO SAVEPOINT here")
        other.execute(RENAME, [NEW, call.pk])
        other.execute("SAVEPOINT there")
        other.execute("UPDATE calls_window SET pool_tag = pool_tag")
        other.execute("RELEASE SAVEPOINT there")
        other.commit()
    assert is_new()


def test_writers_do_not_wait_for_one_another_and_each_is_counted(call: Call) -> None:
    other_call = load_notice("2022-1")
    first = read_changes()
    with somebody_else() as one, somebody_else() as two:
        one.execute(RENAME, ["甲", call.pk])
        two.execute("SET lock_timeout = '5s'")
        two.execute(RENAME, ["乙", other_call.pk])
        two.commit()
        second = read_changes()
        one.commit()
    assert _count(first) < _count(second) < _count(read_changes())


def test_the_same_without_skipping_what_is_taken_waits(call: Call) -> None:
    """The twin: with one part for all, whoever changes anything holds up every other writer."""
    other_call = load_notice("2022-1")
    with connection.cursor() as cursor:
        cursor.execute(COUNT.replace("SKIP LOCKED", ""))
    try:
        with somebody_else() as one, somebody_else() as two:
            one.execute(RENAME, ["甲", call.pk])
            two.execute("SET lock_timeout = '200ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                two.execute(RENAME, ["乙", other_call.pk])
    finally:
        with connection.cursor() as cursor:
            cursor.execute(COUNT)


def test_two_that_change_two_tables_in_opposite_order_both_come_through(call: Call) -> None:
    other_call = load_notice("2022-1")
    window = "UPDATE calls_window SET pool_tag = '2031' WHERE call_id = %s"
    with somebody_else() as one, somebody_else() as two:
        for each in (one, two):
            each.execute("SET lock_timeout = '5s'")
        one.execute(RENAME, ["甲", call.pk])
        two.execute(window, [other_call.pk])
        one.execute(window, [call.pk])
        two.execute(RENAME, ["乙", other_call.pk])
        two.commit()
        one.commit()


def test_many_writers_and_readers_at_once_end_with_the_page_of_the_last_change(call: Call) -> None:
    """Whatever the order was, nobody is shown a page older than what stands now."""

    def act(client: int) -> None:
        for turn in range(6):
            if client % 2:
                Call.objects.filter(pk=call.pk).update(title=f"演示题目 {client}-{turn}")
            else:
                assert client_of(None).get("/calls/").status_code == 200

    at_once(act)
    call.refresh_from_db()
    assert call.title in client_of(None).get("/calls/").content.decode()
    assert len(memory) == 1
    assert _parts() <= CLIENTS


def test_parts_of_a_count_are_as_many_as_there_were_writers_at_once(call: Call) -> None:
    before = _parts()
    for number in range(20):
        Call.objects.filter(pk=call.pk).update(title=f"演示题目 {number}")
    assert _parts() == max(before, 1)


def _count(reading: Reading) -> int:
    return reading.counts["calls_call"]


def _tally(other: psycopg.Connection[Any]) -> int:
    question = "SELECT sum(tally) FROM kernel_changecount WHERE topic = 'calls_call'"
    found = other.execute(question).fetchone()
    return int(found[0]) if found else 0


def _parts() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_changecount WHERE topic = 'calls_call'")
        return int(cursor.fetchone()[0])
