"""Many at once and one at a time agree: the selectors show exactly what the rules allow."""

import random

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from tests.factories import make_organisation, make_staff, make_user
from xinghai.accounts.kinds import BUREAU_ROLES, MemberRole
from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.selectors import visible_memberships, visible_organisations
from xinghai.accounts.services import decide_membership, request_membership

pytestmark = pytest.mark.django_db

FATES = [None, "requested", "confirm", "turn_down", "administrator", "left"]


def meet(person: User, unit: Organisation, fate: str, head: User) -> None:
    membership = request_membership(unit, by=person)
    if fate == "requested":
        return
    if fate == "turn_down":
        decide_membership(membership, "turn_down", by=head, reason="演示原因")
        return
    decide_membership(membership, "confirm", by=head)
    if fate == "administrator":
        Membership.objects.filter(pk=membership.pk).update(role=MemberRole.ADMINISTRATOR)
    if fate == "left":
        decide_membership(membership, "leave", by=person)


@pytest.fixture(params=range(4))
def everybody(request: pytest.FixtureRequest) -> list[User]:
    chance = random.Random(request.param)  # noqa: S311 - cases, not secrets
    heads = [make_user() for _unit in range(3)]
    units = [make_organisation(administrator=head) for head in heads]
    people = [make_user() for _person in range(6)]
    for person in people:
        for unit, head in zip(units, heads, strict=True):
            if fate := chance.choice(FATES):
                meet(person, unit, fate, head)
    User.objects.filter(pk=people[0].pk).update(is_active=False)
    staff = [make_staff(role) for role in BUREAU_ROLES]
    return list(User.objects.filter(pk__in=[one.pk for one in [*heads, *people, *staff]]))


def test_selectors_show_what_the_rules_allow(everybody: list[User]) -> None:
    units, memberships = list(Organisation.objects.all()), list(Membership.objects.all())
    seen = 0
    for person in everybody:
        allowed = {
            unit for unit in units if rules.has_perm("accounts.view_organisation", person, unit)
        }
        assert set(visible_organisations(person)) == allowed
        may = {
            one for one in memberships if rules.has_perm("accounts.view_membership", person, one)
        }
        assert set(visible_memberships(person)) == may
        seen += len(allowed) + len(may)
    assert seen > 0


def test_a_visitor_sees_nobody() -> None:
    unit, visitor = make_organisation(), AnonymousUser()
    assert not rules.has_perm("accounts.view_organisation", visitor, unit)
    assert list(visible_organisations(visitor)) == []
    assert list(visible_memberships(visitor)) == []
