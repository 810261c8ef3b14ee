"""The trail: appended, chained, sealed."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.factories import make_organisation, make_staff, make_user
from xinghai.accounts.kinds import Role
from xinghai.accounts.services import refuse_organisation, verify_organisation
from xinghai.kernel.events import broken_links, history, record
from xinghai.kernel.models import Event

pytestmark = pytest.mark.django_db


def _switch_the_guard_off(cursor: Any) -> None:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("kernel_event", "kernel_eventdetail"):
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def test_the_events_of_a_record_are_chained_to_its_head() -> None:
    organisation, planner = make_organisation(verified=False), make_staff(Role.PLANNER)
    verify_organisation(organisation, by=planner)
    refuse_organisation(organisation, by=planner, reason="证照与名称不一致")
    organisation.refresh_from_db()

    events = list(history(organisation))

    assert [event.verb for event in events] == ["register", "verify", "refuse"]
    assert broken_links(events, organisation.event_head) == []


def test_an_event_can_be_neither_changed_nor_deleted() -> None:
    organisation = make_organisation()
    event = history(organisation)[0]
    for attack in (
        lambda: Event.objects.filter(pk=event.pk).update(verb="nothing"),
        lambda: Event.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            attack()


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE kernel_event SET verb = 'withdraw' WHERE id = %(victim)s",
        "WITH gone AS (DELETE FROM kernel_eventdetail WHERE event_id = %(victim)s)"
        " DELETE FROM kernel_event WHERE id = %(victim)s",
        "UPDATE kernel_event SET at = at - interval '1 day' WHERE id = %(victim)s",
    ],
)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_forged_history_is_found(attack: str, which: int) -> None:
    """Whoever owns the table can switch the trigger off; the chain still tells."""
    organisation, planner = make_organisation(verified=False), make_staff(Role.PLANNER)
    verify_organisation(organisation, by=planner)
    refuse_organisation(organisation, by=planner, reason="证照与名称不一致")
    organisation.refresh_from_db()
    victim = history(organisation)[which].pk
    assert broken_links(history(organisation), organisation.event_head) == []

    with connection.cursor() as cursor:
        _switch_the_guard_off(cursor)
        cursor.execute(attack, {"victim": victim})

    assert broken_links(history(organisation), organisation.event_head) != []


def test_two_events_cannot_follow_the_same_one() -> None:
    organisation, planner = make_organisation(), make_staff(Role.PLANNER)
    record("look", organisation, by=planner)
    newest = history(organisation).last()
    assert newest is not None
    newest.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        newest.save(force_insert=True)


def test_an_event_knows_the_address_it_came_from() -> None:
    person = make_user()
    client = Client(REMOTE_ADDR="203.0.113.7")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("accounts:profile"), {"name": "演示乙", "language": "zh-hans"})
    newest = history(person).last()
    assert newest is not None
    assert newest.address == "203.0.113.7"


@pytest.mark.parametrize(
    ("is_behind_proxy", "noted", "kept"),
    [
        (False, "198.51.100.9", "203.0.113.7"),
        (True, "198.51.100.9", "198.51.100.9"),
        (True, "10.0.0.1, 198.51.100.9", "198.51.100.9"),
        (True, "", "203.0.113.7"),
        (True, "<script>", None),
    ],
)
def test_only_a_proxy_of_ours_is_believed(
    settings: Any, is_behind_proxy: bool, noted: str, kept: str | None
) -> None:
    settings.BEHIND_PROXY = is_behind_proxy
    person = make_user()
    client = Client(REMOTE_ADDR="203.0.113.7", headers={"X-Forwarded-For": noted})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("accounts:profile"), {"name": "演示乙", "language": "zh-hans"})
    newest = history(person).last()
    assert newest is not None
    assert newest.address == kept
