"""An officer empties the inbox with the keyboard alone; the same desk on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import faults_of
from tests.browser.people import enter_as
from tests.factories import load_notice, make_staff
from tests.suggestions.factories import again, in_the_window, make_submitted
from tests.suggestions.scenes import make_bureau
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.casework.services import colleagues, saved_views
from xinghai.kernel.clock import database_now
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

TITLES = [
    "第一条建议：先受理再采纳",
    "第二条建议：退回去修改",
    "第三条建议：说明不采纳",
    "第四条建议：并入第一条",
]


@pytest.fixture
def head(transactional_db: None) -> User:
    """A head with four suggestions in the inbox, the first waiting longest."""
    call = load_notice("2024")
    bureau = make_bureau()
    with in_the_window():
        for title in TITLES:
            make_submitted(call, domain="ai", title=title)
    now = database_now()
    for days, suggestion in enumerate(Suggestion.objects.order_by("-pk"), 1):
        Suggestion.objects.filter(pk=suggestion.pk).update(
            state_since=now - timedelta(days=5 * days)
        )
    return make_staff(Role.OFFICE_HEAD, office=bureau.officer.office)


def state_of(title: str) -> str:
    return str(Suggestion.objects.get(title=title).state)


def reads(page: Page, title: str) -> None:
    expect(page.locator("#pane :is(h1, .h1)")).to_have_text(title)
    expect(page.locator("#pane")).not_to_have_attribute("aria-busy", "true")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_inbox_is_emptied_by_keys(
    browser_page: Page, browser_context: BrowserContext, live_site: str, head: User
) -> None:
    enter_as(browser_context, head, live_site)
    page = browser_page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/office/suggestions/")
    reads(page, TITLES[0])
    press(page, "j")
    reads(page, TITLES[1])
    press(page, "k")
    reads(page, TITLES[0])
    keep_with_a_note(page, head)
    take_up_and_accept(page)
    return_with_a_reason(page)
    decline(page)
    merge_into_the_first(page)
    expect(page.get_by_role("heading", name="已清空")).to_be_visible()
    assert [state_of(title) for title in TITLES] == [
        "pooled",
        "returned_by_office",
        "declined",
        "merged",
    ]


def keep_with_a_note(page: Page, head: User) -> None:
    """Keys that are typed into the note decide nothing."""
    press(page, "i")
    expect(page.locator("#pane .meta")).to_contain_text(f"经办人 {head.name}")
    press(page, "n")
    page.keyboard.type("jkrd 先看预算")
    press(page, "Tab", "Enter")
    expect(page.locator(".desk-notes")).to_contain_text("jkrd 先看预算")
    expect(page.locator(".mail-row").first).to_contain_text("1 条备注")


def take_up_and_accept(page: Page) -> None:
    press(page, "t")
    expect(page.locator("#pane .chip").first).to_have_text("已受理")
    reads(page, TITLES[0])
    press(page, "a")
    expect(page.get_by_role("button", name="采纳入库")).to_be_focused()
    press(page, "Enter")
    reads(page, TITLES[1])


def return_with_a_reason(page: Page) -> None:
    press(page, "r")
    expect(page.get_by_label("理由（填报人会看到）")).to_be_focused()
    page.keyboard.type("请补充考核方式")
    due = (database_now() + timedelta(days=10)).date()
    press(page, "Tab")
    page.get_by_label("请在这一天前改好").fill(due.isoformat())
    press(page, "Enter")
    reads(page, TITLES[2])


def decline(page: Page) -> None:
    press(page, "d")
    expect(page.get_by_label("理由（填报人会看到）")).to_be_focused()
    page.keyboard.type("已有在研项目覆盖")
    press(page, "Tab", "Enter")
    reads(page, TITLES[3])


def merge_into_the_first(page: Page) -> None:
    """One is picked; only the marked button merges."""
    press(page, "m")
    offered = page.get_by_role("radio", name=TITLES[0])
    expect(offered).to_be_focused()
    press(page, "Space")
    expect(offered).to_be_checked()
    press(page, "Tab", "Tab")
    page.keyboard.type("内容相近")
    press(page, "Tab", "Enter")


def test_a_refused_decision_stays_in_the_pane_and_says_why(
    browser_page: Page,
    browser_context: BrowserContext,
    browser_complaints: list[str],
    live_site: str,
    head: User,
) -> None:
    enter_as(browser_context, head, live_site)
    page = browser_page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/office/suggestions/")
    reads(page, TITLES[0])
    press(page, "d")
    expect(page.get_by_label("理由（填报人会看到）")).to_be_focused()
    press(page, "Tab", "Enter")
    expect(page.locator("#pane .error-summary")).to_be_visible()
    assert state_of(TITLES[0]) == "submitted"

    press(page, "Escape", "j")
    reads(page, TITLES[1])
    suggestion = again(Suggestion.objects.get(title=TITLES[1]))
    deciding.decline(suggestion, by=head, reason="已有在研项目覆盖")
    press(page, "t")
    expect(page.locator("#pane .notice-problem")).to_contain_text("现在是“未采纳”")
    browser_complaints[:] = [one for one in browser_complaints if "422" not in one]


def test_rows_are_chosen_by_x_and_decided_after_one_question(
    browser_page: Page, browser_context: BrowserContext, live_site: str, head: User
) -> None:
    enter_as(browser_context, head, live_site)
    page = browser_page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/office/suggestions/")
    reads(page, TITLES[0])
    press(page, "x", "j", "x")
    expect(page.locator(".bulk-count")).to_have_text("已选 2 条")
    page.get_by_role("button", name="办理选中的").press("Enter")
    expect(page.get_by_role("heading", name="受理：2 条")).to_be_visible()
    page.get_by_role("button", name="受理这条建议（2 条）").press("Enter")
    expect(page.get_by_text("受理：已办理 2 条。")).to_be_visible()
    assert [state_of(title) for title in TITLES[:2]] == ["with_office"] * 2


def test_on_a_phone_a_row_opens_its_page_and_the_list_keeps_its_place(
    browser_page: Page, browser_context: BrowserContext, live_site: str, head: User
) -> None:
    enter_as(browser_context, head, live_site)
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto("/office/suggestions/")
    page.get_by_role("link", name=TITLES[3]).click()
    expect(page.get_by_role("heading", name=TITLES[3], level=1)).to_be_visible()
    page.get_by_role("button", name="受理").click()
    expect(page.get_by_text("已办理：受理")).to_be_visible()
    assert page.evaluate("window.scrollY") > 100
    assert state_of(TITLES[3]) == "with_office"


@pytest.mark.parametrize("look", ["light.normal.normal", "dark.more.large"])
def test_the_desk_fits_every_width_and_shuts_nobody_out(
    browser_page: Page, browser_context: BrowserContext, live_site: str, head: User, look: str
) -> None:
    enter_as(browser_context, head, live_site)
    browser_context.add_cookies([{"name": "look", "value": look, "url": live_site}])
    suggestion = again(Suggestion.objects.get(title=TITLES[0]))
    colleagues.write_note(suggestion, "先看预算", by=head)
    colleagues.give_to(suggestion, head, by=head)
    saved_views.save_view(
        "等久了的", process=SUGGESTIONS, words="tab=todo&age=7", place="inbox", by=head
    )
    found = []
    for address in (
        "/office/",
        "/office/suggestions/?tab=todo&age=7&district=high_tech",
        "/office/suggestions/?tab=pooled&age=14",
        f"/office/suggestions/{suggestion.pk}/",
        f"/office/suggestions/{suggestion.pk}/return/",
        f"/office/suggestions/{suggestion.pk}/merge/",
        "/office/suggestions/views/",
        "/office/suggestions/load/",
    ):
        found += faults_of(browser_page, address)
    assert found == []
