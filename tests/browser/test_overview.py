"""The overview and the statistics in a browser: drawn, within the policy, for everybody's eyes."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import faults_of
from tests.browser.people import enter_as, tab_to
from tests.factories import load_notice
from tests.suggestions.factories import again
from tests.suggestions.scenes import make_bureau, suggestion_in
from xinghai.calls.models import Call

LOOKS = [("light.normal.normal", "zh-hans"), ("dark.more.large", "en")]


@pytest.fixture
def call(transactional_db: None) -> Call:
    load_notice("2022-1")
    return load_notice("2024")


@pytest.fixture
def leader_page(
    call: Call, browser_page: Page, browser_context: BrowserContext, live_site: str
) -> Page:
    """A leader at the browser, with a few suggestions of each kind received."""
    bureau = make_bureau()
    for state in ("submitted", "submitted", "with_office", "pooled", "declined", "triage", "draft"):
        suggestion_in(state, call, bureau)
    enter_as(browser_context, bureau.leader, live_site)
    return browser_page


@pytest.mark.parametrize(("look", "language"), LOOKS)
def test_both_pages_shut_nobody_out_and_fit_a_phone(
    leader_page: Page, browser_context: BrowserContext, live_site: str, look: str, language: str
) -> None:
    chosen = {"look": look, "django_language": language}
    browser_context.add_cookies(
        [{"name": name, "value": value, "url": live_site} for name, value in chosen.items()]
    )
    found = []
    for address in (
        "/office/suggestions/overview/?call=2024",
        "/office/suggestions/overview/unfinished/",
        "/statistics/",
    ):
        found += faults_of(leader_page, address)
    assert found == []


def test_the_charts_are_drawn_and_nothing_breaks_the_policy(leader_page: Page) -> None:
    """`browser_page` fails the test for any complaint, violations of the policy among them."""
    leader_page.goto("/office/suggestions/overview/?call=2024")
    for chart in ("arrivals", "steps", "load"):
        drawing = leader_page.locator(f"[data-chart=chart-{chart}] svg")
        expect(drawing).to_be_visible()
        assert drawing.locator("path").count() > 3
    bars = leader_page.locator("[data-chart=chart-load]")
    bars.hover(position={"x": 200, "y": 30})
    leader_page.emulate_media(media="print")
    leader_page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(leader_page.locator("[data-chart=chart-steps] svg")).to_be_visible()
    leader_page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_a_cell_is_reached_by_keyboard_and_opens_its_rows(leader_page: Page) -> None:
    leader_page.goto("/office/suggestions/overview/?call=2024&rows=office&columns=domain")
    cell = leader_page.locator(".heat-table td a").first
    count = int(cell.inner_text())
    cell.focus()
    leader_page.keyboard.press("Enter")
    leader_page.wait_for_url("**/office/suggestions/all/**")
    expect(leader_page.locator("[data-row]")).to_have_count(count)


def test_planning_gives_what_no_rule_covers_to_an_office_by_keyboard_on_a_phone(
    call: Call, browser_page: Page, browser_context: BrowserContext, live_site: str
) -> None:
    bureau = make_bureau()
    suggestion = suggestion_in("triage", call, bureau)
    enter_as(browser_context, bureau.planner, live_site)
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/office/suggestions/triage/")
    tab_to(page, "分派到处室")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{suggestion.number} 已分派给")).to_be_visible()
    assert again(suggestion).state == "with_office"
