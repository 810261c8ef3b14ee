"""A statement's text is made once, and says each time what a new one would say."""

from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, QuerySet, Value
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from tests.factories import make_organisation, make_user
from xinghai.accounts.models import Membership, User
from xinghai.kernel import kept_statements
from xinghai.kernel.kept_statements import INTEGER_MARK, Kept, kept, padded

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[User]:
    return [make_user(name) for name in ("演示甲", "演示乙", "演示丙")]


@kept
def named(is_active: bool, *, name: str, pk: int) -> QuerySet[User]:
    return User.objects.filter(is_active=is_active, name=name, pk=pk)


@kept
def some(*, pks: tuple[int, ...]) -> QuerySet[User]:
    return User.objects.filter(pk__in=pks).order_by("pk")


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    for one in (named, some):
        one.texts.clear()


def test_another_value_is_another_answer(people: list[User]) -> None:
    for one in people:
        assert list(named(True, name=one.name, pk=one.pk)) == [one]
        assert list(named(False, name=one.name, pk=one.pk)) == []
    assert named.one(True, name="演示甲", pk=people[1].pk) is None
    assert len(named.texts) == 2


def test_the_text_is_made_once(people: list[User]) -> None:
    made = []

    @kept
    def one(*, pk: int) -> QuerySet[User]:
        made.append(pk)
        return User.objects.filter(pk=pk)

    assert [list(one(pk=person.pk)) for person in people] == [[person] for person in people]
    assert len([pk for pk in made if pk >= INTEGER_MARK]) == 2  # two sets of marks


def test_a_list_of_another_length_is_another_text(people: list[User]) -> None:
    pks = [one.pk for one in people]
    assert [list(some(pks=tuple(pks[:most]))) for most in (1, 2, 3)] == [
        people[:1],
        people[:2],
        people,
    ]
    assert list(some(pks=())) == []
    assert [one is None for one in some.texts.values()] == [False, False, False, True]


@pytest.mark.parametrize(("keys", "most"), [(0, 0), (1, 1), (2, 2), (3, 4), (5, 8), (20, 32)])
def test_a_padded_list_finds_the_same(keys: int, most: int) -> None:
    found = padded(range(keys))
    assert len(found) == most
    assert len(set(found)) == most
    assert [key for key in found if key >= 0] == list(range(keys))


def test_what_is_counted_is_what_is_found(people: list[User]) -> None:
    assert some.count(pks=tuple(one.pk for one in people)) == 3
    assert some.count(pks=()) == 0


def test_rows_bring_their_relations_along(django_assert_num_queries: Any) -> None:
    unit = make_organisation(administrator=make_user())

    @kept
    def members(*, unit: int) -> QuerySet[Membership]:
        rows = Membership.objects.filter(organisation=unit).select_related("user")
        return rows.prefetch_related("organisation__versions").annotate(plus=F("pk") + Value(1))

    for _turn in range(2):
        with django_assert_num_queries(3):
            (one,) = members(unit=unit.pk)
            assert (one.organisation, one.plus) == (unit, one.pk + 1)
            assert one.user.username
            assert list(one.organisation.versions.all()) is not None


def test_what_is_made_of_a_value_is_not_kept(people: list[User]) -> None:
    """A moment less an hour would stay in the text as it was at first."""
    asked = []

    @kept
    def joined_within(*, now: datetime) -> QuerySet[User]:
        asked.append(now)
        earlier = now - timedelta(hours=1)
        return User.objects.filter(created_at__lte=now, created_at__gt=earlier)

    now = timezone.now() + timedelta(minutes=1)
    assert set(joined_within(now=now)) == set(people)
    assert set(joined_within(now=now + timedelta(hours=2))) == set()
    assert [*joined_within.texts.values()] == [None]
    assert {now, now + timedelta(hours=2)} <= set(asked)


def test_a_text_that_depends_on_the_value_itself_is_not_kept(people: list[User]) -> None:
    @kept
    def odd(*, pk: int) -> QuerySet[User]:
        return User.objects.filter(pk=pk) if pk % 2 else User.objects.filter(pk=pk, name="演示甲")

    @kept
    def ignored(*, pk: int) -> QuerySet[User]:
        return User.objects.filter(pk=1 if pk > 5 else 2)

    for one in people:
        assert [*odd(pk=one.pk)] == ([one] if one.pk % 2 or one.name == "演示甲" else [])
        assert {person.pk for person in ignored(pk=one.pk)} <= {1, 2}
    assert [*odd.texts.values(), *ignored.texts.values()] == [None, None]


def test_a_number_no_column_holds_finds_nothing(people: list[User]) -> None:
    assert list(named(True, name="演示甲", pk=2**70)) == []
    assert list(some(pks=(2**70, people[0].pk))) == people[:1]


def test_nothing_is_not_a_value(people: list[User]) -> None:
    @kept
    def seen(*, last_login: datetime | None) -> QuerySet[User]:
        return User.objects.filter(last_login=last_login)

    assert set(seen(last_login=None)) == set(people)
    assert list(seen(last_login=timezone.now())) == []


def test_a_lock_needs_a_transaction() -> None:
    @kept
    def to_lock(*, pk: int) -> QuerySet[User]:
        return User.objects.select_for_update().filter(pk=pk)

    with transaction.atomic():
        assert list(to_lock(pk=make_user().pk))
    assert to_lock.texts
    is_in, connection.in_atomic_block = connection.in_atomic_block, False
    try:
        with pytest.raises(TransactionManagementError):
            to_lock(pk=1)
    finally:
        connection.in_atomic_block = is_in


def test_only_values_that_can_be_marked_are_taken() -> None:
    @kept
    def active(*, is_active: bool) -> QuerySet[User]:
        return User.objects.filter(is_active=is_active)

    with pytest.raises(TypeError, match="True"):
        active(is_active=True)


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch, people: list[User]) -> None:
    monkeypatch.setattr(kept_statements, "MOST_TEXTS", 2)
    for most in (1, 2, 3):
        some(pks=tuple(one.pk for one in people[:most]))
        assert 0 < len(some.texts) <= 2


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_their_own_connections() -> None:
    one, found = make_user("演示丁"), []

    def ask() -> None:
        try:
            found.append(named.one(True, name="演示丁", pk=one.pk))
        finally:
            connection.close()

    ask_here = named.one(True, name="演示丁", pk=one.pk)
    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [ask_here, *found] == [one] * 5


def test_every_text_a_test_asks_is_compared_with_a_new_one(people: list[User]) -> None:
    """The check in `conftest` finds a statement that depends on more than what it is given."""
    hidden = {"name": "演示甲"}

    @kept
    def one(*, pk: int) -> QuerySet[User]:
        return User.objects.filter(pk=pk, name=hidden["name"])

    assert isinstance(one, Kept)
    assert list(one(pk=people[0].pk)) == [people[0]]
    hidden["name"] = "演示乙"
    with pytest.raises(AssertionError, match="depends on more"):
        one(pk=people[0].pk)
