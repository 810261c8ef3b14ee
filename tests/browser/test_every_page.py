"""Each role of the demonstration walks through its own pages; nothing on them is broken.

The addresses come from the pages: the navigation and the person's menu first, then what the
lists of those pages lead to (the first row, the next tab, the way to make a new one).

Bounded, to stay quick: one page of each shape (numbers and query values do not make a new one),
two steps from the first page, at most `MOST` pages per role. Guides, files, the visitor's pages
for the other roles, and the forms behind a decision are left to the tests of their areas.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import enter_as
from tests.factories import load_demonstration
from xinghai.accounts.models import User
from xinghai.config.demonstration.sign_ins import MAIL

MOST = 7
# Who walks, and the page they begin with.
ROLES = {
    "visitor": "/",
    "enterprise": "/my/",
    "science": "/unit/suggestions/",
    "gaoxin": "/office/",
    "gaoxinhead": "/office/suggestions/load/",
    "planner": "/office/suggestions/overview/",
    "leader": "/office/suggestions/overview/",
    "admin": "/office/staff/",
}
NAVIGATION = "nav[aria-label] a[href], a.bell, .menu-sheet > a"
# One link of each list: its first row, its second tab, its button for a new one.
LISTS = (
    "[data-row]",
    "tbody tr",
    ".suggestion-row",
    ".call-list li",
    ".plain-list li",
    ".notices li",
    ".tabs li + li",
    ".queue li",
    ".panel",
    ".btn-row",
)
FOREIGN = re.compile(r"\.csv|^/help/|^/design/|^/account/2fa|/files/")
SERIOUS = {"serious", "critical"}


def shape(address: str) -> str:
    parts = urlsplit(address)
    names = sorted(part.partition("=")[0] for part in parts.query.split("&") if part)
    return re.sub(r"\d+", "N", parts.path) + "?" + "&".join(names)


def links(page: Page, selector: str) -> list[str]:
    found = page.locator(selector).evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    own = [str(one).split("#")[0] for one in found]
    return [one for one in own if one.startswith("/") and not FOREIGN.search(one)]


def of_the_lists(page: Page) -> list[str]:
    firsts = (links(page, f"main {one} a[href^='/']") for one in LISTS)
    return [found[0] for found in firsts if found]


def walk(page: Page, begin: str) -> Iterator[tuple[str, int]]:
    """Open page after page; the caller looks at each before the next is opened."""
    met: set[str] = set()
    coming = [(begin, 0)]
    while coming and len(met) < MOST:
        address, steps = coming.pop(0)
        if shape(address) in met:
            continue
        met.add(shape(address))
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(address)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        yield address, answer.status if answer else 0
        onwards = links(page, NAVIGATION) if not steps else []
        coming += [(one, steps + 1) for one in onwards]
        if steps < 2:
            coming += [(one, steps + 1) for one in of_the_lists(page)]


def wrong(page: Page) -> Iterator[str]:
    """What a person would stumble over, at three widths."""
    if not page.title().split("·")[0].strip():
        yield "no title"
    if (headings := page.locator("h1").count()) != 1:
        yield f"{headings} headings of the first order"
    for width in (1440, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            yield f"{over} px too wide at {width}"
        if width != 768:
            for one in Axe().run(page).response["violations"]:
                if one["impact"] in SERIOUS:
                    yield f"{one['id']} at {width}: {one['nodes'][0]['target']}"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_a_role_is_led_to_is_whole(
    browser_context: BrowserContext, browser_page: Page, live_site: str, role: str
) -> None:
    load_demonstration()
    if role != "visitor":
        user = User.objects.get(username=MAIL.format(name=role))
        enter_as(browser_context, user, live_site)
    found, walked = [], []
    for address, status in walk(browser_page, ROLES[role]):
        walked.append(address)
        if status != 200:
            found.append(f"{address}: {status}")
        found += [f"{address}: {words}" for words in wrong(browser_page)]
    assert found == []
    assert len(walked) == MOST, walked
