"""Several rows by one statement: all of them, or none; and a held record needs no second lock."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import make_organisation, make_staff, make_uscc, make_user
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership, Organisation
from xinghai.kernel import events
from xinghai.kernel.models import Event
from xinghai.kernel.statements import change_and_keep
from xinghai.kernel.workflow import fire

pytestmark = pytest.mark.django_db


def planned() -> tuple[events.Reserved, Organisation, Membership]:
    person = make_user()
    reserved = events.reserve(Organisation, Membership)
    unit = Organisation(
        pk=reserved.keys[0],
        name="演示单位",
        uscc=make_uscc(),
        kind="enterprise",
        district_id="high_tech",
    )
    return reserved, unit, Membership(pk=reserved.keys[1], user=person, organisation=unit)


def test_a_record_its_event_and_what_refers_to_it_are_one_statement() -> None:
    reserved, unit, member = planned()
    with CaptureQueriesContext(connection) as asked:
        told = events.create(
            "register", unit, at=reserved.now, by=member.user, private={"n": "x"}, after=[member]
        )
    assert len(asked) == 1
    stored = Organisation.objects.get(pk=unit.pk)
    assert list(stored.memberships.all()) == [member]
    assert stored.created_at is not None
    assert list(events.history(stored)) == [told]
    assert told.detail.private == {"n": "x"}
    assert events.broken_links(events.history(stored), stored.event_head) == []


def test_where_one_row_is_refused_none_is_written() -> None:
    reserved, unit, member = planned()
    unit.uscc = make_organisation().uscc
    before = Event.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        events.create("register", unit, at=reserved.now, by=member.user, after=[member])
    assert Event.objects.count() == before
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_a_change_and_its_copy_happen_only_while_the_row_stands_as_said() -> None:
    unit = make_organisation()
    for state, happens in (("verified", True), ("pending", False)):
        member = Membership(user=make_user(), organisation=unit)
        changes = {"address": f"某路 {state}"}
        standing = {"state": [state, "refused"], "kind": [unit.kind]}
        assert change_and_keep(unit, changes, standing=standing, beside=member) is happens
        assert Membership.objects.filter(user=member.user).exists() is happens
    assert Organisation.objects.get(pk=unit.pk).address == "某路 verified"


def test_a_held_record_moves_without_a_second_lock_and_only_to_the_state_named() -> None:
    unit, planner = make_organisation(verified=False), make_staff(Role.PLANNER)
    with transaction.atomic():
        held = Organisation.objects.select_for_update().get(pk=unit.pk)
        events.hold(held)
        with CaptureQueriesContext(connection) as asked:
            fire("verify", held, by=planner)
        assert [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]] == []
        fire("refuse", held, by=planner, reason="名称不符")  # locks again: it was held for one
    unit.refresh_from_db()
    assert unit.state == "refused"
    assert events.broken_links(events.history(unit), unit.event_head) == []


def test_who_holds_a_stale_record_breaks_no_chain() -> None:
    """Another object of the same row has written since: the database refuses a second branch."""
    unit, planner = make_organisation(verified=False), make_staff(Role.PLANNER)
    stale = Organisation.objects.get(pk=unit.pk)
    fire("verify", unit, by=planner)
    events.hold(stale)
    with pytest.raises(IntegrityError, match="event_chain"), transaction.atomic():
        fire("refuse", stale, by=planner, reason="名称不符")
