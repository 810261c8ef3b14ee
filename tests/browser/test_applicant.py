"""An applicant's journeys in a real browser: alone, with a partner, in two windows."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import enter_as, ready, sign_in, tab_to, write
from tests.factories import PASSWORD, load_notice, make_organisation, make_user
from tests.suggestions.factories import (
    administrator_of,
    again,
    complete_answers,
    make_draft,
    start,
)
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.kernel.clock import database_now
from xinghai.submissions.models import Receipt
from xinghai.suggestions.models import Suggestion

SAVED = re.compile(r"已保存 \d\d:\d\d:\d\d")
DEMAND = {"d_need": "企业经营中的演示技术需求。" * 5, "d_market": "演示市场前景。" * 5}


@pytest.fixture
def call(transactional_db: None) -> Call:
    """The call of 2024: its rolling window is open today."""
    return load_notice("2024")


@pytest.fixture
def joint_call(transactional_db: None) -> Call:
    """The call of 2022 with its window moved to today, because the site keeps the real time."""
    call = load_notice("2022-1")
    now = database_now()
    call.windows.update(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return call


def firm_person() -> tuple[User, Organisation]:
    user = make_user("演示王研发")
    user.set_password(PASSWORD)
    user.save()
    organisation = make_organisation(administrator=user)
    vars(user).pop("confirmed_memberships", None)
    return user, organisation


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text(SAVED, timeout=15_000)


@pytest.mark.parametrize("width", [1440, 390])
def test_an_enterprise_from_the_first_click_to_the_verified_receipt(
    width: int,
    call: Call,
    browser_context: BrowserContext,
    browser_page: Page,
    live_site: str,
    browser_complaints: list[str],
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 844})
    user, organisation = firm_person()
    enter_as(browser_context, user, live_site)
    draft = begin_at_the_desk(browser_page)
    assert draft.organisation == organisation
    be_refused_with_links(browser_page)
    browser_complaints.clear()

    answers = complete_answers(again(draft))
    write(browser_page, {**answers, "nj_domain": answers["domain"]})
    saved(browser_page)
    expect(browser_page.locator("[data-precheck-count]")).to_have_text("预检 0")
    browser_page.get_by_role("button", name="提交到处室").click()
    expect(browser_page).to_have_url(re.compile(r"/receipt/\d+/"))
    see_it_received(browser_page, draft)


def begin_at_the_desk(page: Page) -> Suggestion:
    """From the first page to a draft that saves itself and knows its office."""
    page.goto("/my/")
    page.get_by_role("button", name="重点科技研发计划").click()
    expect(page).to_have_url(re.compile(r"/my/suggestions/\d+/edit/"))
    ready(page)
    to_the_topic(page)
    page.locator("#f-title").fill("演示：深海装备用高强密封件")
    page.locator("#f-domain").select_option(label="能源")
    saved(page)
    expect(page.locator("[data-receiver]")).to_have_text("受理处室：成果处 0411-39989850")
    expect(page.locator("#f-nj_title")).to_have_value("演示：深海装备用高强密封件")
    return Suggestion.objects.get()


def to_the_topic(page: Page) -> None:
    """On a phone the form shows one section at a time."""
    while not page.locator("#f-title").is_visible():
        page.locator("[data-step='1']:visible").click()


def be_refused_with_links(page: Page) -> None:
    page.get_by_role("button", name="提交到处室").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator(".error-summary a[href='#f-background']").click()
    expect(page.locator("#f-background")).to_be_focused()


def see_it_received(page: Page, draft: Suggestion) -> None:
    """The receipt, its verification in public, the tracker, the desk."""
    receipt = Receipt.objects.get()
    expect(page.locator(".receipt .number")).to_have_text(receipt.number)
    page.get_by_role("link", name="核验这张回执").click()
    expect(page.locator(".notice-good")).to_contain_text("编号和校验码都对得上")
    page.goto(f"/my/suggestions/{draft.pk}/")
    expect(page.locator(".tracker-now")).to_contain_text("成果处 0411-39989850")
    page.goto("/my/")
    expect(page.get_by_text("已提交，等处室受理")).to_be_visible()


def test_a_draft_is_finished_and_handed_in_by_keyboard_alone(
    call: Call,
    browser_context: BrowserContext,
    browser_page: Page,
    live_site: str,
    browser_complaints: list[str],
) -> None:
    user, organisation = firm_person()
    draft = make_draft(call, author=user, organisation=organisation)
    unfinished = {**draft.answers, "goals": ""}
    Suggestion.objects.filter(pk=draft.pk).update(answers=unfinished)
    enter_as(browser_context, user, live_site)
    page = browser_page
    page.goto("/my/")
    tab_to(page, "预期目标")
    page.keyboard.press("Enter")
    ready(page)
    expect(page.locator("#f-goals")).to_be_focused()
    page.keyboard.type("研制样机一台，在演示场景连续运行六个月，形成标准草案一项。" * 4)
    page.keyboard.press("Control+s")
    saved(page)
    expect(page.locator("[data-precheck-count]")).to_have_text("预检 0")
    for _section in range(20):
        page.keyboard.press("Control+Enter")
        if page.locator(".precheck h2:focus").count():
            break
    tab_to(page, "提交到处室")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/receipt/\d+/"))
    assert again(draft).state == "submitted"


def test_on_a_phone_one_section_shows_at_a_time_and_a_problem_opens_its_own(
    call: Call, browser_context: BrowserContext, browser_page: Page, live_site: str
) -> None:
    user, organisation = firm_person()
    draft = start(call, "ZDYF", author=user, organisation=organisation)
    enter_as(browser_context, user, live_site)
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/my/suggestions/{draft.pk}/edit/")
    ready(page)
    shown = page.locator(".form-section:visible")
    expect(shown).to_have_count(1)
    expect(page.locator("[data-place]")).to_contain_text("第 1/")
    assert page.evaluate("document.documentElement.scrollHeight") < 4_000
    page.locator("[data-precheck-count]").click()
    page.locator(".precheck a[href='#f-goals']").click()
    expect(page.locator("#f-goals")).to_be_focused()
    expect(shown).to_have_count(1)
    page.locator("[data-rail] summary").click()
    page.locator("[data-rail] a", has_text="联系人").click()
    expect(page.locator("#f-contact_name")).to_be_visible()
    expect(page.locator("#f-goals")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_jumps_while_the_form_loads(
    width: int, call: Call, browser_context: BrowserContext, browser_page: Page, live_site: str
) -> None:
    user, organisation = firm_person()
    draft = start(call, "ZDYF", author=user, organisation=organisation)
    enter_as(browser_context, user, live_site)
    page = browser_page
    page.set_viewport_size({"width": width, "height": 844})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => {"
        " for (const one of list.getEntries()) window.shift += one.value;"
        "}).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(f"/my/suggestions/{draft.pk}/edit/")
    ready(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") < 0.02


def test_two_windows_of_one_draft_meet_in_the_merge_view(
    call: Call,
    browser_context: BrowserContext,
    browser_page: Page,
    live_site: str,
    browser_complaints: list[str],
) -> None:
    user, organisation = firm_person()
    draft = start(call, "ZDYF", author=user, organisation=organisation)
    enter_as(browser_context, user, live_site)
    first, second = browser_page, browser_context.new_page()
    for page in (first, second):
        page.goto(f"/my/suggestions/{draft.pk}/edit/")
        ready(page)
    first.locator("#f-background").fill("第一个窗口写的背景。")
    saved(first)
    second.locator("#f-title").fill("演示：第二个窗口写的名称")
    saved(second)
    expect(second.locator("#f-background")).to_have_value("第一个窗口写的背景。")

    first.locator("#f-title").fill("演示：第一个窗口写的名称")
    first.get_by_role("link", name="去合并").click()
    expect(first.locator("main fieldset")).to_contain_text("演示：第二个窗口写的名称")
    first.get_by_label("用我这边写的").check()
    first.get_by_role("button", name="按选择合并").click()
    expect(first.locator("#f-title")).to_have_value("演示：第一个窗口写的名称")
    assert again(draft).title == "演示：第一个窗口写的名称"
    assert again(draft).answers["background"] == "第一个窗口写的背景。"
    browser_complaints.clear()


def test_text_typed_after_the_session_expired_survives_the_sign_in(
    call: Call,
    browser_context: BrowserContext,
    browser_page: Page,
    live_site: str,
    browser_complaints: list[str],
) -> None:
    user, organisation = firm_person()
    draft = start(call, "ZDYF", author=user, organisation=organisation)
    enter_as(browser_context, user, live_site)
    page = browser_page
    page.goto(f"/my/suggestions/{draft.pk}/edit/")
    ready(page)
    browser_context.clear_cookies(name="sessionid")
    page.locator("#f-title").fill("演示：登录过期以后写的名称")
    page.get_by_role("button", name="提交到处室").click()
    expect(page.locator("[name=login]")).to_be_visible()
    sign_in(page, user)
    expect(page).to_have_url(f"{live_site}/my/suggestions/{draft.pk}/edit/")
    page.get_by_role("button", name="用本机的内容").click()
    expect(page.locator("#f-title")).to_have_value("演示：登录过期以后写的名称")
    saved(page)
    assert again(draft).title == "演示：登录过期以后写的名称"
    browser_complaints.clear()


def test_a_university_and_a_firm_fill_one_suggestion_together(
    joint_call: Call,
    browser: Browser,
    browser_context: BrowserContext,
    browser_page: Page,
    live_site: str,
    browser_complaints: list[str],
) -> None:
    draft = make_draft(joint_call, "CXJJ-SZ", kind="university", title="演示：双向填报的课题")
    firm = make_organisation("enterprise", name="演示合作企业")
    enter_as(browser_context, draft.author, live_site)
    author = browser_page
    author.goto(f"/my/suggestions/{draft.pk}/edit/")
    author.get_by_role("button", name="提交单位审核").click()
    expect(author.locator(".error-summary")).to_be_visible()
    browser_complaints.clear()
    author.get_by_label("邀请谁").fill(firm.uscc)
    author.get_by_role("button", name="发出邀请").click()
    expect(author.locator("#partners")).to_contain_text("演示合作企业")

    theirs = browser.new_context(base_url=live_site, locale="zh-CN")
    enter_as(theirs, administrator_of(firm), live_site)
    partner = theirs.new_page()
    partner.goto("/my/")
    partner.get_by_role("link", name="演示：双向填报的课题").click()
    write(partner, DEMAND)
    saved(partner)
    partner.get_by_role("button", name="确认本方内容").click()
    expect(partner.locator(".notice-good").first).to_contain_text("您已确认本方内容")
    theirs.close()

    author.reload()
    expect(author.locator("#partners")).to_contain_text("已确认")
    author.get_by_role("button", name="提交单位审核").click()
    expect(author.locator(".notice-moving")).to_contain_text("科研部门")
    assert again(draft).state == "unit_review"


def test_whoever_changes_sides_is_shown_the_other_part(
    joint_call: Call, browser_context: BrowserContext, browser_page: Page, live_site: str
) -> None:
    user, organisation = firm_person()
    draft = start(joint_call, "ZDYF", author=user, organisation=organisation)
    enter_as(browser_context, user, live_site)
    browser_page.goto(f"/my/suggestions/{draft.pk}/edit/")
    ready(browser_page)
    expect(browser_page.locator("#section-demander")).to_be_visible()
    side = browser_page.locator('[name="unit_side"][value="provider"]')
    side.check()
    expect(browser_page.locator("#section-provider")).to_be_visible(timeout=15_000)
    expect(browser_page.locator("#section-demander")).to_have_count(0)
