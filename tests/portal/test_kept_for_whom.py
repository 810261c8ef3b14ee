"""Who is shown a page from memory, and what of a visitor reaches one: nothing but its key."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.factories import load_notice, make_staff, make_user
from tests.pages import client_of, words_of
from tests.portal.reading import ADDRESSES, fresh, statements_of
from tests.suggestions.scenes import Bureau
from xinghai.accounts.kinds import Role
from xinghai.calls.models import Call
from xinghai.kernel.kept_pages import KeptPages, Key, memory


def test_who_is_signed_in_is_answered_for_themselves(call: Call) -> None:
    client_of(None).get("/")
    person = make_user(name="演示访客甲")
    assert "演示访客甲" in words_of(client_of(person).get("/"))
    assert "演示访客甲" not in words_of(client_of(None).get("/"))
    assert len(memory) == 1


def test_what_staff_preview_is_kept_for_nobody(db: None) -> None:
    load_notice("2024", publish=False)
    planner = client_of(make_staff(Role.PLANNER))
    assert planner.get("/calls/2024/").status_code == 200
    assert client_of(None).get("/calls/2024/").status_code == 404
    assert planner.get("/calls/2024/").status_code == 200
    assert len(memory) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "sessionid=nobodys"},
        {"cookie": "messages=something"},
        {"authorization": "Basic eDp5"},
        {"hx-request": "true"},
        {"range": "bytes=0-10"},
    ],
)
def test_a_request_that_tells_of_a_person_or_a_part_passes_the_memory_by(
    call: Call, headers: dict[str, str]
) -> None:
    assert Client(headers=headers).get("/").status_code == 200
    assert len(memory) == 0
    client_of(None).get("/")
    assert len(statements_of(Client(headers=headers), "/")[1]) > 1


def test_nothing_of_a_visitor_reaches_a_page_that_is_kept(call: Call) -> None:
    """Every header and cookie of the one who happens to be first, and the next one's page."""
    asked: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        return HttpResponse("page")

    request = RequestFactory().get(
        "/calls/",
        {"state": "open"},
        REMOTE_ADDR="203.0.113.7",
        headers={
            "user-agent": "演示浏览器",
            "referer": "https://example.org/私",
            "x-forwarded-for": "203.0.113.8",
            "accept-language": "fr, en-GB;q=0.8",
            "accept-encoding": "br, gzip;q=0.5",
            "cookie": "look=dark.more.large; csrftoken=abc; tracker=7; nonsense",
            "if-none-match": "x",
        },
    )
    KeptPages(answer)(request)
    (bare,) = asked
    assert bare.COOKIES == {"look": "dark.more.large"}
    assert {name: value for name, value in bare.META.items() if name.startswith("HTTP_")} == {
        "HTTP_ACCEPT_LANGUAGE": "en",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_COOKIE": "look=dark.more.large",
    }
    assert "REMOTE_ADDR" not in bare.META
    assert bare.get_full_path() == "/calls/?state=open"


@pytest.mark.parametrize("first", ["zh-CN,zh;q=0.9", "en-GB,en;q=0.7"])
def test_each_language_and_look_has_a_page_of_its_own(call: Call, first: str) -> None:
    asked = [first, "en", "fr", "zh-TW", "", "en;q=0.1, zh;q=0.9", "xx-" + "y" * 400]
    for language in asked:
        page = Client(headers={"accept-language": language}).get("/calls/2024/")
        assert page.content == fresh("/calls/2024/", **{"accept-language": language})
        assert {"Cookie", "Accept-Language"} <= set(page.headers["Vary"].split(", "))
    for cookie in ("django_language=en", "look=dark.normal.normal", 'look="><script>'):
        page = Client(headers={"cookie": cookie}).get("/calls/2024/")
        assert page.content == fresh("/calls/2024/", cookie=cookie)
    assert len(memory) == 3  # Chinese, English, dark


def test_packed_and_plain_pages_are_kept_apart(call: Call) -> None:
    packed = Client(headers={"accept-encoding": "gzip"})
    for client, encoding in ((packed, "gzip"), (client_of(None), None)) * 2:
        assert client.get("/").headers.get("Content-Encoding") == encoding
    assert len(memory) == 2


def test_a_head_is_answered_from_memory_and_never_kept(visitor: Client, call: Call) -> None:
    visitor.head("/")
    assert len(memory) == 0
    page = visitor.get("/")
    head = visitor.head("/")
    assert (head.headers["Content-Length"], head.content) == (page.headers["Content-Length"], b"")


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "测试", "a b"])
def test_a_wrong_host_is_refused_also_where_a_page_is_kept(call: Call, host: str) -> None:
    client_of(None).get("/")
    assert Client(headers={"host": host}).get("/").status_code == 400
    assert len(memory) == 1


def test_hosts_and_schemes_have_pages_of_their_own(call: Call) -> None:
    for host in ("127.0.0.1", "localhost"):
        Client(headers={"host": host}).get("/")
    client_of(None).get("/", secure=True)
    assert {(key.host, key.scheme) for key in memory._pages} == {
        ("127.0.0.1", "http"),
        ("localhost", "http"),
        ("testserver", "https"),
    }


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=x",
        "state=open&state=closed",
        "state=open&other=1",
        "state=%6Fpen",
        "state=open&",
        "year=2024;state=open",
        "state=" + "x" * 41,
        "state=%E5%BC%80",
        "page=1&page",
    ],
)
def test_an_address_with_words_nobody_named_is_not_kept(
    visitor: Client, call: Call, query: str
) -> None:
    assert visitor.get(f"/calls/?{query}").status_code == 200
    assert len(memory) == 0


def test_what_was_not_found_or_leads_elsewhere_is_not_kept(visitor: Client, call: Call) -> None:
    assert visitor.get("/calls/none/").status_code == 404
    assert visitor.get("/calls/2024").status_code == 301
    assert visitor.get("/nowhere/").status_code == 404
    assert visitor.get("/my/").status_code == 302
    assert visitor.get("/account/login/").status_code == 200
    assert len(memory) == 0


def test_no_kept_page_holds_a_token_or_sets_a_cookie(bureau: Bureau) -> None:
    for address in ADDRESSES:
        visitor = Client(headers={"cookie": "csrftoken=" + "a" * 32})
        for _time in range(2):
            page = visitor.get(address)
            assert not page.cookies
            text = page.content.decode()
            assert "csrfmiddlewaretoken" not in text
            assert text.count('method="post"') == text.count('method="post" action="/display/"')
    assert len(memory) == len(ADDRESSES)


def test_a_page_that_would_set_a_cookie_is_made_again_for_its_visitor(call: Call) -> None:
    asked: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        page = HttpResponse("page")
        page.set_cookie("csrftoken", "x")
        return page

    request = RequestFactory().get("/")
    KeptPages(answer)(request)
    assert asked[-1] is request
    assert len(memory) == 0


def test_behind_a_proxy_the_kept_page_is_made_with_the_scheme_the_visitor_came_by(
    settings: Any,
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for said, scheme in (("https", "https"), ("http", "http")):
        asked = RequestFactory().get("/", headers={"X-Forwarded-Proto": said})
        bare = Key.of(asked).as_request(asked)
        assert (asked.scheme, bare.scheme) == (scheme, scheme)
        assert bare.is_secure() == (scheme == "https")
