"""A visitor without JavaScript: what a page says, sends and costs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from xinghai.accounts.models import User
from xinghai.accounts.views.entrance import BACKEND


def client_of(user: User | None) -> Client:
    """A client signed in as this person, or a visitor."""
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def html_of(answer: HttpResponse) -> str:
    """The page; a space that keeps two words on one line reads like any other."""
    return answer.content.decode().replace("\u00a0", " ")


def words_of(answer: HttpResponse) -> str:
    """What a person reads: no tags, one space where there were many."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html_of(answer))))


def queries_of(client: Client, address: str) -> int:
    """Count the statements that make a page which has been opened once before."""
    with override_settings(KEEP_PAGES=False):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
    return len(captured)


@contextmanager
def reading_only() -> Iterator[None]:
    """Let the database refuse every write inside; the refused write is the test's error."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        yield
        transaction.set_rollback(True)


class _Reader(HTMLParser):
    """Collects the controls of the form with the given id, as a browser would send them."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.templates = 0
        self.sent: list[tuple[str, str]] = []
        self.area: str | None = None
        self.text = ""
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        if tag == "template":
            self.templates += 1
        if not self.inside or self.templates:
            return
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.area, self.text = given.get("name"), ""
        elif tag == "select":
            self.select, self.options = given.get("name"), []
        elif tag == "option" and self.select is not None:
            self.options.append((given.get("value", ""), "selected" in given))

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        is_off = kind in {"checkbox", "radio"} and "checked" not in given
        if name and kind != "file" and not is_off:
            self.sent.append((name, given.get("value", "on")))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "template":
            self.templates -= 1
        elif tag == "textarea" and self.area is not None:
            self.sent.append((self.area, self.text.removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.select is not None:
            chosen = [value for value, is_chosen in self.options if is_chosen]
            first = [value for value, _chosen in self.options][:1]
            self.sent += [(self.select, value) for value in (chosen or first)]
            self.select = None


def controls(page: HttpResponse, form_id: str = "answers") -> dict[str, list[str]]:
    """Return every control of the form with its values, ready to be posted."""
    reader = _Reader(form_id)
    reader.feed(page.content.decode())
    found: dict[str, list[str]] = {}
    for name, value in reader.sent:
        found.setdefault(name, []).append(value)
    return found


def with_typed(page: HttpResponse, do: str, **typed: str) -> dict[str, Any]:
    """What the page would send after somebody typed into some of its controls."""
    sent: dict[str, Any] = dict(controls(page))
    return {**sent, **typed, "do": do}
