"""The session and its person come in one statement, and mean what Django's own mean."""

from datetime import timedelta

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import join, make_organisation, make_staff, make_user
from tests.pages import client_of
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Session, User
from xinghai.accounts.services import appoint
from xinghai.accounts.sessions import SessionStore
from xinghai.accounts.tasks import clear_sessions
from xinghai.kernel.clock import travel_to
from xinghai.kernel.messaging import notify, unread_count

pytestmark = pytest.mark.django_db
PROFILE = "/my/profile/"


def stored(client: Client) -> SessionStore:
    return SessionStore(client.cookies["sessionid"].value)


def test_one_statement_brings_the_person_the_units_and_the_unread_messages() -> None:
    person = make_user()
    first, second = make_organisation(administrator=person), make_organisation()
    join(person, second)
    notify([person], key="k", subject="s", body="b", parameters={}, url="/")
    store = stored(client_of(person))
    with CaptureQueriesContext(connection) as asked:
        store.load()
        found = store.account
        assert found is not None
        units = [one.organisation for one in found.confirmed_memberships]
        told = unread_count(found)
    assert len(asked) == 1
    assert (found, units) == (person, [first, second])
    assert told == person.notices.filter(read_at=None).count() > 1
    for field in User._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(
            User.objects.get(pk=person.pk), field.attname
        ), field.name
    assert units[0].district_id == first.district_id
    assert units[0].state == "verified"


def test_somebody_without_a_unit_has_none() -> None:
    store = stored(client_of(make_user()))
    store.load()
    assert store.account is not None
    assert store.account.confirmed_memberships == []


def test_who_signs_out_is_out_in_every_window() -> None:
    client, other = client_of(make_user()), Client()
    other.cookies["sessionid"] = client.cookies["sessionid"].value
    assert other.get(PROFILE).status_code == 200
    client.post("/account/logout/")
    assert other.get(PROFILE).status_code == 302
    assert not Session.objects.exists()


@pytest.mark.parametrize("what", ["expired", "deactivated", "password changed", "another person"])
def test_a_session_that_no_longer_holds_opens_nothing(what: str) -> None:
    person = make_user()
    client = client_of(person)
    assert client.get(PROFILE).status_code == 200
    if what == "expired":
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    elif what == "deactivated":
        User.objects.filter(pk=person.pk).update(is_active=False)
    elif what == "password changed":
        person.set_password("Another-2024")
        person.save(update_fields=["password"])
    else:
        Session.objects.update(account=make_user())
        session = stored(client)
        assert session[HASH_SESSION_KEY]
        page = client.get(PROFILE)
        assert page.status_code == 200
        assert page.wsgi_request.user == person
        return
    assert client.get(PROFILE).status_code == 302


def test_a_session_of_the_table_before_has_no_person_beside_it_and_works() -> None:
    person = make_user()
    client = client_of(person)
    Session.objects.update(account=None)
    assert client.get(PROFILE).wsgi_request.user == person


def test_a_session_ended_meanwhile_is_not_brought_back() -> None:
    store = stored(client_of(make_user()))
    store["seen"] = 1
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_signing_in_takes_a_new_key_and_writes_it_once() -> None:
    before = SessionStore()
    before["visited"] = True
    before.save()
    key = before.session_key
    with CaptureQueriesContext(connection) as asked:
        before.cycle_key()
        before.save()
    assert before.session_key != key
    assert SessionStore(before.session_key)["visited"] is True
    assert SessionStore(key).get("visited") is None
    assert len([one for one in asked if one["sql"].startswith("INSERT")]) == 1


def test_the_bell_forgets_what_the_session_counted_when_something_is_read() -> None:
    person = make_user()
    notify([person], key="k", subject="s", body="b", parameters={}, url="/my/")
    client = client_of(person)
    message = person.notices.get()
    assert client.post(reverse("notices-read"), {"notice": message.pk}).status_code == 302
    store = stored(client)
    store.load()
    assert store.account is not None
    assert unread_count(store.account) == 0


def test_sessions_that_have_run_out_are_deleted_at_night() -> None:
    stays, goes = client_of(make_user()), client_of(make_user())
    ended = Session.objects.filter(pk=goes.cookies["sessionid"].value)
    ended.update(expire_date=timezone.now() - timedelta(seconds=1))
    clear_sessions(0)
    assert [row.pk for row in Session.objects.all()] == [stays.cookies["sessionid"].value]


def test_the_session_brings_the_roles_of_now_and_those_to_come() -> None:
    person = make_staff(Role.OFFICER)
    later = timezone.now() + timedelta(days=3)
    appoint(person, roles=[Role.LEADER], begins_at=later, by=None)
    store = stored(client_of(person))
    with CaptureQueriesContext(connection) as asked:
        store.load()
        found = store.account
        assert found is not None
        assert (found.roles, found.is_staff) == ([Role.OFFICER], True)
        assert found.office is not None
        assert found.office.code == "gaoxin"
    assert len(asked) == 1
    with travel_to(later):
        store.load()
        assert store.account is not None
        assert store.account.roles == [Role.OFFICER, Role.LEADER]
