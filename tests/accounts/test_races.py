"""Two administrators leaving at once: the lock keeps one; without it nobody is left."""

from collections.abc import Callable
from threading import Barrier

import pytest

from tests.factories import join, make_organisation, make_staff, make_user
from tests.racing import at_once
from xinghai.accounts.kinds import MemberRole, Role
from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.selectors import holding
from xinghai.accounts.separation import AppointmentRefused
from xinghai.accounts.services import (
    LastAdministrator,
    OrganisationFacts,
    change_membership,
    change_organisation,
    deactivate_staff,
    decide_membership,
    end_appointment,
    memberships,
    verify_organisation,
)

pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(acts: list[Callable[[], None]]) -> list[str]:
    """Run each act in its own thread; return the names of the refusals."""

    def run(number: int) -> str:
        try:
            acts[number]()
        except (LastAdministrator, AppointmentRefused) as refused:
            return type(refused).__name__
        return ""

    return sorted(map(str, at_once(run, clients=len(acts))))


def two_administrators() -> list[Membership]:
    first, second = make_user(), make_user()
    unit = make_organisation(administrator=first)
    join(second, unit)
    Membership.objects.filter(user=second).update(role=MemberRole.ADMINISTRATOR)
    return list(Membership.objects.filter(organisation=unit).select_related("user"))


def leaving(membership: Membership) -> Callable[[], None]:
    return lambda: decide_membership(membership, "leave", by=membership.user)


def left_behind() -> int:
    return Membership.objects.filter(state="confirmed", role=MemberRole.ADMINISTRATOR).count()


def test_of_two_administrators_leaving_at_once_one_stays() -> None:
    refusals = both_at_once([leaving(one) for one in two_administrators()])
    assert refusals == ["", "LastAdministrator"]
    assert left_behind() == 1


def test_the_same_without_the_lock_leaves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the same question asked without locking the rows."""
    leaving_now = two_administrators()
    both_have_looked = Barrier(2)

    def look_only(membership: Membership) -> dict[int, Membership]:
        rows = Membership.objects.filter(organisation_id=membership.organisation_id)
        found = {row.pk: row for row in rows}
        both_have_looked.wait()
        return found

    monkeypatch.setattr(memberships, "_locked_with_administrators", look_only)
    assert both_at_once([leaving(one) for one in leaving_now]) == ["", ""]
    assert left_behind() == 0


def test_who_was_promoted_since_the_page_was_read_is_not_let_go_as_the_last() -> None:
    first, second = make_user(), make_user()
    unit = make_organisation(administrator=first)
    join(second, unit)
    as_read = Membership.objects.select_related("user").get(user=second)
    for person, role in ((second, MemberRole.ADMINISTRATOR), (first, MemberRole.MEMBER)):
        membership = Membership.objects.get(user=person)
        change_membership(membership, role=role, department="", by=first)
    with pytest.raises(LastAdministrator):
        decide_membership(as_read, "leave", by=second)
    assert left_behind() == 1


def test_a_unit_verified_since_its_page_was_read_is_verified_anew() -> None:
    unit = make_organisation(administrator=make_user(), verified=False)
    as_read = Organisation.objects.get(pk=unit.pk)
    verify_organisation(unit, by=make_staff(Role.PLANNER))
    facts = OrganisationFacts(
        name="大连演示换名有限公司",
        uscc=unit.uscc,
        kind=unit.kind,
        district=unit.district_id,
    )
    change_organisation(as_read, facts, by=unit.memberships.get().user)
    assert Organisation.objects.get(pk=unit.pk).state == "pending"


@pytest.mark.parametrize("turn", range(4))
def test_two_system_administrators_cannot_remove_each_other(turn: int) -> None:
    """Several times: whoever comes second, deactivating or ending, must see what the first did."""
    first, second = make_staff(Role.SYSTEM_ADMIN), make_staff(Role.SYSTEM_ADMIN)
    refusals = both_at_once(
        [
            lambda: deactivate_staff(first, by=second),
            lambda: end_appointment(second.appointments.get(), by=first),
        ]
    )
    assert refusals == ["", "AppointmentRefused"]
    left = User.objects.filter(holding(Role.SYSTEM_ADMIN))
    assert left.count() == 1
