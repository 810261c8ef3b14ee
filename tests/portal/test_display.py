"""Language, theme, contrast and size of text: one click, kept, and never a way out of the site."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client()


def choose(client: Client, choice: str, back: str = "/design/") -> str:
    answer = client.post(reverse("display"), {"choice": choice, "next": back})
    assert answer.status_code == 302
    return str(answer["Location"])


def page(client: Client) -> str:
    return client.get("/design/").content.decode()


def test_english_is_one_click_away_and_stays(client: Client) -> None:
    assert '<html lang="zh-hans"' in page(client)
    assert choose(client, "language:en") == "/design/"
    assert '<html lang="en"' in page(client)
    assert "How the interface works" in page(client)


def test_choices_are_kept_together(client: Client) -> None:
    choose(client, "theme:dark")
    choose(client, "text:large")
    choose(client, "contrast:more")
    assert 'data-bs-theme="dark" data-contrast="more" data-text="large"' in page(client)
    choose(client, "theme:light")
    assert 'data-bs-theme="light" data-contrast="more" data-text="large"' in page(client)


@pytest.mark.parametrize("choice", ["theme:pink", "language:xx", "nonsense", ""])
def test_an_unknown_choice_changes_nothing(client: Client, choice: str) -> None:
    choose(client, choice)
    shown = page(client)
    assert '<html lang="zh-hans" data-bs-theme="light" data-contrast="normal"' in shown


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client: Client, back: str) -> None:
    assert choose(client, "theme:dark", back) == "/"


def test_a_tampered_cookie_is_harmless(client: Client) -> None:
    client.cookies["look"] = 'dark"><script>.more.large.x'
    assert 'data-bs-theme="light" data-contrast="more" data-text="large"' in page(client)


def test_a_page_may_run_nothing_but_our_own_files(client: Client) -> None:
    answer = client.get("/design/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "<style" not in answer.content.decode()
    assert " style=" not in answer.content.decode()


@pytest.mark.parametrize(
    ("headers", "is_kept"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": "http://testserver"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "https://example.org"}, False),
        ({"origin": "https://testserver"}, False),
        ({"origin": "null"}, False),
    ],
)
def test_another_sites_page_cannot_choose_for_a_visitor(
    headers: dict[str, str], is_kept: bool
) -> None:
    """The forms of the look hold no token: they stand on pages that are kept for everybody."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("display"), {"choice": "theme:dark"}, headers=headers)
    assert answer.status_code == (302 if is_kept else 403)
    assert ("look" in client.cookies) == is_kept
