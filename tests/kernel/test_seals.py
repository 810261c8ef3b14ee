"""Seals: each fixes all events before it, reads only what is new, and keeps no write waiting."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

from tests.factories import make_user
from tests.racing import is_somebody_waiting
from xinghai.accounts.models import User
from xinghai.kernel import seals
from xinghai.kernel.events import record
from xinghai.kernel.hashing import digest
from xinghai.kernel.models import Event, Seal
from xinghai.kernel.seals import Tree, false_seals, merkle_root, seal

LEAVES = [bytes([number]) * 32 for number in range(70)]


def _root_of_the_standard(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word: split at the largest power of two below the length."""
    if not leaves:
        return digest(b"\x00")
    if len(leaves) == 1:
        return digest(b"\x00", leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = _root_of_the_standard(leaves[:half]), _root_of_the_standard(leaves[half:])
    return digest(b"\x01", left, right)


@pytest.mark.parametrize("length", range(len(LEAVES) + 1))
def test_the_root_is_the_one_of_the_standard(length: int) -> None:
    assert merkle_root(LEAVES[:length]) == _root_of_the_standard(LEAVES[:length])


def test_every_leaf_counts_in_the_root() -> None:
    roots = {merkle_root(LEAVES[:7])} | {
        merkle_root([*LEAVES[:index], b"?" * 32, *LEAVES[index + 1 : 7]]) for index in range(7)
    }
    assert len(roots) == 8
    assert merkle_root(LEAVES[:7]) != merkle_root(LEAVES[:6])


@pytest.mark.parametrize("length", [1, 2, 3, 7, 8, 64, 69])
def test_a_tree_kept_by_a_seal_grows_as_if_it_had_never_stopped(length: int) -> None:
    tree = Tree()
    for leaf in LEAVES[:length]:
        tree.add(leaf)
    kept = Tree.kept_by(Seal(count=tree.count, root=tree.root, subtrees=b"".join(tree.subtrees)))
    for leaf in LEAVES[length:]:
        kept.add(leaf)
    assert (kept.count, kept.root) == (len(LEAVES), merkle_root(LEAVES))


@pytest.fixture
def person(db: None) -> User:
    return make_user()


def _look(person: User, times: int = 1) -> None:
    for _turn in range(times):
        record("look", person, by=person)


def test_nothing_new_is_not_sealed_again(person: User) -> None:
    _look(person)
    assert seal() is not None
    assert seal() is None


def test_a_seal_reads_only_the_events_since_the_last_one(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _look(person, 20)
    first = seal()
    _look(person, 3)
    read = _watch_reading(monkeypatch)

    second = seal()

    assert first is not None
    assert second is not None
    assert len(read) == 3
    assert second.count == first.count + 3
    assert false_seals() == []


def test_all_seals_are_verified_in_one_reading(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _turn in range(5):
        _look(person, 4)
        seal()
    read = _watch_reading(monkeypatch)

    assert false_seals() == []

    assert len(read) == Event.objects.count()


def _watch_reading(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    read: list[int] = []
    hashes = seals._hashes

    def watched(**bounds: int) -> Iterator[tuple[int, bytes]]:
        for pk, leaf in hashes(**bounds):
            read.append(pk)
            yield pk, leaf

    monkeypatch.setattr(seals, "_hashes", watched)
    return read


def _seal_of_the_first_format() -> Seal:
    hashes = [bytes(one) for one in Event.objects.order_by("pk").values_list("hash", flat=True)]
    newest = Event.objects.latest("pk")
    return Seal.objects.create(
        at=newest.at, last_event_id=newest.pk, count=len(hashes), root=merkle_root(hashes)
    )


def test_seals_of_the_first_format_still_fit_and_are_gone_on_from(person: User) -> None:
    _look(person, 5)
    old = _seal_of_the_first_format()
    _look(person, 6)

    new = seal()

    assert new is not None
    assert (new.count, false_seals()) == (old.count + 6, [])
    _tamper("UPDATE kernel_event SET hash = 'x'::bytea WHERE id = %s", [old.last_event_id])
    assert false_seals() == [old.pk, new.pk]


def _tamper(sql: str, values: list[Any]) -> None:
    """Do what only the owner of the tables can: switch the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kernel_event DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE kernel_seal DISABLE TRIGGER USER")
        cursor.execute(sql, values)


CHANGED = "UPDATE kernel_event SET hash = decode(repeat('ab', 32), 'hex') WHERE id = %(victim)s"
DELETED = "DELETE FROM kernel_event WHERE id = %(victim)s"
INSERTED = """
    INSERT INTO kernel_event
    SELECT (jsonb_populate_record(one, jsonb_build_object('id', %(free)s, 'subject_id', 0))).*
    FROM kernel_event one WHERE id = %(victim)s
"""
REORDERED = """
    UPDATE kernel_event SET id = CASE id WHEN %(victim)s THEN %(free)s ELSE %(victim)s END
    WHERE id IN (%(victim)s, %(next)s)
"""


@pytest.mark.parametrize("attack", [CHANGED, DELETED, INSERTED, REORDERED])
def test_a_changed_trail_is_found_by_every_seal_after_it(person: User, attack: str) -> None:
    _look(person, 3)
    before = seal()
    _look(person, 3)
    ids = list(Event.objects.order_by("pk").values_list("pk", flat=True))[-3:]
    with connection.cursor() as cursor:  # a number that was drawn and rolled back
        cursor.execute("SELECT nextval(pg_get_serial_sequence('kernel_event', 'id'))")
        free = cursor.fetchone()[0]
    _look(person)
    after = [seal()]
    _look(person)
    after.append(seal())
    assert before is not None
    assert false_seals() == []

    _tamper(attack, {"victim": ids[0], "next": ids[1], "free": free})  # type: ignore[arg-type]

    assert false_seals() == [one.pk for one in after if one is not None]
    assert None not in after


def test_a_changed_seal_is_found_and_stops_no_later_one(person: User) -> None:
    _look(person, 4)
    first = seal()
    _look(person)
    assert first is not None
    _tamper("UPDATE kernel_seal SET subtrees = 'x'::bytea WHERE id = %s", [first.pk])

    second = seal()

    assert second is not None
    assert false_seals() == [first.pk]


def test_ids_are_drawn_one_at_a_time(db: None) -> None:
    """Sealing relies on it: a session with a stock of numbers could use an old one later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seqcache FROM pg_sequence"
            " WHERE seqrelid = pg_get_serial_sequence('kernel_event', 'id')::regclass"
        )
        assert cursor.fetchone()[0] == 1


class _SlowWriter(Thread):
    """Writes one event and commits only when it is told to."""

    def __init__(self, person: User) -> None:
        super().__init__()
        self.person, self.has_written, self.may_commit = person, Signal(), Signal()

    def run(self) -> None:
        try:
            with transaction.atomic():
                record("slow", self.person, by=self.person)
                self.has_written.set()
                self.may_commit.wait(30)
        finally:
            connections.close_all()


@pytest.fixture
def slow(transactional_db: None) -> Iterator[_SlowWriter]:
    """A transaction that has written an event and is still open, and a later event of another."""
    writer, other = _SlowWriter(make_user()), make_user()
    writer.start()
    assert writer.has_written.wait(10)
    record("quick", other, by=other)
    yield writer
    writer.may_commit.set()
    writer.join()


def _started(act: Callable[[], object]) -> Thread:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_a_writer_that_began_before_the_seal_is_waited_for(
    slow: _SlowWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = _signal_at(monkeypatch, "_open_writers")
    sealing = _started(seal)
    assert looked.wait(10)
    assert not Seal.objects.exists()

    slow.may_commit.set()
    sealing.join(10)

    sealed = Seal.objects.get()
    assert Event.objects.get(verb="slow").pk < Event.objects.get(verb="quick").pk
    assert (sealed.count, false_seals()) == (Event.objects.count(), [])


def test_without_the_wait_a_slow_event_slips_under_the_seal(
    slow: _SlowWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "_open_writers", dict)
    sealed = seal()
    slow.may_commit.set()
    slow.join()
    assert sealed is not None
    assert false_seals() == [sealed.pk]


def test_nobody_waits_while_a_seal_waits_for_a_slow_writer(
    slow: _SlowWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = _signal_at(monkeypatch, "_open_writers")
    sealing = _started(seal)
    assert looked.wait(10)

    other = make_user()
    _look(other)

    assert sealing.is_alive()
    assert not is_somebody_waiting()
    slow.may_commit.set()
    sealing.join(10)
    assert Seal.objects.get().last_event_id < Event.objects.filter(verb="look").get().pk


def test_a_writer_that_stays_open_puts_the_seal_off(slow: _SlowWriter) -> None:
    assert seal(patience=0.1) is None
    slow.may_commit.set()
    slow.join()
    sealed = seal()
    assert sealed is not None
    assert sealed.count == Event.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_write_goes_through_while_a_seal_is_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_user()
    _look(person, 3)
    may_go_on, is_hashing = Signal(), Signal()
    hash_of = digest

    def slow_digest(*parts: bytes) -> bytes:
        is_hashing.set()
        may_go_on.wait(30)
        return hash_of(*parts)

    monkeypatch.setattr(seals, "digest", slow_digest)
    sealing = _started(seal)
    assert is_hashing.wait(10)

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
        _look(person)
        cursor.execute("RESET lock_timeout")

    assert sealing.is_alive()
    may_go_on.set()
    sealing.join(10)
    assert Seal.objects.get().count == Event.objects.count() - 1
    assert false_seals() == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_seal_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    _look(make_user(), 3)
    second: list[Seal | None] = []
    open_writers = seals._open_writers

    def another_worker_comes() -> dict[str, int | None]:
        monkeypatch.setattr(seals, "_open_writers", open_writers)
        _started(lambda: second.append(seal())).join(10)
        return open_writers()

    monkeypatch.setattr(seals, "_open_writers", another_worker_comes)
    assert seal() is not None
    assert second == [None]
    assert Seal.objects.count() == 1


def _signal_at(monkeypatch: pytest.MonkeyPatch, name: str) -> Signal:
    reached, act = Signal(), getattr(seals, name)

    def watched() -> Any:
        found = act()
        reached.set()
        return found

    monkeypatch.setattr(seals, name, watched)
    return reached


def test_numbers_whose_events_were_never_written_need_no_seal(person: User) -> None:
    _look(person)
    assert seal() is not None
    with suppress(RuntimeError), transaction.atomic():
        _look(person)
        raise RuntimeError
    assert seal() is None


def test_a_seal_that_no_event_bears_out_is_logged_and_stops_no_later_one(
    person: User, caplog: pytest.LogCaptureFixture
) -> None:
    _look(person, 4)
    first = seal()
    _look(person)
    assert first is not None
    _tamper("UPDATE kernel_seal SET root = 'x'::bytea WHERE id = %s", [first.pk])

    assert seal() is not None

    assert f"last_seal_does_not_fit seal={first.pk}" in caplog.text
    assert first.pk in false_seals()
