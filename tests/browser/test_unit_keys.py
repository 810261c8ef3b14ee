"""A research office works its list with the keyboard alone; the same pages on a phone."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import faults_of
from tests.browser.people import enter_as
from tests.factories import join, load_notice, make_organisation, make_user
from tests.suggestions.factories import again, make_draft, make_submitted
from xinghai.accounts.models import User
from xinghai.submissions.models import Batch
from xinghai.submissions.services import submitting as handing_in
from xinghai.submissions.services.reminding import remind_authors
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

TITLES = ["第一条演示建议：写完了", "第二条演示建议：缺内容", "第三条演示建议：也写完了"]


@pytest.fixture
def science(transactional_db: None) -> User:
    """A research office with three suggestions waiting, the second not ready, a draft unseen."""
    call = load_notice("2024")
    science = make_user(name="演示科研处")
    university = make_organisation("university", administrator=science)
    author = make_user(name="演示陈教授")
    join(author, university)
    for title in TITLES:
        make_submitted(call, "CXJJ-HM", author=author, organisation=university, title=title)
    Suggestion.objects.filter(title=TITLES[1]).update(answers={"title": TITLES[1]})
    make_draft(call, "CXJJ-HM", author=author, organisation=university)
    return science


def state_of(title: str) -> str:
    return str(Suggestion.objects.get(title=title).state)


def reads(page: Page, title: str) -> None:
    expect(page.locator("#pane :is(h1, .h1)")).to_contain_text(title)
    expect(page.locator("#pane")).not_to_have_attribute("aria-busy", "true")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_list_is_worked_off_by_keys(
    browser_page: Page, browser_context: BrowserContext, live_site: str, science: User
) -> None:
    enter_as(browser_context, science, live_site)
    page = browser_page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/unit/suggestions/")
    reads(page, TITLES[0])
    press(page, "?")
    expect(page.get_by_role("dialog")).to_contain_text("统一提交选中的")
    press(page, "Escape", "j")
    reads(page, TITLES[1])

    press(page, "r")
    expect(page.get_by_label("理由（填报人会看到）")).to_be_focused()
    page.keyboard.type("jxe 请补全内容")
    press(page, "Tab", "Tab", "Enter")
    reads(page, TITLES[2])
    assert state_of(TITLES[1]) == "returned_by_unit"
    expect(page.locator(".site-nav .chip")).to_have_text("2")

    press(page, "x", "k")
    reads(page, TITLES[0])
    press(page, "x")
    expect(page.locator(".bulk-count")).to_have_text("已选 2 条")
    press(page, "e")
    expect(page.get_by_role("button", name="确认统一提交（2 条）")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".receipt h1")).to_contain_text("2024-P")
    assert Batch.objects.get().count == 2

    page.goto("/unit/suggestions/")
    expect(page.get_by_role("heading", name="都审完了")).to_be_visible()


def test_without_a_choice_e_asks_about_the_suggestion_being_read(
    browser_page: Page, browser_context: BrowserContext, live_site: str, science: User
) -> None:
    enter_as(browser_context, science, live_site)
    page = browser_page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/unit/suggestions/")
    reads(page, TITLES[0])
    press(page, "j")
    reads(page, TITLES[1])
    press(page, "e")
    expect(page.get_by_role("heading", name="选中的都还不能提交")).to_be_visible()
    page.goto("/unit/suggestions/")
    reads(page, TITLES[1])
    page.get_by_label("选中全部可以提交的（2 条）").press("Space")
    expect(page.locator(".bulk-count")).to_have_text("已选 2 条")
    press(page, "e")
    expect(page.get_by_role("heading", name="把 2 条建议提交到市科技局")).to_be_visible()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("look", ["light.normal.normal", "dark.more.large"])
def test_the_pages_fit_every_width_and_shut_nobody_out(
    browser_page: Page, browser_context: BrowserContext, live_site: str, science: User, look: str
) -> None:
    enter_as(browser_context, science, live_site)
    browser_context.add_cookies([{"name": "look", "value": look, "url": live_site}])
    suggestion = again(Suggestion.objects.get(title=TITLES[0]))
    handing_in.return_to_author(suggestion, by=science, reason="请补充")
    suggestion = again(suggestion)
    handing_in.submit(suggestion, by=suggestion.author, key="again", version=suggestion.version)
    remind_authors(SUGGESTIONS, [suggestion.author_id], by=science, key="key")
    found = []
    for address in (
        "/unit/suggestions/",
        "/unit/suggestions/?tab=waiting&ready=no&school=none",
        "/unit/suggestions/?tab=sent",
        f"/unit/suggestions/{suggestion.pk}/",
        f"/unit/suggestions/{suggestion.pk}/return/",
        "/unit/suggestions/schools/",
        "/unit/suggestions/reminders/",
        "/unit/suggestions/batches/",
    ):
        found += faults_of(browser_page, address, axe_at=(390, 1440))
    assert found == []
