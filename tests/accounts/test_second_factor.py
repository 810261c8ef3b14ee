"""The bureau's people prove themselves twice; nobody else pays for it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.factories import make_staff, make_user
from tests.pages import client_of, words_of
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "haibian-qingchen-7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
JSON = {"headers": {"Accept": "application/json"}}


def code_now(secret: str = SECRET) -> str:
    _past, now, _coming = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


@pytest.fixture(autouse=True)
def _as_in_real_use(settings: Settings) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = True
    settings.MFA_TOTP_TOLERANCE = 1


def officer() -> User:
    person = make_staff(Role.PLANNER)
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(person: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": person.username, "password": PASSWORD})
    return client


def test_staff_without_a_second_factor_reach_only_the_set_up_page() -> None:
    client = sign_in(officer())
    for address in ("/office/organisations/", "/my/profile/", "/", "/orgs/search/?q=大连"):
        assert client.get(address)["Location"] == "/account/2fa/"
    assert "须先设置第二重验证" in words_of(client.get("/account/2fa/"))
    assert client.get("/orgs/search/?q=大连", **JSON).json() == {"signin_url": "/account/2fa/"}


def test_setting_it_up_opens_the_desk_and_leaves_recovery_codes() -> None:
    person = officer()
    client = sign_in(person)
    asked = client.get("/account/2fa/totp/activate/")
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    wrong = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert "验证码不对" in words_of(wrong)
    done = client.post("/account/2fa/totp/activate/", {"code": code_now(secret)})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    assert "还可以用 10 个" in words_of(client.get(done["Location"]))
    assert client.get("/office/organisations/").status_code == 200
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_password_alone_no_longer_signs_in() -> None:
    person = officer()
    TOTP.activate(person, SECRET)
    client = Client()
    first = client.post("/account/login/", {"login": person.username, "password": PASSWORD})
    assert first["Location"] == "/account/2fa/authenticate/"
    assert client.get("/office/organisations/").status_code == 302
    wrong = client.post("/account/2fa/authenticate/", {"code": "123"})
    assert "验证码不对" in words_of(wrong)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert client.get("/office/organisations/").status_code == 200


def test_a_session_that_began_without_it_is_asked_for_the_code() -> None:
    person = officer()
    TOTP.activate(person, SECRET)
    client = client_of(person)
    asked = client.get("/office/organisations/?state=any")
    assert asked["Location"].startswith("/account/2fa/reauthenticate/?next=%2Foffice")
    answer = client.post(asked["Location"], {"code": code_now()})
    assert answer["Location"] == "/office/organisations/?state=any"
    assert client.get(answer["Location"]).status_code == 200


def test_an_applicant_needs_none_and_costs_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(make_user())
    with django_assert_num_queries(1):  # the session and the person together
        assert client.get("/orgs/search/?q=x").status_code == 200


def test_where_the_setting_is_off_staff_may_work_without(settings: Settings) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = False
    assert sign_in(officer()).get("/office/organisations/").status_code == 200
