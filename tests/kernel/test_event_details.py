"""What events say about persons can be erased, and the chain still holds."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.factories import make_organisation, make_staff, make_user
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, User
from xinghai.accounts.services import refuse_organisation
from xinghai.kernel import events
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.event_details import erase_old_addresses
from xinghai.kernel.events import broken_links, chain_hash, erase_history, history, record
from xinghai.kernel.models import Event, EventDetail
from xinghai.kernel.seals import false_seals, seal


@pytest.fixture
def address(db: None) -> Any:
    token = events.address.set("203.0.113.7")
    yield "203.0.113.7"
    events.address.reset(token)


@pytest.fixture
def unit(address: str) -> Organisation:
    """A unit with three events, the last with a reason, private facts and an address."""
    unit = make_organisation(verified=False)
    refuse_organisation(unit, by=make_staff(Role.PLANNER), reason="演示甲的证照与名称不一致")
    record("invite", unit, by=make_user(), reason="请演示乙", private={"email": "b@example.org"})
    unit.refresh_from_db()
    return unit


def _is_whole(unit: Organisation) -> bool:
    return broken_links(history(unit), bytes(unit.event_head)) == []


def _tamper(sql: str, values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("kernel_event", "kernel_eventdetail"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)


def test_an_event_is_stored_with_what_it_says_in_one_statement(
    unit: Organisation, django_assert_num_queries: Any
) -> None:
    by = make_user()
    with transaction.atomic(), django_assert_num_queries(2):  # the lock, and the write
        written = record("invite", unit, by=by, reason="请演示丙", private={"email": "c@e.org"})
    stored = history(unit).last()
    assert stored is not None
    assert stored.pk == written.pk
    assert (stored.reason, stored.private) == ("请演示丙", {"email": "c@e.org"})
    assert stored.address == written.address == "203.0.113.7"


def test_an_event_that_says_nothing_of_persons_has_no_detail(db: None) -> None:
    person = make_user()
    event = record("look", person, by=person, data={"seen": 3})
    assert not EventDetail.objects.filter(event=event.pk).exists()
    stored = history(person).get()
    assert (stored.reason, stored.private, stored.address) == ("", {}, None)


def test_a_history_is_read_with_its_details_in_one_query(
    unit: Organisation, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        told = [(one.reason, one.address) for one in history(unit).select_related("actor")]
    assert told[-1] == ("请演示乙", "203.0.113.7")


def test_erasing_leaves_the_chain_and_its_seal_whole(unit: Organisation) -> None:
    seal()

    count = erase_history(unit, by=None, reason="本人要求删除")

    unit.refresh_from_db()
    assert count == 3
    assert [one.verb for one in history(unit)] == ["register", "refuse", "invite", "erase"]
    assert [one.reason for one in history(unit)] == ["", "", "", "本人要求删除"]
    assert [one.private for one in history(unit)] == [{}, {}, {}, {}]
    assert [one.address for one in history(unit)][:3] == [None, None, None]
    assert _is_whole(unit)
    assert false_seals() == []


def test_nothing_of_what_was_erased_is_left_in_the_tables(unit: Organisation) -> None:
    erase_history(unit, by=None, reason="依法删除")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(string_agg(one::text || coalesce(beside::text, ''), ''), '')"
            " FROM kernel_event one LEFT JOIN kernel_eventdetail beside ON event_id = id"
            " WHERE subject_type = 'accounts.organisation' AND subject_id = %s AND verb <> 'erase'",
            [unit.pk],
        )
        left = cursor.fetchone()[0]
    assert "invite" in left
    for word in ("演示甲", "演示乙", "b@example.org", "203.0.113.7"):
        assert word not in left


def test_an_address_is_erased_with_its_salt_and_the_reason_stays(unit: Organisation) -> None:
    later = database_now() + timedelta(days=191)

    assert erase_old_addresses(later) >= 3

    last = history(unit).last()
    assert last is not None
    assert (last.address, last.reason) == (None, "请演示乙")
    assert (bytes(last.detail.address_salt), last.detail.text_erased_at) == (b"", None)
    assert bytes(last.address_digest) != b""
    assert _is_whole(unit)
    assert erase_old_addresses(later) == 0


def test_addresses_are_kept_for_as_long_as_the_setting_says(
    unit: Organisation, settings: Any
) -> None:
    settings.EVENT_ADDRESS_DAYS = 10
    now = database_now()
    with travel_to(now - timedelta(days=9)):
        record("recent", unit, by=None)
    with travel_to(now - timedelta(days=11)):
        record("old", unit, by=None)

    erase_old_addresses(now)

    kept = {one.verb: one.address for one in history(unit)}
    assert kept == {**dict.fromkeys(kept, "203.0.113.7"), "old": None}
    unit.refresh_from_db()
    assert _is_whole(unit)


@pytest.mark.parametrize("address_of_client", ["2001:db8::7", "::ffff:203.0.113.7", "198.51.100.9"])
def test_every_way_of_writing_an_address_fits(db: None, address_of_client: str) -> None:
    token = events.address.set(address_of_client)
    person = make_user()
    try:
        record("look", person, by=person)
    finally:
        events.address.reset(token)
    assert broken_links(history(person), bytes(person.event_head)) == []


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE kernel_eventdetail SET reason = '另一个理由' WHERE event_id = %s",
        'UPDATE kernel_eventdetail SET private = \'{"email": "x@e.org"}\' WHERE event_id = %s',
        "UPDATE kernel_eventdetail SET address = '192.0.2.1' WHERE event_id = %s",
        "UPDATE kernel_eventdetail SET address = NULL WHERE event_id = %s",
        "UPDATE kernel_eventdetail SET reason = '', private = '{}' WHERE event_id = %s",
        "UPDATE kernel_eventdetail SET text_salt = 'x' WHERE event_id = %s",
        "UPDATE kernel_event SET text_digest = '' WHERE id = %s",
        "UPDATE kernel_event SET address_digest = '' WHERE id = %s",
        "UPDATE kernel_event SET format = 1 WHERE id = %s",
        "UPDATE kernel_event SET data = '{\"amount\": 1e400}' WHERE id = %s",
        "DELETE FROM kernel_eventdetail WHERE event_id = %s",
    ],
)
def test_what_was_changed_and_not_erased_is_found(unit: Organisation, attack: str) -> None:
    assert _is_whole(unit)
    last = history(unit).last()
    assert last is not None
    _tamper(attack, [last.pk])
    assert broken_links(history(unit), bytes(unit.event_head)) == [last.pk]


def test_an_erasure_by_nobody_in_the_first_format_is_found(unit: Organisation) -> None:
    """Whoever calls a new event an old and erased one gets round no hash."""
    last = history(unit).last()
    assert last is not None
    _tamper(
        "WITH told AS (UPDATE kernel_event SET format = 1, verb = 'x' WHERE id = %(pk)s)"
        " UPDATE kernel_eventdetail SET reason = '', private = '{}', text_salt = '',"
        " text_erased_at = now() WHERE event_id = %(pk)s",
        {"pk": last.pk},
    )
    assert broken_links(history(unit), bytes(unit.event_head)) == [last.pk]


def test_a_detail_put_beside_an_event_without_one_is_found(db: None) -> None:
    person = make_user()
    event = record("look", person, by=person)
    EventDetail.objects.create(event=event, reason="事后编造的理由")
    assert broken_links(history(person)) == [event.pk]


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "另一个理由"},
        {"reason": ""},
        {"private": {}},
        {"address": None},
        {"text_salt": b"x"},
        {"text_erased_at": "now"},  # erased in name only
    ],
)
def test_the_database_lets_a_detail_only_be_erased(
    unit: Organisation, change: dict[str, Any]
) -> None:
    change = {name: database_now() if value == "now" else value for name, value in change.items()}
    last = EventDetail.objects.filter(event__verb="invite")
    with pytest.raises(IntegrityError), transaction.atomic():
        last.update(**change)
    with pytest.raises(IntegrityError, match="cannot be deleted"), transaction.atomic():
        last._raw_delete(last.db)


def test_what_is_erased_stays_erased(unit: Organisation) -> None:
    erase_history(unit, by=None, reason="依法删除")
    last = EventDetail.objects.filter(event__verb="invite")
    with pytest.raises(IntegrityError), transaction.atomic():
        last.update(reason="又写上", text_erased_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        last.update(text_erased_at=database_now())


def test_the_command_erases_and_verification_counts_it(unit: Organisation) -> None:
    said = StringIO()
    reason = "本人2026年要求"
    call_command("erase_history", "accounts.organisation", unit.pk, reason=reason, stdout=said)
    call_command("verify_trail", stdout=said)
    assert "Erased in 3 events." in said.getvalue()
    assert "Erased: 2 texts, 3 addresses." in said.getvalue()
    with pytest.raises(CommandError, match=r"no accounts\.organisation 0"):
        call_command("erase_history", "accounts.organisation", 0, reason=reason)


def _write_an_event_of_the_first_format(person: User, previous: bytes, reason: str) -> bytes:
    """As the platform wrote it: reason and address in the row itself, and in the hash."""
    event = Event(
        at=database_now(),
        actor=person,
        verb="look",
        subject_type="accounts.user",
        subject_id=person.pk,
        data={"title": "演示", "ratio": 1.0},
        format=1,
        previous_hash=previous,
    )
    event.detail = EventDetail(reason=reason, address="203.0.113.7")
    event.hash = chain_hash(event)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_event (at, actor_id, verb, subject_type, subject_id, reason, data,"
            " address, previous_hash, hash)"
            " VALUES (%s, %s, 'look', 'accounts.user', %s, %s, %s, %s, %s, %s)",
            [
                *(event.at, person.pk, person.pk, reason, '{"title": "演示", "ratio": 1.0}'),
                *("203.0.113.7", previous, event.hash),
            ],
        )
        cursor.execute(
            "UPDATE accounts_user SET event_head = %s WHERE id = %s", [event.hash, person.pk]
        )
    return event.hash


@pytest.mark.django_db(transaction=True)
def test_events_of_the_first_format_keep_their_chains_and_seals_through_the_migration() -> None:
    person = make_user()
    _migrate([("kernel", "0005_seal_subtrees")])
    first = _write_an_event_of_the_first_format(person, b"", "原来的理由")
    _write_an_event_of_the_first_format(person, first, "")
    seal()

    _migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    person.refresh_from_db()
    record("look", person, by=person, reason="新的理由")
    told = [(one.format, one.reason, one.address) for one in history(person)]
    assert told == [
        (1, "原来的理由", "203.0.113.7"),
        (1, "", "203.0.113.7"),
        (2, "新的理由", None),
    ]
    assert broken_links(history(person), bytes(person.event_head)) == []
    assert false_seals() == []
    assert erase_old_addresses(database_now() + timedelta(days=1000)) == 0

    oldest = history(person)[0].pk
    with transaction.atomic():
        _tamper("UPDATE kernel_eventdetail SET reason = 'x' WHERE event_id = %s", [oldest])
        assert broken_links(history(person), bytes(person.event_head)) == [oldest]
        transaction.set_rollback(True)

    erase_history(person, by=None, reason="依法删除")
    person.refresh_from_db()
    assert broken_links(history(person), bytes(person.event_head)) == []
    said = StringIO()
    call_command("verify_trail", stdout=said)
    assert "2 of these events are of the first format" in said.getvalue()
    with transaction.atomic():
        _tamper("UPDATE kernel_event SET verb = 'x' WHERE id = %s", [oldest])
        assert broken_links(history(person), bytes(person.event_head)) == [oldest]
        transaction.set_rollback(True)


def _migrate(targets: list[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
