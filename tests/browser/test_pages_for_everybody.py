"""Public pages at every width, theme and language: nothing overflows, nothing shuts anybody out."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import faults_of
from tests.calls.asking import answered
from tests.factories import load_notice

PAGES = [
    "/",
    "/what/",
    "/what/?who=enterprise&want=solve&field=ai",
    "/what/?who=university&want=any&field=energy",
    "/what/?who=government&want=advise&field=any",
    "/search/",
    "/search/?q=高新",
    "/search/?q=nothing-here",
    "/calls/",
    "/calls/2024/",
    "/calls/2024/questions/",
    "/calls/2022-1/",
    "/calls/2024/forms/2024-1/",
    "/design/",
    "/design/form/",
    "/design/staff/",
    "/account/login/",
    "/account/signup/",
    "/nowhere/",
]
LOOKS = ["light.normal.normal", "dark.normal.normal", "light.more.large", "dark.more.large"]


@pytest.fixture
def notices(transactional_db: None) -> None:
    for code in ("2024", "2022-1"):
        answered(load_notice(code), is_pinned=True)


def looking(context: BrowserContext, live_site: str, look: str, language: str) -> None:
    chosen = {"look": look, "django_language": language}
    context.add_cookies([{"name": n, "value": v, "url": live_site} for n, v in chosen.items()])


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious_and_nothing_overflows(
    browser_page: Page,
    browser_context: BrowserContext,
    browser_complaints: list[str],
    live_site: str,
    notices: None,
    look: str,
) -> None:
    language = "en" if look.startswith("dark") else "zh-hans"
    looking(browser_context, live_site, look, language)
    found = []
    for address in PAGES:
        found += faults_of(browser_page, address)
    assert found == []
    browser_complaints[:] = [text for text in browser_complaints if "/nowhere/" not in text]


def test_the_keyboard_reaches_the_content_first(browser_page: Page, notices: None) -> None:
    browser_page.goto("/")
    browser_page.keyboard.press("Tab")
    skip = browser_page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("#content")).to_be_focused()


def test_the_keys_walk_the_list_and_act(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 1440, "height": 900})
    browser_page.goto("/design/staff/")
    number = browser_page.locator("#pane .number")
    expect(number).to_have_text("ZN2024-0042")
    browser_page.keyboard.press("j")
    expect(number).to_have_text("ZN2024-0043")
    browser_page.keyboard.press("k")
    expect(number).to_have_text("ZN2024-0042")
    browser_page.keyboard.press("r")
    reason = browser_page.get_by_label("退回理由")
    expect(reason).to_be_visible()
    reason.fill("jkad")
    expect(reason).to_have_value("jkad")
    browser_page.keyboard.press("Escape")
    expect(reason).to_be_hidden()
    browser_page.keyboard.press("?")
    expect(browser_page.get_by_role("dialog", name="键盘操作")).to_be_visible()


def test_the_folded_navigation_is_remembered(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 1440, "height": 900})
    browser_page.goto("/design/staff/")
    fold = browser_page.get_by_role("button", name="收起导航")
    fold.click()
    browser_page.reload()
    expect(browser_page.locator("#staff-frame")).to_have_attribute("data-folded", "")


def test_a_dialog_takes_the_focus_and_gives_it_back(browser_page: Page) -> None:
    browser_page.goto("/design/")
    opener = browser_page.get_by_role("button", name="退回修改").last
    opener.click()
    dialog = browser_page.get_by_role("dialog", name="退回修改")
    expect(dialog.get_by_label("退回理由")).to_be_visible()
    browser_page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_link_of_the_summary_leads_to_its_field(browser_page: Page) -> None:
    browser_page.goto("/design/form/")
    browser_page.get_by_role("button", name="提交到处室").click()
    summary = browser_page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="手机：").click()
    expect(browser_page.get_by_label("手机")).to_be_focused()
