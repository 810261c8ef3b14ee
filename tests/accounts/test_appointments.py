"""Roles are appointments with dates; duties that control one another lie in different hands."""

import itertools
from datetime import datetime, timedelta

import pytest
import rules
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import LONG_AGO, join, make_office, make_organisation, make_staff, make_user
from tests.pages import client_of, words_of
from xinghai.accounts.kinds import BUREAU_ROLES, Role
from xinghai.accounts.models import Appointment, Membership, Office, User
from xinghai.accounts.positions import Positions
from xinghai.accounts.selectors import holding, officers, officers_by_office, staff_people, works_in
from xinghai.accounts.separation import AppointmentRefused, separation_of
from xinghai.accounts.services import (
    appoint,
    decide_membership,
    end_appointment,
    invite_person,
    request_membership,
    use_invitation,
)
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db

MIDNIGHT = datetime(2026, 4, 1, tzinfo=timezone.get_default_timezone())
MIDNIGHT_TO_COME = datetime(2100, 1, 1, tzinfo=timezone.get_default_timezone())
SECOND = timedelta(seconds=1)


def roles_of(person: User) -> list[Role]:
    """What the person is now, asked of the database."""
    return User.objects.get(pk=person.pk).roles


def everywhere(person: User, office: Office) -> set[object]:
    """The answers of the several ways to ask whether somebody works in an office now."""
    read = User.objects.get(pk=person.pk)
    lazily = Membership(user_id=person.pk).user  # read without the manager of persons
    now = database_now()
    return {
        works_in(read, office.pk),
        works_in(lazily, office.pk),
        read.is_staff,
        officers(office).filter(pk=person.pk).exists(),
        User.objects.filter(holding(Role.OFFICER), pk=person.pk).exists(),
        (office.pk, person.pk) in officers_by_office([office.pk]),
        Positions([person.pk]).office(person.pk, now) == office,
        Appointment.objects.in_force(now).filter(user=person).exists(),
    }


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (MIDNIGHT - SECOND, False),
        (MIDNIGHT, True),
        (MIDNIGHT + timedelta(days=30) - SECOND, True),
        (MIDNIGHT + timedelta(days=30), False),
    ],
    ids=["the day before", "the first day", "the last second", "the day after"],
)
def test_an_appointment_holds_from_its_first_midnight_to_the_one_after_its_last_day(
    moment: datetime, holds: bool
) -> None:
    person, office = make_user(), make_office()
    term = {"begins_at": MIDNIGHT, "ends_at": MIDNIGHT + timedelta(days=30)}
    appoint(person, roles=[Role.OFFICER], office=office, **term, by=None)
    with travel_to(moment):
        assert everywhere(person, office) == {holds}


def test_a_page_opened_before_midnight_decides_nothing_after_it() -> None:
    planner = make_user()
    appoint(planner, roles=[Role.PLANNER], begins_at=LONG_AGO, ends_at=MIDNIGHT, by=None)
    client = client_of(planner)
    with travel_to(MIDNIGHT - SECOND * 30):
        assert client.get("/office/organisations/").status_code == 200
    with travel_to(MIDNIGHT):
        assert client.get("/office/organisations/").status_code == 403


def test_roles_come_with_the_person_in_one_statement(django_assert_num_queries: object) -> None:
    person = make_staff(Role.OFFICER, Role.OFFICE_HEAD)
    with django_assert_num_queries(1):  # type: ignore[operator]
        read = User.objects.get(pk=person.pk)
        assert read.roles == [Role.OFFICER, Role.OFFICE_HEAD]
        assert read.office is not None
        assert (read.office.code, read.office_id) == ("gaoxin", read.office.pk)


def test_what_has_ended_stays_to_be_asked() -> None:
    person, office = make_staff(Role.OFFICER), make_office()
    before = database_now()
    end_appointment(person.appointments.get(), by=None)
    after = database_now()
    positions = Positions([person.pk])
    assert (positions.office(person.pk, before), positions.office(person.pk, after)) == (
        office,
        None,
    )
    assert person in staff_people()


def test_what_has_not_begun_is_ended_and_never_holds() -> None:
    person = make_user()
    appoint(person, roles=[Role.PLANNER], begins_at=MIDNIGHT + timedelta(days=365), by=None)
    coming = person.appointments.get()
    end_appointment(coming, by=None)
    with travel_to(coming.begins_at):
        assert roles_of(person) == []


def test_a_system_administrator_has_no_term_that_could_leave_nobody() -> None:
    with pytest.raises(AppointmentRefused, match="不定任期"):
        appoint(make_user(), roles=[Role.SYSTEM_ADMIN], ends_at=MIDNIGHT_TO_COME, by=None)


def test_ending_twice_keeps_the_first_end() -> None:
    person = make_staff(Role.PLANNER)
    held = person.appointments.get()
    end_appointment(held, by=None)
    first = held.ends_at
    end_appointment(held, by=None)
    assert person.appointments.get().ends_at == first


@pytest.mark.parametrize("pair", list(itertools.combinations(Role, 2)))
def test_separated_duties_meet_in_no_hand_at_any_moment(pair: tuple[Role, Role]) -> None:
    """The second role begins within the term of the first, or when that is over."""
    one, other = pair
    ends_at = MIDNIGHT + timedelta(days=30)
    places = {role: {} if role in BUREAU_ROLES else {"body": make_organisation()} for role in pair}
    office = make_office()

    def give(person: User, role: Role, begins_at: datetime) -> None:
        place = {"office": office, **places[role]}
        appoint(person, roles=[role], begins_at=begins_at, by=None, **place)

    person = make_user()
    give(person, one, MIDNIGHT)
    # As when it was ended at that moment: one of these roles is given without a term alone.
    person.appointments.update(ends_at=ends_at)
    if separation_of(one, other) is None:
        give(person, other, ends_at - SECOND)
    else:
        with pytest.raises(AppointmentRefused):
            give(person, other, ends_at - SECOND)
        give(person, other, ends_at)
        with travel_to(ends_at - SECOND):
            assert roles_of(person) == [one]
        with travel_to(ends_at):
            assert roles_of(person) == [other]


def test_nobody_works_in_two_offices_at_once_not_even_by_hand() -> None:
    person, other = make_staff(Role.OFFICER), make_office("chengguo", "成果处")
    with pytest.raises(AppointmentRefused, match="高新处"):
        appoint(person, roles=[Role.OFFICE_HEAD], office=other, by=None)
    facts = {"user": person, "office": other, "begins_at": MIDNIGHT}
    with pytest.raises(IntegrityError, match="appointment_in_one_office"), transaction.atomic():
        Appointment.objects.create(role=Role.OFFICE_HEAD, **facts)
    end_appointment(person.appointments.get(), by=None)
    appoint(person, roles=[Role.OFFICE_HEAD], office=other, by=None)
    assert person.office == other


def test_a_role_held_already_is_not_given_again() -> None:
    person = make_staff(Role.PLANNER)
    with pytest.raises(AppointmentRefused, match="不用重复任命"):
        appoint(person, roles=[Role.PLANNER], by=None)
    with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
        Appointment.objects.create(user=person, role=Role.PLANNER, begins_at=MIDNIGHT)


def test_a_role_at_a_body_makes_nobody_staff_and_leaves_the_unit_alone() -> None:
    body, unit, professor = make_organisation(name="演示学会"), make_organisation(), make_user()
    join(professor, unit)
    appoint(professor, roles=[Role.RECOMMENDER], body=body, by=None)
    read = User.objects.get(pk=professor.pk)
    assert (read.roles, read.is_staff, read.office) == ([Role.RECOMMENDER], False, None)
    assert read.bodies_as(Role.RECOMMENDER) == {body.pk}
    assert rules.has_perm("suggestions.write", read)
    assert professor not in staff_people()


def test_who_is_appointed_from_a_later_day_on_joins_no_unit_any_more() -> None:
    unit, person = make_organisation(), make_user()
    token, _invitation = invite_person(unit, email="x@example.com", by=unit.memberships.get().user)
    asked = request_membership(unit, by=person)
    appoint(person, roles=[Role.PLANNER], begins_at=database_now() + timedelta(days=9), by=None)
    with pytest.raises(NotAllowed):
        decide_membership(asked, "confirm", by=unit.memberships.exclude(user=person).get().user)
    other = make_user()
    appoint(other, roles=[Role.PLANNER], begins_at=database_now() + timedelta(days=9), by=None)
    with pytest.raises(NotAllowed):
        use_invitation(token, by=User.objects.get(pk=other.pk))


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ({"begins_on": "2020-01-01"}, "不能早于今天"),
        ({"last_day": "2020-01-01"}, "不能早于开始的那天"),
        ({"begins_on": "x"}, "输入一个有效的日期"),
    ],
)
def test_a_wrong_term_says_why(term: dict[str, str], words: str) -> None:
    client, person = client_of(make_staff(Role.SYSTEM_ADMIN)), make_staff(Role.PLANNER)
    facts = {"roles": ["leader"], **term}
    assert words in words_of(client.post(f"/office/staff/{person.pk}/", facts))
    assert person.appointments.count() == 1


def test_a_term_of_days_is_given_in_the_browser_and_both_days_belong_to_it() -> None:
    client, person = client_of(make_staff(Role.SYSTEM_ADMIN)), make_staff(Role.PLANNER)
    first = timezone.localdate(database_now()) + timedelta(days=3)
    days = {"begins_on": first.isoformat(), "last_day": (first + timedelta(days=1)).isoformat()}
    client.post(f"/office/staff/{person.pk}/", {"roles": ["leader"], **days})
    page = words_of(client.get(f"/office/staff/{person.pk}/"))
    assert "尚未开始" in page
    given = person.appointments.get(role=Role.LEADER)
    begins = timezone.localtime(given.begins_at)
    assert (begins.date(), begins.hour) == (first, 0)
    assert given.ends_at - given.begins_at == timedelta(days=2)


def test_an_appointment_has_a_role_and_ends_after_it_begins() -> None:
    with pytest.raises(AppointmentRefused, match="请选择角色"):
        appoint(make_user(), roles=[], by=None)
    with pytest.raises(AppointmentRefused, match="不能早于开始"):
        appoint(
            make_user(),
            roles=[Role.LEADER],
            begins_at=MIDNIGHT_TO_COME,
            ends_at=MIDNIGHT_TO_COME,
            by=None,
        )
