"""A unit's administrators keep its data and its people."""

import re

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import join, make_organisation, make_staff, make_user
from tests.pages import client_of, queries_of, words_of
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Invitation, Membership, Organisation, User
from xinghai.accounts.services import (
    decide_membership,
    invitations,
    refuse_organisation,
    request_membership,
)
from xinghai.accounts.tasks import mail_invitation, tell_verifiers
from xinghai.kernel.events import history
from xinghai.kernel.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return make_user(name="演示科研处")


@pytest.fixture
def unit(head: User) -> Organisation:
    return make_organisation(administrator=head, name="滨海演示大学")


def asking(unit: Organisation) -> Membership:
    return request_membership(unit, by=make_user(name="演示老师"), department="化工学院")


def facts(unit: Organisation, **changed: object) -> dict[str, object]:
    kept = {"name": unit.name, "kind": unit.kind, "district": unit.district_id, "address": ""}
    return {**kept, "profile": unit.profile, **changed}


def test_only_an_administrator_comes_in(unit: Organisation) -> None:
    member = make_user()
    join(member, unit)
    waiting = asking(unit)
    addresses = [
        "/unit/profile/",
        "/unit/people/",
        f"/unit/{unit.pk}/edit/",
        f"/unit/{unit.pk}/invite/",
    ]
    for person in (member, make_user(), make_staff(Role.PLANNER)):
        client = client_of(person)
        assert {client.get(address).status_code for address in addresses} == {403}
        assert client.post(f"/unit/people/{waiting.pk}/confirm/").status_code == 403


def test_an_administrator_of_another_unit_sees_nothing_of_this_one(unit: Organisation) -> None:
    stranger = make_user()
    make_organisation(administrator=stranger)
    waiting = asking(unit)
    client = client_of(stranger)
    assert client.get(f"/unit/profile/?unit={unit.pk}").status_code == 404
    assert client.get(f"/unit/{unit.pk}/edit/").status_code == 404
    assert client.get(f"/unit/{unit.pk}/invite/").status_code == 404
    assert client.post(f"/unit/{unit.pk}/ask-again/").status_code == 404
    assert client.get(f"/unit/people/{waiting.pk}/").status_code == 404
    assert client.post(f"/unit/people/{waiting.pk}/confirm/").status_code == 404


def test_the_data_changes_and_the_code_does_not(unit: Organisation, head: User) -> None:
    code = unit.uscc
    changed = facts(unit, name="滨海演示理工大学", uscc="91210200MA0000000A")
    assert client_of(head).post(f"/unit/{unit.pk}/edit/", changed).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.uscc, unit.initials) == ("滨海演示理工大学", code, "bhyslgdx")
    event = history(unit).last()
    assert event is not None
    assert (event.verb, event.data) == ("change", {"name": ["滨海演示大学", "滨海演示理工大学"]})


def test_a_refused_unit_reads_why_and_hands_in_again(unit: Organisation, head: User) -> None:
    refuse_organisation(unit, by=make_staff(Role.PLANNER), reason="名称与证照不一致")
    client = client_of(head)
    assert "名称与证照不一致" in words_of(client.get("/unit/profile/"))
    client.post(f"/unit/{unit.pk}/ask-again/")
    unit.refresh_from_db()
    assert unit.state == "pending"
    again = client.post(f"/unit/{unit.pk}/ask-again/", follow=True)
    assert "请刷新页面查看最新进展" in words_of(again)


def test_a_request_is_confirmed(unit: Organisation, head: User) -> None:
    waiting = asking(unit)
    client = client_of(head)
    page = words_of(client.get("/unit/people/"))
    assert "1 人申请加入" in page
    assert "化工学院" in page
    answer = client.post(f"/unit/people/{waiting.pk}/confirm/", follow=True)
    assert "演示老师 已成为本单位成员" in words_of(answer)
    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    assert Message.objects.filter(recipient=waiting.user).count() == 1


def test_turning_somebody_down_needs_a_reason_which_the_person_reads(
    unit: Organisation, head: User
) -> None:
    waiting = asking(unit)
    client = client_of(head)
    address = f"/unit/people/{waiting.pk}/turn_down/"
    assert "请写明理由" in words_of(client.post(address, follow=True))
    waiting.refresh_from_db()
    assert waiting.state == "requested"
    client.post(address, {"reason": "不是本校人员"})
    waiting.refresh_from_db()
    assert waiting.state == "turned_down"
    assert "不是本校人员" in Message.objects.get(recipient=waiting.user).body


def test_a_member_becomes_an_administrator_and_the_first_may_leave(
    unit: Organisation, head: User
) -> None:
    member = make_user()
    join(member, unit)
    membership = Membership.objects.get(user=member)
    client = client_of(head)
    new = {"role": "administrator", "department": "科研处"}
    assert client.post(f"/unit/people/{membership.pk}/", new).status_code == 302
    membership.refresh_from_db()
    assert (membership.role, str(membership.department)) == ("administrator", "科研处")
    own = Membership.objects.get(user=head)
    client.post(f"/my/memberships/{own.pk}/leave/")
    own.refresh_from_db()
    assert own.state == "left"
    assert client_of(member).get("/unit/people/").status_code == 200


def test_the_last_administrator_stays_one(unit: Organisation, head: User) -> None:
    own = Membership.objects.get(user=head)
    answer = client_of(head).post(f"/unit/people/{own.pk}/", {"role": "member", "department": ""})
    assert "唯一的管理员" in words_of(answer)
    own.refresh_from_db()
    assert own.role == "administrator"


def test_a_removed_member_is_told(unit: Organisation, head: User) -> None:
    member = make_user()
    join(member, unit)
    membership = Membership.objects.get(user=member)
    client_of(head).post(f"/unit/people/{membership.pk}/remove/")
    membership.refresh_from_db()
    assert membership.state == "left"
    assert "已离开" in Message.objects.filter(recipient=member).latest("pk").body


def invite(unit: Organisation, head: User, email: str = "New@Example.com") -> str:
    """Invite on the page and return the link's path as the page shows it."""
    page = client_of(head).post(f"/unit/{unit.pk}/invite/", {"email": email}).content.decode()
    found = re.search(r"/account/invitation/[0-9a-f]+/", page)
    assert found is not None
    return found[0]


def test_an_invitation_is_mailed_with_the_link_the_page_shows_once(
    unit: Organisation, head: User
) -> None:
    path = invite(unit, head)
    mail_invitation(invitation=Invitation.objects.get().pk, language="zh-hans")
    (letter,) = mail.outbox
    assert letter.to == ["new@example.com"]
    assert path in letter.body
    assert path not in client_of(head).get("/unit/people/").content.decode()
    assert path.split("/")[3] not in str(Invitation.objects.values().get())


def test_an_invitation_makes_one_person_a_member(unit: Organisation, head: User) -> None:
    path, person = invite(unit, head), make_user()
    assert "滨海演示大学" in words_of(client_of(None).get(path))
    assert "您已加入" in words_of(client_of(person).post(path, follow=True))
    assert Membership.objects.get(user=person).state == "confirmed"
    second = client_of(make_user()).post(path, follow=True)
    assert "已用过或已过期" in words_of(second)


def test_a_newcomer_registers_on_the_way_to_the_invitation(unit: Organisation, head: User) -> None:
    path, client = invite(unit, head), client_of(None)
    person = {"username": "13800000001", "name": "演示新人", "password": "haibian-qingchen-7"}
    assert client.post("/account/signup/", {**person, "next": path})["Location"] == path
    client.post(path)
    assert Membership.objects.get(user__username="13800000001").state == "confirmed"


def test_an_expired_invitation_says_what_to_do(unit: Organisation, head: User) -> None:
    path = invite(unit, head)
    Invitation.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert "请联系单位管理员重新发送" in words_of(client_of(make_user()).get(path))
    assert not Membership.objects.filter(organisation=unit, role="member").exists()


def test_staff_cannot_use_an_invitation(unit: Organisation, head: User) -> None:
    path = invite(unit, head)
    answer = client_of(make_staff(Role.PLANNER)).post(path, follow=True)
    assert "没有“接受邀请”的权限" in words_of(answer)
    assert Invitation.objects.get().used_at is None


def test_who_has_asked_already_joins_at_once_by_invitation(unit: Organisation, head: User) -> None:
    waiting, path = asking(unit), invite(unit, head)
    client_of(waiting.user).post(path)
    waiting.refresh_from_db()
    assert waiting.state == "confirmed"


def test_the_list_of_people_costs_the_same_for_one_and_three(
    unit: Organisation, head: User
) -> None:
    waiting = asking(unit)
    first = queries_of(client_of(head), "/unit/people/")
    for _more in range(2):
        join(make_user(), unit)
        asking(unit)
    assert queries_of(client_of(head), "/unit/people/") == first
    decide_membership(waiting, "confirm", by=head)


@pytest.mark.parametrize("changed", [{"name": "另一所演示大学"}, {"kind": "university"}])
def test_another_name_or_kind_is_verified_anew(
    unit: Organisation, head: User, changed: dict[str, str]
) -> None:
    """What was verified must not become another body by an edit."""
    planner = make_staff(Role.PLANNER)
    client_of(head).post(f"/unit/{unit.pk}/edit/", facts(unit, **changed))
    unit.refresh_from_db()
    assert unit.state == "pending"
    assert not Message.objects.filter(recipient=planner).exists(), "told by the worker"
    told = ProcrastinateJob.objects.filter(task_name=tell_verifiers.name).latest("pk")
    tell_verifiers(**told.args)
    assert Message.objects.filter(recipient=planner).count() == 1


def test_another_address_needs_no_new_verification(unit: Organisation, head: User) -> None:
    client_of(head).post(f"/unit/{unit.pk}/edit/", facts(unit, address="演示路 2 号"))
    unit.refresh_from_db()
    assert (unit.state, unit.address) == ("verified", "演示路 2 号")


def test_a_unit_cannot_have_letters_sent_without_end(
    unit: Organisation, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_A_DAY", 2)
    client = client_of(head)
    for number in range(3):
        answer = client.post(f"/unit/{unit.pk}/invite/", {"email": f"a{number}@example.com"})
    assert "一天最多邀请 2 人" in words_of(answer)
    assert Invitation.objects.count() == 2


def test_a_member_who_takes_up_an_invitation_stays_one(unit: Organisation, head: User) -> None:
    member, path = make_user(), invite(unit, head)
    join(member, unit)
    before = history(Membership.objects.get(user=member)).count()
    client_of(member).post(path)
    assert Membership.objects.get(user=member).state == "confirmed"
    assert history(Membership.objects.get(user=member)).count() == before


def test_asking_to_join_twice_is_asking_once(unit: Organisation) -> None:
    waiting = asking(unit)
    again = request_membership(unit, by=waiting.user, department="另一个学院")
    assert (again.pk, again.department) == (waiting.pk, waiting.department)
    assert history(waiting).filter(verb="request").count() == 1


def test_saving_the_same_data_leaves_no_event(unit: Organisation, head: User) -> None:
    before = history(unit).count()
    client_of(head).post(f"/unit/{unit.pk}/", facts(unit))
    assert history(unit).count() == before
