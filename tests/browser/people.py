"""People at a browser: signed in, and typing answers the way a person would."""

from typing import Any

from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.factories import PASSWORD
from xinghai.accounts.models import User

FOCUSED_WORDS = """() => {
  const one = document.activeElement;
  const labels = [...(one.labels ?? [])].map((label) => label.textContent);
  return [one.textContent, one.getAttribute("aria-label"), ...labels].join(" ");
}"""


def enter_as(context: BrowserContext, user: User, address: str) -> None:
    """Give the browser a session of this person, without the sign-in page."""
    client = Client()
    client.force_login(user)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}]
    )


def sign_in(page: Page, user: User) -> None:
    """Type the person's name and password into the page that asks for them."""
    page.locator("[name=login]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def ready(page: Page) -> None:
    """The form's script listens; what is typed before it does waits for the next change."""
    expect(page.locator("[data-rail].is-live")).to_be_visible()


def write(page: Page, answers: dict[str, Any]) -> None:
    """Type every answer the page asks for; where it shows one section at a time, go through all."""
    ready(page)
    written: set[str] = set()
    onwards = page.locator("[data-step='1']:visible")
    back = page.locator("[data-step='-1']:visible")
    while back.count():
        back.click()
    while True:
        for name, value in answers.items():
            place = page.locator(f'[data-field="{name}"]')
            is_asked = name not in written and place.count() and place.is_visible()
            if value not in (None, "", [], {}) and is_asked:
                _write_field(place, name, value)
                written.add(name)
        if not onwards.count():
            return
        onwards.click()


def tab_to(page: Page, words: str, *, within: int = 120) -> None:
    """Press Tab until what has the focus says `words`: as somebody without a mouse looks for it."""
    for _press in range(within):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED_WORDS):
            return
    raise AssertionError(f"Tab does not reach {words!r}")


def _write_field(place: Locator, name: str, value: Any) -> None:
    if place.locator("[data-tags]").count():
        for tag in value:
            typed = place.locator(".tag-box input")
            typed.fill(tag)
            typed.press("Enter")
    elif place.locator("[data-table]").count():
        _write_table(place, name, value)
    elif isinstance(value, list):
        _write_many(place, value)
    elif isinstance(value, dict):
        for part, inner in value.items():
            _write_control(place.locator(f'[name="{name}[{part}]"]'), inner)
    else:
        _write_control(place.locator(f'[name="{name}"]'), value)


def _write_table(place: Locator, name: str, rows: list[dict[str, Any]]) -> None:
    for number, row in enumerate(rows):
        if place.locator("[data-table-row]").count() <= number:
            place.locator("[data-add-row]").click()
        for column, value in row.items():
            cell = f"{name}[{number}][{column}]"
            inner = value if isinstance(value, dict) else {"": value}
            for part, one in inner.items():
                _write_control(place.locator(f'[name="{cell}{f"[{part}]" if part else ""}"]'), one)


def _write_many(place: Locator, values: list[Any]) -> None:
    for number, value in enumerate(values):
        if isinstance(value, dict):
            continue
        box = place.locator(f'input[value="{value}"]')
        if box.count():
            box.check()
        else:
            place.locator("select").nth(number).select_option(str(value))


def _write_control(control: Locator, value: Any) -> None:
    if value in (None, "") or not control.count():
        return
    word = (
        {True: "true", False: "false"}.get(value, str(value))
        if isinstance(value, bool)
        else str(value)
    )
    kind = control.first.get_attribute("type")
    if kind in {"radio", "checkbox"}:
        box = control.and_(control.page.locator(f'[value="{word}"]'))
        if not box.is_checked():
            # By key: a line that appears above it while the mouse is on its way would move it.
            box.press("Space")
        expect(box).to_be_checked()
    elif control.first.evaluate("one => one.tagName") == "SELECT":
        if control.is_enabled():
            control.select_option(word)
    elif kind != "hidden" and control.first.get_attribute("readonly") is None:
        control.fill(word)
