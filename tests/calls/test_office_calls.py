"""The planning office publishes and calls off; everybody else stays outside."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_staff, make_user
from tests.pages import client_of, queries_of
from xinghai.accounts.kinds import Role
from xinghai.calls.composing import compose, definition_path
from xinghai.calls.models import Call
from xinghai.calls.services import load_call

pytestmark = pytest.mark.django_db

PAGE = "calls:office-calls"


def prepared(code: str) -> Call:
    return load_call(compose(definition_path(code)))


def test_a_prepared_call_is_not_public_until_planning_publishes_it() -> None:
    prepared("2024")
    public = reverse("portal:call", args=["2024"])
    assert Client().get(public).status_code == 404
    client_of(make_staff(Role.PLANNER)).post(reverse("calls:publish", args=["2024"]))
    assert Client().get(public).status_code == 200


def test_calling_off_needs_a_reason() -> None:
    call, client = prepared("2024"), client_of(make_staff(Role.PLANNER))
    address = reverse("calls:cancel", args=["2024"])
    assert "请写明理由" in client.post(address, {"reason": ""}, follow=True).content.decode()
    client.post(address, {"reason": "通知重新印发"})
    call.refresh_from_db()
    assert call.state == "cancelled"


def test_publishing_twice_says_what_it_is_already() -> None:
    prepared("2024")
    client, address = client_of(make_staff(Role.PLANNER)), reverse("calls:publish", args=["2024"])
    client.post(address)
    assert "已发布" in client.post(address, follow=True).content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.SYSTEM_ADMIN])
def test_others_stay_outside(role: Role) -> None:
    prepared("2024")
    client = client_of(make_staff(role))
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.post(reverse("calls:publish", args=["2024"])).status_code == 403
    assert client_of(make_user()).get(reverse(PAGE)).status_code == 403


def test_the_list_costs_the_same_with_one_call_and_two() -> None:
    client = client_of(make_staff(Role.PLANNER))
    prepared("2024")
    with_one = queries_of(client, reverse(PAGE))
    prepared("2022-1")
    assert queries_of(client, reverse(PAGE)) == with_one <= 9
