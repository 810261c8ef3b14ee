"""A person's own data and memberships; the picker of organisations."""

import pytest
from django.test import Client

from tests.factories import join, make_organisation, make_staff, make_user
from tests.pages import client_of, words_of
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership
from xinghai.accounts.services import change_own_department, request_membership
from xinghai.kernel.events import history

pytestmark = pytest.mark.django_db

FACTS = {
    "name": "演示新名",
    "job_title": "高级工程师",
    "mobile": "+86 139 0000 0000",
    "landline": "0411-00000000",
    "email": "New@Example.com",
    "language": "en",
}


def test_own_data_is_kept_and_the_trail_names_the_fields_only() -> None:
    person = make_user()
    answer = client_of(person).post("/my/profile/", FACTS)
    assert answer["Location"] == "/my/profile/"
    person.refresh_from_db()
    assert (person.mobile, person.email) == ("13900000000", "new@example.com")
    (event,) = history(person)
    assert event.verb == "change_profile"
    assert set(event.data) == {"fields"}
    assert "13900000000" not in str(event.data)


def test_saving_without_a_change_leaves_no_event() -> None:
    person = make_user()
    client_of(person).post("/my/profile/", FACTS)
    client_of(person).post("/my/profile/", FACTS)
    assert history(person).count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"mobile": "12345"}, "11 位大陆手机号"),
        ({"email": "nobody"}, "邮件"),
        ({"name": " "}, "必填"),
    ],
)
def test_a_wrong_value_is_explained(changed: dict[str, str], words: str) -> None:
    answer = client_of(make_user()).post("/my/profile/", {**FACTS, **changed})
    assert answer.status_code == 200
    assert words in words_of(answer)


def test_nobody_sees_a_profile_without_signing_in() -> None:
    for address in ("/my/profile/", "/my/unit/", "/my/unit/register/", "/orgs/search/?q=大连"):
        assert Client().get(address)["Location"].startswith("/account/login/?next=")


def test_staff_belong_to_no_unit() -> None:
    organisation = make_organisation()
    client = client_of(make_staff(Role.PLANNER))
    assert client.get("/my/unit/").status_code == 403
    assert client.post("/my/unit/join/", {"unit": organisation.pk}).status_code == 403
    assert "不参与填报" in words_of(client.get("/my/profile/"))


def test_a_member_leaves() -> None:
    organisation, person = make_organisation(), make_user()
    join(person, organisation)
    membership = Membership.objects.get(user=person)
    answer = client_of(person).post(f"/my/memberships/{membership.pk}/leave/", follow=True)
    assert "您已离开" in words_of(answer)
    membership.refresh_from_db()
    assert membership.state == "left"


def test_the_only_administrator_cannot_leave_and_is_told_what_to_do() -> None:
    person = make_user()
    make_organisation(administrator=person)
    membership = Membership.objects.get(user=person)
    answer = client_of(person).post(f"/my/memberships/{membership.pk}/leave/", follow=True)
    assert "请先把管理员交给另一位成员" in words_of(answer)
    membership.refresh_from_db()
    assert membership.state == "confirmed"


def test_nobody_steps_in_for_somebody_else() -> None:
    organisation, person = make_organisation(), make_user()
    join(person, organisation)
    membership = Membership.objects.get(user=person)
    answer = client_of(make_user()).post(f"/my/memberships/{membership.pk}/leave/")
    assert answer.status_code == 404


def test_who_has_left_may_ask_again() -> None:
    organisation, person = make_organisation(), make_user()
    join(person, organisation)
    membership = Membership.objects.get(user=person)
    client_of(person).post(f"/my/memberships/{membership.pk}/leave/")
    assert request_membership(organisation, by=person).state == "requested"


def test_the_picker_gets_public_facts_and_nothing_else() -> None:
    organisation = make_organisation(name="演示精密机械")
    found = client_of(make_user()).get("/orgs/search/", {"q": "精密"}).json()
    assert found == [
        {
            "id": organisation.pk,
            "name": "演示精密机械",
            "uscc": organisation.uscc,
            "kind": "enterprise",
            "kind_label": "企业",
            "district": "高新园区",
        }
    ]


def test_the_picker_is_bounded_and_wants_two_characters() -> None:
    for _unit in range(12):
        make_organisation()
    client = client_of(make_user())
    assert len(client.get("/orgs/search/", {"q": "演示"}).json()) == 10
    assert client.get("/orgs/search/", {"q": "演"}).json() == []


def test_a_member_names_the_own_school_from_those_in_use_and_the_trail_knows() -> None:
    organisation, person, colleague = make_organisation(), make_user(), make_user()
    for one in (person, colleague):
        join(one, organisation)
    own, others = (Membership.objects.get(user=one) for one in (person, colleague))
    change_own_department(others, "化工学院", by=colleague)
    client = client_of(person)
    assert '<option value="化工学院">' in client.get("/my/profile/").content.decode()

    address = f"/my/memberships/{own.pk}/department/"
    for _click in range(2):
        client.post(address, {"department": "  机械 工程学院\0 " + "长" * 80})
    own.refresh_from_db()
    assert str(own.department) == ("机械 工程学院 " + "长" * 80)[:60]
    assert [one.verb for one in history(own)].count("change_department") == 1


def test_nobody_names_anothers_school_nor_one_that_was_left() -> None:
    organisation, person, colleague = make_organisation(), make_user(), make_user()
    for one in (person, colleague):
        join(one, organisation)
    own, others = (Membership.objects.get(user=one) for one in (person, colleague))
    client = client_of(person)
    sent = {"department": "化工学院"}
    assert client.post(f"/my/memberships/{others.pk}/department/", sent).status_code == 404
    client.post(f"/my/memberships/{own.pk}/leave/")
    assert client.post(f"/my/memberships/{own.pk}/department/", sent).status_code == 404
    assert not Membership.objects.exclude(department=None).exists()
