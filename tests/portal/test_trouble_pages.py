"""When something goes wrong: what happened, why, and what to do now."""

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.translation import override

from tests.pages import client_of
from xinghai.accounts.models import User
from xinghai.config.urls import urlpatterns as house
from xinghai.kernel.views import requires


@requires("public")
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("演示故障")


@requires("accounts.manage_staff")
def closed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


class Addresses:
    """The house with two doors more: one that breaks, one that is locked."""

    urlpatterns = [path("broken/", broken), path("closed/", closed), *house]


@pytest.fixture(autouse=True)
def doors(settings: object) -> None:
    settings.ROOT_URLCONF = Addresses  # type: ignore[attr-defined]


def test_a_fault_says_what_to_do_and_shows_nothing_of_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.CRITICAL, logger="django.request"):
        answer = Client(raise_request_exception=False).get("/broken/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "平台出错了" in page
    assert "请过几分钟回来查看" in page
    assert "演示故障" not in page
    assert "Traceback" not in page


@pytest.mark.django_db
def test_a_locked_door_says_whom_to_ask() -> None:
    user = User.objects.create(username="someone", name="演示")
    answer = client_of(user).get("/closed/")
    assert answer.status_code == 403
    assert "请本单位管理员、科技局给您开通" in answer.content.decode()


@pytest.mark.django_db
def test_a_page_open_too_long_says_that_nothing_changed() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/signup/", {"name": "演示"})
    assert answer.status_code == 403
    assert "什么也没有改变" in answer.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_a_form_says_so() -> None:
    answer = Client().get("/display/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "这个地址不能直接打开" in answer.content.decode()
    script = Client().get("/display/", headers={"Accept": "application/json"})
    assert (script.status_code, script.content) == (405, b"")


@pytest.mark.parametrize(
    "name", ["403.html", "404.html", "405.html", "500.html", "503.html", "403_csrf.html"]
)
def test_trouble_is_told_in_english_too(name: str) -> None:
    with override("en"):
        page = render_to_string(name, request=RequestFactory().get("/"))
    assert '<html lang="en"' in page
    assert "Back to the front page" in page
