"""The sentences of the permissions, asked about nobody and about nothing in particular."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import make_organisation, make_staff, make_user
from xinghai.accounts import rules
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership
from xinghai.accounts.services import request_membership

pytestmark = pytest.mark.django_db


def test_who_is_not_signed_in_works_nowhere_and_administers_nothing() -> None:
    visitor = AnonymousUser()
    assert not rules.is_or_will_be_staff.test(visitor)
    assert not rules.administers_organisation.test(visitor, make_organisation())
    assert rules.is_or_will_be_staff.test(make_staff(Role.PLANNER))


def test_without_a_record_the_rule_says_whether_there_could_be_one() -> None:
    assert rules.is_of_nobody_at_the_bureau.test(make_user())
    assert rules.is_without_members.test(make_user())


def test_with_a_record_it_is_decided_by_the_record() -> None:
    unit = make_organisation(administrator=make_user())
    waiting = request_membership(unit, by=make_user())
    assert rules.is_of_nobody_at_the_bureau.test(waiting.user, waiting)
    assert not rules.is_without_members.test(waiting.user, Membership.objects.get(pk=waiting.pk))
