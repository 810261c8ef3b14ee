"""One click or ten: idempotency keys and gap-free numbers, with races and their twins."""

from threading import Barrier

import pytest
from django.db import connection, transaction

from tests.factories import make_user
from tests.racing import CLIENTS, at_once
from xinghai.kernel.idempotency import KeyReused, once
from xinghai.kernel.models import Counter
from xinghai.kernel.numbering import next_number, take_numbers


@pytest.mark.django_db(transaction=True)
def test_sixteen_clients_get_sixteen_numbers_without_gap_or_repeat() -> None:
    def take(_client: int) -> int:
        with transaction.atomic():
            return next_number("race")

    assert sorted(at_once(take)) == list(range(1, CLIENTS + 1))


@pytest.mark.django_db(transaction=True)
def test_the_same_without_the_lock_repeats_numbers() -> None:
    """The twin: read, then write, as naive code does; the barrier makes all read first."""
    Counter.objects.create(series="race", value=0)
    all_read = Barrier(CLIENTS)

    def take(_client: int) -> int:
        with transaction.atomic():
            value = Counter.objects.get(series="race").value
            all_read.wait()
            Counter.objects.filter(series="race").update(value=value + 1)
            return value + 1

    assert len(set(at_once(take))) < CLIENTS


@pytest.mark.django_db(transaction=True)
def test_one_key_acts_once_and_everybody_gets_the_same_answer() -> None:
    user = make_user()

    def press(_client: int) -> object:
        return once("key-1", operation="op", by=user, act=lambda: next_number("pressed"))

    assert at_once(press) == [1] * CLIENTS
    assert Counter.objects.get(series="pressed").value == 1


@pytest.mark.django_db(transaction=True)
def test_without_a_key_every_click_acts() -> None:
    user = make_user()

    def press(client: int) -> object:
        return once(f"key-{client}", operation="op", by=user, act=lambda: next_number("pressed"))

    assert sorted(at_once(press)) == list(range(1, CLIENTS + 1))


@pytest.mark.django_db
def test_a_failed_act_leaves_the_key_free_for_the_next_try() -> None:
    user = make_user()

    def fail() -> None:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        once("key-1", operation="op", by=user, act=fail)
    assert once("key-1", operation="op", by=user, act=lambda: "done") == "done"


@pytest.mark.django_db
def test_a_key_of_somebody_else_is_refused() -> None:
    once("key-1", operation="op", by=make_user(), act=lambda: 1)
    with pytest.raises(KeyReused):
        once("key-1", operation="op", by=make_user(), act=lambda: 2)


@pytest.mark.django_db
def test_a_rollback_gives_the_number_back() -> None:
    next_number("series")
    with transaction.atomic():
        assert next_number("series") == 2
        transaction.set_rollback(True)
    assert next_number("series") == 2


@pytest.mark.django_db
def test_a_batch_takes_consecutive_numbers() -> None:
    next_number("series")
    assert list(take_numbers("series", 20)) == list(range(2, 22))
    assert connection.in_atomic_block
