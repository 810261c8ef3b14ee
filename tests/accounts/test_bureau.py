"""The bureau verifies units and appoints its people; duties are separated."""

import itertools
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import join, make_office, make_organisation, make_staff, make_user
from tests.pages import client_of, queries_of, words_of
from xinghai.accounts.kinds import BUREAU_ROLES, Role
from xinghai.accounts.models import User
from xinghai.accounts.separation import AppointmentRefused
from xinghai.accounts.services import (
    OrganisationFacts,
    appoint,
    change_organisation,
)
from xinghai.kernel.events import history
from xinghai.kernel.models import Message

pytestmark = pytest.mark.django_db

BUSINESS = {Role.OFFICER, Role.OFFICE_HEAD, Role.PLANNER, Role.LEADER}


def planner_client() -> Client:
    return client_of(make_staff(Role.PLANNER))


def test_the_queue_shows_who_waits_oldest_first() -> None:
    for name in ("演示甲厂", "演示乙厂"):
        make_organisation(name=name, verified=False)
    make_organisation(name="演示丙厂")
    page = words_of(planner_client().get("/office/organisations/"))
    assert page.index("演示甲厂") < page.index("演示乙厂")
    assert "演示丙厂" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=any", {"演示甲厂", "演示大学"}),
        ("state=verified", {"演示大学"}),
        ("state=any&kind=university", {"演示大学"}),
        ("state=any&district=zhongshan", set()),
        ("q=ysj", {"演示甲厂"}),
        ("state=any&q=演示", {"演示甲厂", "演示大学"}),
    ],
)
def test_the_queue_is_filtered(asked: str, found: set[str]) -> None:
    make_organisation(name="演示甲厂", verified=False)
    make_organisation("university", name="演示大学")
    page = words_of(planner_client().get(f"/office/organisations/?{asked}"))
    assert {name for name in ("演示甲厂", "演示大学") if name in page} == found


def test_an_empty_queue_says_so() -> None:
    page = planner_client().get("/office/organisations/")
    assert "没有等待核实的单位" in words_of(page)


def test_the_queue_costs_the_same_for_one_and_three() -> None:
    client = planner_client()

    make_organisation(verified=False)
    first = queries_of(client, "/office/organisations/")
    for _more in range(2):
        make_organisation(verified=False)
    assert queries_of(client, "/office/organisations/") == first
    assert first <= 15


def test_a_similar_name_is_pointed_out() -> None:
    make_organisation(name="大连演示精密机械有限公司")
    near = make_organisation(name="大连演示精密机械制造有限公司", verified=False)
    other = make_organisation(name="海珍品合作社", verified=False)
    client = planner_client()
    page = words_of(client.get(f"/office/organisations/{near.pk}/"))
    assert "名称或代码相近" in page
    assert "大连演示精密机械有限公司" in page
    assert "名称或代码相近" not in words_of(client.get(f"/office/organisations/{other.pk}/"))


def test_a_unit_is_verified_and_told() -> None:
    head = make_user()
    unit = make_organisation(administrator=head, verified=False)
    planner_client().post(f"/office/organisations/{unit.pk}/verify/")
    unit.refresh_from_db()
    assert unit.state == "verified"
    assert "现在可以提交" in Message.objects.get(recipient=head).body


def test_a_refusal_needs_a_reason_the_unit_reads() -> None:
    head = make_user()
    unit = make_organisation(administrator=head, verified=False)
    client = planner_client()
    address = f"/office/organisations/{unit.pk}/refuse/"
    assert "请写明理由" in words_of(client.post(address, follow=True))
    client.post(address, {"reason": "代码与名称不符"})
    unit.refresh_from_db()
    assert (unit.state, unit.state_reason) == ("refused", "代码与名称不符")
    assert "代码与名称不符" in Message.objects.get(recipient=head).body
    assert "代码与名称不符" in words_of(client.get(f"/office/organisations/{unit.pk}/"))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OFFICE_HEAD, Role.LEADER, Role.AUDIT_ADMIN])
def test_other_staff_and_applicants_verify_nothing(role: Role) -> None:
    unit = make_organisation(verified=False)
    for person in (make_staff(role), make_user()):
        client = client_of(person)
        assert client.get("/office/organisations/").status_code == 403
        assert client.get(f"/office/organisations/{unit.pk}/").status_code == 403
        assert client.post(f"/office/organisations/{unit.pk}/verify/").status_code == 403
        assert client.post(f"/office/organisations/{unit.pk}/refuse/").status_code == 403


def new_staff(**changed: object) -> dict[str, object]:
    facts = {"username": "new@bureau.example", "name": "演示新人", "roles": ["planner"]}
    return {**facts, **changed}


def test_a_staff_account_is_created_and_its_password_works_once_shown() -> None:
    client = client_of(make_staff(Role.SYSTEM_ADMIN))
    page = client.post("/office/staff/add/", new_staff())
    assert page["Cache-Control"] == "no-store"
    shown = re.search(r'id="first-password">([^<]+)<', page.content.decode())
    assert shown is not None
    person = User.objects.get(username="new@bureau.example")
    assert person.check_password(shown[1])
    assert person.roles == ["planner"]
    assert [event.verb for event in history(person)] == ["register", "appoint"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": "somebody"}, "11 位"),
        ({"roles": ["officer"]}, "必须选定所在处室"),
        ({"roles": ["system_admin", "planner"]}, "不能兼任业务角色"),
        ({"roles": ["system_admin", "audit_admin"]}, "不能兼任审计管理员"),
        ({"roles": []}, "必填"),
    ],
)
def test_a_wrong_appointment_says_why(changed: dict[str, object], words: str) -> None:
    client = client_of(make_staff(Role.SYSTEM_ADMIN))
    answer = client.post("/office/staff/add/", new_staff(**changed))
    assert words in words_of(answer)
    assert not User.objects.filter(name="演示新人").exists()


@pytest.mark.parametrize("pair", list(itertools.combinations(BUREAU_ROLES, 2)))
def test_who_runs_or_audits_the_system_decides_nothing(pair: tuple[Role, Role]) -> None:
    person, office = make_user(), make_office()
    if set(pair) <= BUSINESS:
        appoint(person, roles=pair, office=office, by=None)
        assert set(person.roles) == set(pair)
    else:
        with pytest.raises(AppointmentRefused):
            appoint(person, roles=pair, office=office, by=None)


def test_a_member_of_a_unit_is_not_appointed() -> None:
    unit, person = make_organisation(name="演示某厂"), make_user()
    join(person, unit)
    with pytest.raises(AppointmentRefused, match="演示某厂"):
        appoint(person, roles=[Role.PLANNER], office=None, by=None)


def test_appointments_begin_and_end_and_the_trail_keeps_both() -> None:
    admin, person, office = make_staff(Role.SYSTEM_ADMIN), make_staff(Role.PLANNER), make_office()
    client, former = client_of(admin), person.appointments.get()
    facts = {"roles": ["officer", "office_head"], "office": office.pk}
    assert client.post(f"/office/staff/{person.pk}/", facts).status_code == 302
    end = f"/office/staff/{person.pk}/appointments/{former.pk}/end/"
    page = words_of(client.post(end, follow=True))
    assert "已结束" in page
    person.refresh_from_db()
    assert (person.roles, person.office) == (["officer", "office_head"], office)
    *_earlier, appointed, ended = history(person)
    assert (appointed.verb, appointed.actor) == ("appoint", admin)
    assert (appointed.data["roles"], appointed.data["office"]) == (facts["roles"], office.pk)
    assert (ended.verb, ended.data["role"]) == ("end_appointment", "planner")


def test_a_deactivated_person_is_out_at_once() -> None:
    admin, person = make_staff(Role.SYSTEM_ADMIN), make_staff(Role.PLANNER)
    theirs = client_of(person)
    assert theirs.get("/office/organisations/").status_code == 200
    client = client_of(admin)
    client.post(f"/office/staff/{person.pk}/deactivate/")
    assert theirs.get("/office/organisations/").status_code == 302
    client.post(f"/office/staff/{person.pk}/reactivate/")
    assert theirs.get("/office/organisations/").status_code == 200


def test_nobody_deactivates_the_own_account() -> None:
    admin = make_staff(Role.SYSTEM_ADMIN)
    make_staff(Role.SYSTEM_ADMIN)
    answer = client_of(admin).post(f"/office/staff/{admin.pk}/deactivate/", follow=True)
    assert "不能停用自己的账号" in words_of(answer)
    admin.refresh_from_db()
    assert admin.is_active


def test_the_last_system_administrator_keeps_the_role() -> None:
    admin = make_staff(Role.SYSTEM_ADMIN)
    held = admin.appointments.get()
    end = f"/office/staff/{admin.pk}/appointments/{held.pk}/end/"
    answer = client_of(admin).post(end, follow=True)
    assert "唯一的系统管理员" in words_of(answer)
    admin.refresh_from_db()
    assert admin.roles == ["system_admin"]


def test_only_a_system_administrator_appoints() -> None:
    person = make_staff(Role.PLANNER)
    for somebody in (person, make_staff(Role.AUDIT_ADMIN), make_user()):
        client = client_of(somebody)
        assert client.get("/office/staff/").status_code == 403
        assert client.post("/office/staff/add/", new_staff()).status_code == 403
        assert client.post(f"/office/staff/{person.pk}/", {}).status_code == 403
        assert client.post(f"/office/staff/{person.pk}/deactivate/").status_code == 403


def test_applicants_are_not_found_among_staff() -> None:
    client, applicant = client_of(make_staff(Role.SYSTEM_ADMIN)), make_user()
    assert client.get(f"/office/staff/{applicant.pk}/").status_code == 404


def test_the_list_of_staff_costs_the_same_for_one_and_three() -> None:
    client = client_of(make_staff(Role.SYSTEM_ADMIN))

    first = queries_of(client, "/office/staff/")
    for _more in range(2):
        make_staff(Role.OFFICER)
    assert queries_of(client, "/office/staff/") == first


def test_the_first_administrator_comes_from_the_command_line() -> None:
    out = StringIO()
    words = {"username": "Root@bureau.example", "name": "演示管理员"}
    call_command("create_admin", **words, stdout=out, stderr=StringIO())
    username, password = (line.split()[-1] for line in out.getvalue().splitlines())
    person = User.objects.get(username=username)
    assert person.check_password(password)
    assert person.roles == [Role.SYSTEM_ADMIN]
    with pytest.raises(CommandError, match="已经注册过"):
        call_command("create_admin", **words, stdout=out, stderr=StringIO())


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        (Role.SYSTEM_ADMIN, "/office/organisations/"),
        (Role.OFFICER, "/office/"),
        (Role.AUDIT_ADMIN, "/office/suggestions/overview/"),
    ],
)
def test_every_role_has_a_desk(role: Role, desk: str) -> None:
    assert client_of(make_staff(role)).get("/office/desk/")["Location"] == desk


def test_an_applicant_has_no_desk() -> None:
    assert client_of(make_user()).get("/office/desk/").status_code == 403


def test_a_unit_that_changed_since_the_page_was_opened_is_looked_at_again() -> None:
    unit, client = make_organisation(name="演示甲厂", verified=False), planner_client()
    page = client.get(f"/office/organisations/{unit.pk}/").content.decode()
    (seen,) = re.findall(r'name="key" value="([0-9a-f]+)"', page)
    administrator = unit.memberships.get().user
    facts = OrganisationFacts(
        name="演示别的厂", uscc=unit.uscc, kind=unit.kind, district=unit.district_id
    )
    change_organisation(unit, facts, by=administrator)

    answer = client.post(f"/office/organisations/{unit.pk}/verify/", {"key": seen}, follow=True)

    unit.refresh_from_db()
    assert unit.state == "pending"
    assert "请重新查看" in words_of(answer)
