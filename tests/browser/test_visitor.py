"""A visitor without an account, on a phone, by keyboard alone: from the front page to sign-in."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import load_notice


@pytest.fixture(autouse=True)
def open_call(transactional_db: None) -> None:
    load_notice("2024")


def tab_to(page: Page, name: str, *, at_most: int = 60) -> None:
    """Press Tab until the focus is on the control or link with this name."""
    target = (
        page.get_by_label(name)
        .or_(page.get_by_role("link", name=name))
        .or_(page.get_by_role("button", name=name))
    )
    wanted = target.first.element_handle()
    for _press in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("one => one === document.activeElement", wanted):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_three_answers_by_keyboard_lead_to_the_type_and_to_sign_in(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 390, "height": 844})
    browser_page.goto("/")
    tab_to(browser_page, "您的单位是")
    browser_page.keyboard.press("ArrowDown")  # 企业 stands first
    tab_to(browser_page, "看我能报什么")
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("heading", name="您想做什么")).to_be_visible()
    tab_to(browser_page, "研发关键技术")
    browser_page.keyboard.press("Enter")
    tab_to(browser_page, "能源")
    browser_page.keyboard.press("Enter")
    fit = browser_page.get_by_role("article").filter(has_text="重点科技研发计划")
    expect(fit).to_contain_text("成果处")
    expect(fit.get_by_role("link", name="0411-39989850")).to_be_visible()
    tab_to(browser_page, "登录后填报 重点科技研发计划")
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("[name=login]")).to_be_visible()
    assert "next=/my/suggestions/start/2024/%3Fcategory%3DZDYF" in browser_page.url


def test_the_start_stays_at_hand_while_a_phone_reads_the_notice(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 390, "height": 844})
    browser_page.goto("/calls/2024/")
    start = browser_page.locator(".start-bar").get_by_role("link", name="登录后填报")
    for part in ("types", "offices"):
        browser_page.goto(f"/calls/2024/#{part}")
        expect(start).to_be_in_viewport()
    browser_page.get_by_role("link", name="问谁").click()
    expect(browser_page.get_by_role("heading", name="问谁")).to_be_in_viewport()
