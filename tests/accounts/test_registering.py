"""A person registers, registers or joins a unit, and signs in again, in few requests."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from tests.factories import make_organisation, make_staff, make_uscc, make_user
from tests.pages import client_of, words_of
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.services import organisations
from xinghai.kernel.apart import NotReady
from xinghai.kernel.events import history

pytestmark = pytest.mark.django_db

PASSWORD = "haibian-qingchen-7"
PERSON = {"username": "Li@Example.com", "name": " 演示 李工 ", "password": PASSWORD}


def unit(**changed: object) -> dict[str, object]:
    facts = {
        "name": "大连演示新材料有限公司",
        "uscc": make_uscc(),
        "kind": "enterprise",
        "district": "high_tech",
        "tags": ["high_tech"],
    }
    return {**facts, **changed}


def statements(act: Callable[[], object]) -> int:
    """Count what is asked of the database, without the marks of transactions."""
    with CaptureQueriesContext(connection) as queries:
        act()
    marks = ("SAVEPOINT", "RELEASE")
    return len([query for query in queries if not query["sql"].startswith(marks)])


def test_a_person_registers_and_is_signed_in_at_once(client: Client) -> None:
    answer = client.post("/account/signup/", PERSON)
    assert (answer.status_code, answer["Location"]) == (302, "/my/unit/")
    person = User.objects.get()
    assert (person.username, person.email, person.name) == (
        "li@example.com",
        "li@example.com",
        "演示 李工",
    )
    assert [event.verb for event in history(person)] == ["register"]
    assert client.get("/my/profile/").status_code == 200


def test_a_unit_is_registered_while_nothing_can_read_its_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dictionary of readings is held by a process of its own, which may be starting."""

    def absent(_name: str) -> str:
        raise NotReady

    client.post("/account/signup/", PERSON)
    with monkeypatch.context() as patched:
        patched.setattr(organisations, "initials", absent)
        assert client.post("/my/unit/register/", unit()).status_code == 302
    registered = Organisation.objects.get()
    assert registered.initials == ""
    asked = ProcrastinateJob.objects.get(task_name="accounts.fill_initials")
    organisations.fill_initials(**asked.args)
    registered.refresh_from_db()
    assert registered.initials == "dlysxclyxgs"


def test_person_and_unit_are_registered_within_the_budget_of_queries(
    client: Client,
) -> None:
    make_staff(Role.PLANNER)
    assert statements(lambda: client.post("/account/signup/", PERSON)) <= 10
    assert statements(lambda: client.post("/my/unit/register/", unit())) <= 16
    assert Membership.objects.get().role == "administrator"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": "ligong"}, "请填写邮箱地址，或 11 位大陆手机号"),
        ({"password": "1234567890123"}, "数字"),
        ({"password": "kurz"}, "10"),
        ({"password": "li@example.com"}, "太相似"),
        ({"name": "\u200b"}, "请填写姓名"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost(
    client: Client, changed: dict[str, str], words: str
) -> None:
    answer = client.post("/account/signup/", {**PERSON, **changed})
    assert answer.status_code == 200
    assert words in words_of(answer)
    assert f'value="{({**PERSON, **changed})["username"]}"' in answer.content.decode()
    assert not User.objects.exists()


def test_a_taken_user_name_leads_to_signing_in(client: Client) -> None:
    make_user(username="li@example.com")
    answer = client.post("/account/signup/", PERSON)
    assert "已经注册过" in words_of(answer)
    assert User.objects.count() == 1


def test_who_has_registered_a_unit_stands_where_suggestions_begin(client: Client) -> None:
    client.post("/account/signup/", PERSON)
    assert client.post("/my/unit/register/", unit())["Location"] == "/my/"


def test_a_chinese_page_refuses_in_chinese_and_says_no_jargon(client: Client) -> None:
    said = words_of(client.post("/account/signup/", {"username": "", "password": "kurz-7"}))
    assert "密码太短，至少要 10 个字符。" in said
    assert "这一项必填。" in said
    assert "字段" not in said
    assert "This password" not in said


def test_where_the_person_wanted_to_go_is_kept_to_the_end(client: Client) -> None:
    wanted = "/calls/2024/"
    answer = client.post("/account/signup/", {**PERSON, "next": wanted})
    assert answer["Location"] == f"/my/unit/?next={quote(wanted, safe='')}"
    answer = client.post("/my/unit/register/", {**unit(), "next": wanted})
    assert answer["Location"] == wanted
    answer = client.post(
        "/account/signup/", {**PERSON, "username": "x@y.cn", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/my/profile/"


def test_a_wrong_code_is_refused_with_a_remedy(client: Client) -> None:
    client.post("/account/signup/", PERSON)
    answer = client.post("/my/unit/register/", unit(uscc="91210200MA0000000A"))
    assert "校验位不对" in words_of(answer)
    assert "大连演示新材料有限公司" in answer.content.decode()
    assert not Organisation.objects.exists()


def test_a_known_code_offers_to_join_instead() -> None:
    known = make_organisation(name="演示老单位")
    person = make_user()
    answer = client_of(person).post("/my/unit/register/", unit(uscc=known.uscc))
    assert "这个单位已经登记" in words_of(answer)
    client_of(person).post("/my/unit/join/", {"unit": known.pk, "department": "研发部"})
    membership = Membership.objects.get(user=person)
    assert (membership.organisation, membership.state, str(membership.department)) == (
        known,
        "requested",
        "研发部",
    )


@pytest.mark.parametrize("typed", ["演示老", "yslc", "YSLC"])
def test_a_unit_is_found_by_name_and_by_initials(typed: str) -> None:
    make_organisation(name="演示老厂")
    make_organisation(name="海珍品合作社")
    answer = client_of(make_user()).get("/my/unit/", {"q": typed})
    assert "演示老厂" in words_of(answer)
    assert "海珍品合作社" not in words_of(answer)


def test_signing_in_with_any_spelling_of_the_user_name(client: Client) -> None:
    make_user(username="13800000001", password=PASSWORD)
    page = client.get("/account/login/?next=/my/notices/")
    assert 'value="/my/notices/"' in page.content.decode()
    signed = {"login": "+86 138 0000 0001", "password": PASSWORD, "next": "/my/notices/"}
    assert client.post("/account/login/", signed)["Location"] == "/my/notices/"


def test_a_wrong_password_says_so_in_both_languages(client: Client) -> None:
    make_user(username="li@example.com", password=PASSWORD)
    wrong = {"login": "li@example.com", "password": "wrong-password"}
    assert "账号或密码不对" in words_of(client.post("/account/login/", wrong))
    client.cookies["django_language"] = "en"
    assert "is not right" in words_of(client.post("/account/login/", wrong))


def test_one_account_is_locked_and_its_neighbours_are_not(
    client: Client, settings: Settings
) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    for name in ("li", "wang"):
        make_user(username=f"{name}@example.com", password=PASSWORD)
    wrong = {"login": "li@example.com", "password": "wrong-password"}
    answers = [client.post("/account/login/", wrong) for _attempt in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "15 分钟后可以再试" in words_of(answers[-1])
    right = {"login": "LI@example.com", "password": PASSWORD}
    assert client.post("/account/login/", right).status_code == 429
    neighbour = {"login": "wang@example.com", "password": PASSWORD}
    assert client.post("/account/login/", neighbour).status_code == 302


def test_a_password_is_reset_by_mail(client: Client) -> None:
    person = make_user(username="li@example.com", password=PASSWORD)
    asked = client.post("/account/password/reset/", {"email": "LI@example.com"})
    assert asked["Location"] == "/account/password/reset/done/"
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["li@example.com"], "找回密码")
    address = next(word for word in letter.body.split() if word.startswith("http"))
    form = client.get(address.split("testserver", 1)[1], follow=True)
    assert "设置新密码" in words_of(form)
    fresh = {"password1": "another-fine-pass-9", "password2": "another-fine-pass-9"}
    client.post(form.request["PATH_INFO"], fresh)
    person.refresh_from_db()
    assert person.check_password("another-fine-pass-9")


def test_nobody_learns_who_has_an_account(client: Client) -> None:
    answer = client.post("/account/password/reset/", {"email": "nobody@example.com"})
    assert answer["Location"] == "/account/password/reset/done/"
    assert mail.outbox == []


def test_a_deactivated_person_is_told(client: Client) -> None:
    person = make_user(username="li@example.com", password=PASSWORD)
    User.objects.filter(pk=person.pk).update(is_active=False)
    signed = {"login": "li@example.com", "password": PASSWORD}
    assert client.post("/account/login/", signed)["Location"] == "/account/inactive/"
    assert "账号已停用" in words_of(client.get("/account/inactive/"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/account/login/", "登录"),
        ("/account/signup/", "注册"),
        ("/account/password/reset/", "找回密码"),
        ("/account/password/reset/done/", "请查收邮件"),
        ("/account/password/reset/key/done/", "新密码已生效"),
        ("/account/password/reset/key/abc-def/", "已过期"),
    ],
)
def test_the_pages_before_signing_in_are_ours(client: Client, address: str, words: str) -> None:
    assert words in words_of(client.get(address, follow=True))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/account/logout/", "退出登录"),
        ("/account/password/change/", "修改密码"),
        ("/account/reauthenticate/", "再确认一次"),
        ("/account/2fa/", "登录与安全"),
        ("/account/2fa/webauthn/", "还没有通行密钥"),
        ("/account/email/", "我的资料"),
    ],
)
def test_the_pages_of_the_account_are_ours(address: str, words: str) -> None:
    person = make_user(password=PASSWORD)
    client = client_of(person)
    assert words in words_of(client.get(address, follow=True))
    asked = Client().get(address)
    assert asked.status_code == 302
