"""The browser tests themselves: they reach the site, and they notice what goes wrong."""

from playwright.sync_api import Page


def test_the_browser_reaches_the_site_and_its_database(browser_page: Page) -> None:
    answer = browser_page.goto("/healthz/")
    assert answer is not None
    assert answer.json() == {"database": "ok"}
    assert browser_page.evaluate("navigator.language") == "zh-CN"


def test_a_script_error_is_noticed(browser_page: Page, browser_complaints: list[str]) -> None:
    browser_page.goto("/healthz/")
    browser_page.evaluate("console.error('planted')")
    browser_page.evaluate("setTimeout(() => { throw new Error('thrown') })")
    browser_page.wait_for_timeout(200)
    assert [text.split(": ")[-1] for text in browser_complaints] == ["planted", "thrown"]
    browser_complaints.clear()
