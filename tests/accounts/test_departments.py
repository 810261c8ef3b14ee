"""Schools and departments are rows of their unit: one way to write each, renamed for everybody."""

import pytest
from django.db import IntegrityError

from tests.factories import join, make_organisation, make_user
from tests.pages import client_of, html_of
from tests.racing import at_once, overtake
from xinghai.accounts.models import Department, Membership, Organisation, User
from xinghai.accounts.selectors import departments_of
from xinghai.accounts.services import (
    DepartmentRefused,
    change_own_department,
    memberships,
    rename_department,
)
from xinghai.accounts.services.departments import department_called, one_line
from xinghai.kernel import events
from xinghai.kernel.events import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return make_user(name="演示科研处长")


@pytest.fixture
def unit(head: User) -> Organisation:
    return make_organisation("university", administrator=head)


def member(unit: Organisation, department: str) -> Membership:
    person = make_user()
    join(person, unit)
    membership = Membership.objects.get(user=person)
    change_own_department(membership, department, by=person)
    return membership


def test_two_people_of_one_school_name_one_row(unit: Organisation) -> None:
    first, second = member(unit, "化工学院"), member(unit, "  化工学院 ")
    assert first.department == second.department
    assert departments_of([unit.pk]) == ["化工学院"]


def test_another_unit_has_its_own(unit: Organisation) -> None:
    other = make_organisation("university")
    here, there = department_called(unit, "化工学院"), department_called(other, "化工学院")
    assert here != there
    assert department_called(unit, "  ") is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("化工\t学院\n", "化工 学院"),
        ("\x1b化\u200b工\u202e学院\x00", "化工学院"),
        ('\'; DROP TABLE "x" --', '\'; DROP TABLE "x" --'),
        ("系" * 70, "系" * 60),
        ("化工学院（盘锦）", "化工学院（盘锦）"),
    ],
)
def test_what_nobody_sees_is_no_part_of_a_name(typed: str, stored: str) -> None:
    assert one_line(typed) == stored


def test_a_new_name_is_everybodys_at_once(unit: Organisation, head: User) -> None:
    first, second = member(unit, "化工系"), member(unit, "化工系")
    client = client_of(head)
    answer = client.post(
        f"/unit/{unit.pk}/departments/{first.department.pk}/", {"name": "化工学院"}, follow=True
    )
    assert "“化工系”现在是“化工学院”。" in html_of(answer)
    names = Membership.objects.filter(pk__in=[first.pk, second.pk])
    assert {str(one.department) for one in names} == {"化工学院"}
    assert history(unit).filter(verb="rename_department").get().data["joined"] is False


def test_the_name_of_another_puts_the_two_together(unit: Organisation, head: User) -> None:
    wrong, right = member(unit, "化工"), member(unit, "化工学院")
    rename_department(wrong.department, "化工学院", by=head)
    assert Membership.objects.get(pk=wrong.pk).department == right.department
    assert departments_of([unit.pk]) == ["化工学院"]
    assert history(unit).filter(verb="rename_department").get().data == {
        "name": ["化工", "化工学院"],
        "joined": True,
    }


def test_an_empty_name_is_refused_and_the_same_name_changes_nothing(
    unit: Organisation, head: User
) -> None:
    one = member(unit, "化工学院").department
    with pytest.raises(DepartmentRefused, match="请填写"):
        rename_department(one, " \0 ", by=head)
    rename_department(one, "化工学院", by=head)
    assert not history(unit).filter(verb="rename_department").exists()


def test_its_page_counts_people_and_is_the_units_own(unit: Organisation, head: User) -> None:
    member(unit, "化工学院")
    member(unit, "化工学院")
    address = f"/unit/{unit.pk}/departments/"
    page = html_of(client_of(head).get(address))
    assert 'value="化工学院"' in page
    assert ">2</td>" in page
    stranger = make_user()
    make_organisation("university", administrator=stranger)
    assert client_of(stranger).get(address).status_code == 404
    theirs = Department.objects.get()
    sent = {"name": "别人的"}
    assert client_of(stranger).post(f"{address}{theirs.pk}/", sent).status_code == 404


def test_a_unit_without_departments_says_so(unit: Organisation, head: User) -> None:
    page = html_of(client_of(head).get(f"/unit/{unit.pk}/departments/"))
    assert "还没有人填写院系或部门。" in page


@pytest.mark.django_db(transaction=True)
def test_two_put_each_into_the_other_and_nobody_loses_the_school() -> None:
    head = make_user()
    unit = make_organisation("university", administrator=head)
    first, second = member(unit, "甲系"), member(unit, "乙系")
    into = [(first.department, "乙系"), (second.department, "甲系")]
    at_once(lambda turn: rename_department(*into[turn], by=head), clients=2)
    left = Department.objects.get(organisation=unit)
    found = Membership.objects.filter(pk__in=[first.pk, second.pk])
    assert {one.department for one in found} == {left}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_locked", [True, False])
def test_who_names_a_school_while_it_is_put_into_another_belongs_to_that_one(
    is_locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, person = make_user(), make_user()
    unit = make_organisation("university", administrator=head)
    wrong, right = (
        Department.objects.create(organisation=unit, name=name) for name in ("化工", "化工学院")
    )
    join(person, unit)
    membership = Membership.objects.get(user=person)
    if not is_locked:
        plain = Department.objects.get_or_create
        monkeypatch.setattr(
            memberships,
            "department_called",
            lambda of, name: plain(organisation_id=of, name=name)[0],
        )
    later = overtake(
        monkeypatch, events, "record", lambda: rename_department(wrong, "化工学院", by=head)
    )
    if is_locked:
        change_own_department(membership, "化工", by=person)
    else:
        with pytest.raises(IntegrityError):
            change_own_department(membership, "化工", by=person)
    later.join()
    found = Membership.objects.get(user=person).department
    assert found == (right if is_locked else None)
