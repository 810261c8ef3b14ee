"""What was true of a unit on a day: its titles, and the names the bureau verified."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.factories import make_organisation, make_staff, make_user
from tests.pages import client_of, words_of
from xinghai.accounts.histories import version_at
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, Qualification
from xinghai.accounts.selectors import pick_organisations
from xinghai.accounts.services import (
    OrganisationFacts,
    QualificationRefused,
    add_qualification,
    change_organisation,
    remove_qualification,
    verify_organisation,
)
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.events import history

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2023, 11, 8), date(2026, 11, 7)
DAY = timedelta(days=1)


def a_unit() -> Organisation:
    return make_organisation(administrator=make_user(), name="演示旧名厂")


def head_of(unit: Organisation) -> object:
    return unit.memberships.get().user


def rename(unit: Organisation, name: str) -> None:
    facts = OrganisationFacts(name=name, uscc=unit.uscc, kind=unit.kind, district=unit.district_id)
    change_organisation(unit, facts, by=head_of(unit))


@pytest.mark.parametrize(
    ("day", "holds"),
    [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_a_title_of_three_years_holds_on_its_days_alone(day: date, holds: bool) -> None:
    unit = a_unit()
    term = {"from_on": FIRST, "to_on": LAST}
    made = add_qualification(unit, kind="high_tech", **term, by=head_of(unit))
    assert unit.tags_on(day) == (["high_tech"] if holds else [])
    assert made.holds_on(day) is holds


def test_a_title_declared_without_days_holds_until_it_is_said_when_it_ends() -> None:
    unit = make_organisation(tags=["high_tech", "gazelle"])
    assert unit.tags_on(FIRST) == ["high_tech", "gazelle"]


def test_a_title_is_written_down_once_for_a_time() -> None:
    unit = a_unit()
    add_qualification(unit, kind="high_tech", from_on=FIRST, to_on=LAST, by=head_of(unit))
    with pytest.raises(QualificationRefused, match="已经登记过"):
        add_qualification(unit, kind="high_tech", from_on=LAST, by=head_of(unit))
    with pytest.raises(QualificationRefused, match="不能早于"):
        add_qualification(unit, kind="gazelle", from_on=LAST, to_on=FIRST, by=head_of(unit))
    add_qualification(unit, kind="high_tech", from_on=LAST + DAY, by=head_of(unit))
    assert unit.qualifications.count() == 2


def test_a_mistake_is_taken_back_and_the_trail_keeps_it() -> None:
    unit = a_unit()
    made = add_qualification(unit, kind="gazelle", number="演示-1", by=head_of(unit))
    remove_qualification(made, by=head_of(unit))
    remove_qualification(made, by=head_of(unit))
    told = list(history(unit))[-2:]
    assert [(one.verb, one.data["number"]) for one in told] == [
        ("add_qualification", "演示-1"),
        ("remove_qualification", "演示-1"),
    ]


def test_an_administrator_writes_titles_down_in_the_browser() -> None:
    unit = a_unit()
    client, address = client_of(head_of(unit)), f"/unit/{unit.pk}/qualifications/"
    assert "还没有登记资质" in words_of(client.get(address))
    facts = {"kind": "high_tech", "from_on": FIRST.isoformat(), "to_on": LAST.isoformat()}
    assert "必填" in words_of(client.post(address, {**facts, "kind": ""}))
    with travel_to(datetime.combine(LAST, time(12), tzinfo=timezone.get_default_timezone())):
        assert "有效" in words_of(client.post(address, facts, follow=True))
    with travel_to(datetime.combine(LAST + DAY, time(), tzinfo=timezone.get_default_timezone())):
        page = words_of(client.get(address))
        assert "不在有效期" in page
        assert "现在没有" in words_of(client.get("/unit/profile/"))
    client.post(f"{address}{Qualification.objects.get().pk}/remove/")
    assert not Qualification.objects.exists()


def test_nobody_else_touches_the_titles() -> None:
    unit = a_unit()
    made = add_qualification(unit, kind="gazelle", by=head_of(unit))
    other = make_user()
    make_organisation(administrator=other)
    address = f"/unit/{unit.pk}/qualifications/"
    for person, status in ((other, 404), (make_user(), 403), (make_staff(Role.PLANNER), 403)):
        client = client_of(person)
        assert client.get(address).status_code == status
        assert client.post(address, {"kind": "high_tech"}).status_code == status
        assert client.post(f"{address}{made.pk}/remove/").status_code == status
    assert list(unit.qualifications.values_list("kind", flat=True)) == ["gazelle"]


def test_a_name_holds_from_the_moment_the_bureau_verified_it() -> None:
    unit = a_unit()
    before = unit.versions.get().from_at - timedelta(microseconds=1)
    assert version_at(unit, before) is None
    rename(unit, "演示新名厂")
    asked = database_now()
    verify_organisation(unit, by=make_staff(Role.PLANNER))
    named = [version_at(unit, moment) for moment in (asked, database_now())]
    assert [one.name for one in named if one] == ["演示旧名厂", "演示新名厂"]


def test_verifying_the_same_again_makes_no_version() -> None:
    unit = a_unit()
    rename(unit, "演示新名厂")
    rename(unit, "演示旧名厂")
    verify_organisation(unit, by=make_staff(Role.PLANNER))
    assert unit.versions.count() == 1


def test_a_renamed_unit_is_found_by_its_former_name_and_shows_it() -> None:
    unit = a_unit()
    rename(unit, "演示新名厂")
    verify_organisation(unit, by=make_staff(Role.PLANNER))
    assert pick_organisations("旧名厂") == [unit]
    page = words_of(client_of(make_staff(Role.PLANNER)).get(f"/office/organisations/{unit.pk}/"))
    assert "曾用名 演示旧名厂" in page


def test_a_version_is_never_changed() -> None:
    version = a_unit().versions.get()
    version.name = "别的名字"
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        version.save()
