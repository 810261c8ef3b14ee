"""Text is never lost: the form in a real browser against a draft that is kept on a real server."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.draft_site import SAVED, begin, draft, state, title


@pytest.fixture(autouse=True)
def drafting(settings: Any) -> None:
    begin(settings)


def test_what_is_typed_is_saved_within_five_seconds_of_the_first_change(
    browser_page: Page,
) -> None:
    browser_page.goto("/draft/")
    begun = timezone.now().timestamp()
    title(browser_page).press_sequentially("低温阀门密封关键技术研究与示范", delay=450)
    expect(state(browser_page)).to_contain_text(SAVED)
    assert draft.saves[0] - begun < 5.6
    browser_page.wait_for_timeout(2500)
    assert draft.answers["title"] == "低温阀门密封关键技术研究与示范"


def test_the_servers_examination_speaks_while_typing(browser_page: Page) -> None:
    browser_page.goto("/draft/")
    title(browser_page).fill("阀门")
    problem = browser_page.locator("#f-title-problems")
    expect(problem).to_contain_text("现有 2 字，请写到 6 字以上。")
    rail = browser_page.locator('[data-section="topic"]')
    expect(rail).to_have_attribute("data-state", "problem")
    expect(rail.locator("[data-progress]")).to_have_text("1/7")
    title(browser_page).fill("低温阀门密封技术")
    expect(problem).to_be_empty()
    expect(browser_page.locator("[data-precheck-list]")).not_to_contain_text("指南建议名称")
    expect(browser_page.locator("[data-precheck-list]")).to_contain_text("选题背景")


def test_a_dropped_network_keeps_the_text_and_resumes(
    browser_page: Page, browser_context: BrowserContext, browser_complaints: list[str]
) -> None:
    browser_page.goto("/draft/")
    browser_context.set_offline(True)
    title(browser_page).fill("断网时写下的题目")
    expect(state(browser_page)).to_contain_text("已保存在本机，恢复网络后自动续传")
    browser_context.set_offline(False)
    expect(state(browser_page)).to_contain_text(SAVED)
    assert draft.answers["title"] == "断网时写下的题目"
    browser_complaints.clear()


def test_a_server_in_trouble_is_asked_again(
    browser_page: Page, browser_complaints: list[str]
) -> None:
    browser_page.goto("/draft/")
    draft.is_broken = True
    title(browser_page).fill("服务器重启时写下的题目")
    expect(state(browser_page)).to_contain_text("稍后自动重试")
    draft.is_broken = False
    expect(state(browser_page)).to_contain_text(SAVED)
    assert draft.answers["title"] == "服务器重启时写下的题目"
    browser_complaints.clear()


def test_a_second_device_is_never_overwritten(
    browser_page: Page, browser_complaints: list[str]
) -> None:
    browser_page.goto("/draft/")
    draft.answers, draft.version = {"title": "另一台设备写下的题目"}, 7
    title(browser_page).fill("这台设备写下的题目")
    link = browser_page.get_by_role("link", name="去合并")
    expect(link).to_have_attribute("href", "/draft/merge/")
    title(browser_page).press_sequentially("，还在写")
    browser_page.wait_for_timeout(3000)
    assert draft.answers == {"title": "另一台设备写下的题目"}
    browser_complaints.clear()


def test_an_expired_session_keeps_the_text_for_after_sign_in(
    browser_page: Page, browser_complaints: list[str]
) -> None:
    browser_page.goto("/draft/")
    draft.is_signed_out = True
    title(browser_page).fill("登录过期时写下的题目")
    link = browser_page.get_by_role("link", name="去登录")
    expect(link).to_have_attribute("href", "/account/login/?next=%2Fdraft%2F")
    draft.is_signed_out = False
    browser_page.on("dialog", lambda dialog: dialog.accept())
    browser_page.goto("/draft/")
    expect(title(browser_page)).to_have_value("")
    browser_page.get_by_role("button", name="用本机的内容").click()
    expect(title(browser_page)).to_have_value("登录过期时写下的题目")
    expect(state(browser_page)).to_contain_text(SAVED)
    assert draft.answers["title"] == "登录过期时写下的题目"
    browser_complaints.clear()


def test_a_submission_after_the_session_expired_is_not_lost(browser_page: Page) -> None:
    browser_page.goto("/draft/")
    draft.is_signed_out = True
    title(browser_page).fill("提交时登录已过期的题目")
    browser_page.get_by_role("button", name="Submit").click()
    expect(browser_page.get_by_role("heading", name="登录")).to_be_visible()
    assert draft.answers == {}
    draft.is_signed_out = False
    browser_page.goto("/draft/")
    browser_page.get_by_role("button", name="用本机的内容").click()
    expect(title(browser_page)).to_have_value("提交时登录已过期的题目")
    expect(state(browser_page)).to_contain_text(SAVED)
    assert draft.answers["title"] == "提交时登录已过期的题目"


def test_what_was_submitted_is_not_offered_again(browser_page: Page) -> None:
    browser_page.goto("/draft/")
    title(browser_page).fill("交上去的题目")
    browser_page.get_by_role("button", name="Submit").click()
    browser_page.wait_for_url("**/draft/")
    expect(title(browser_page)).to_have_value("交上去的题目")
    draft.answers["title"] = "受理后改过的题目"
    browser_page.reload()
    expect(title(browser_page)).to_have_value("受理后改过的题目")
    expect(browser_page.get_by_role("button", name="用本机的内容")).to_have_count(0)


def test_a_double_click_sends_once(browser_page: Page) -> None:
    browser_page.goto("/draft/")
    title(browser_page).fill("双击提交的题目")
    browser_page.get_by_role("button", name="保存草稿").dblclick()
    expect(title(browser_page)).to_have_value("双击提交的题目")
    browser_page.wait_for_timeout(500)
    assert draft.posts == 1


def test_an_older_copy_on_the_device_is_offered_and_can_be_left(
    browser_page: Page, browser_complaints: list[str]
) -> None:
    browser_page.goto("/draft/")
    draft.is_broken = True
    title(browser_page).fill("本机的题目")
    expect(state(browser_page)).to_contain_text("稍后自动重试")
    browser_page.on("dialog", lambda dialog: dialog.accept())
    browser_page.goto("/draft/")
    browser_page.get_by_role("button", name="不用").click()
    browser_page.reload()
    expect(browser_page.get_by_role("button", name="不用")).to_have_count(0)
    expect(title(browser_page)).to_have_value("")
    browser_complaints.clear()


def test_leaving_warns_only_while_something_is_unsaved(browser_page: Page) -> None:
    asked: list[str] = []
    browser_page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    browser_page.goto("/draft/")
    title(browser_page).press_sequentially("未保存")
    browser_page.goto("/design/")
    assert asked == ["beforeunload"]
    browser_page.goto("/draft/")
    title(browser_page).press_sequentially("保存了")
    expect(state(browser_page)).to_contain_text(SAVED)
    browser_page.goto("/design/")
    assert asked == ["beforeunload"]


def test_rows_tags_conditions_and_counters_work_together(browser_page: Page) -> None:
    browser_page.goto("/draft/")
    tags = browser_page.get_by_label("关键词")
    for word in ("阀门", "密封", "低温"):
        tags.fill(word)
        tags.press("Enter")
    browser_page.get_by_role("button", name="移除 密封").click()
    table = browser_page.locator('[data-table="indicators"]')
    table.get_by_label("指标名").nth(0).fill("删去的指标")
    table.get_by_label("指标名").nth(1).fill("泄漏率")
    table.get_by_role("button", name="加一行").click()
    table.get_by_label("指标名").nth(2).fill("寿命")
    table.get_by_role("button", name="删除此行").first.click()
    share = browser_page.get_by_label("合作企业承担的部分")
    expect(share).to_be_hidden()
    browser_page.get_by_label("是", exact=True).check()
    share.fill("试验")
    browser_page.get_by_label("选题背景").fill("字" * 801)
    counter = browser_page.locator('[data-counter="f-background"]')
    expect(counter).to_have_text("801 / 800 · 超出 1 字")
    expect(state(browser_page)).to_contain_text(SAVED)
    assert draft.answers["keywords"] == ["阀门", "低温"]
    assert draft.answers["indicators"] == [{"name": "泄漏率"}, {"name": "寿命"}]
    assert (draft.answers["has_partner"], draft.answers["partner_share"]) == (True, "试验")


def test_every_kind_survives_a_copy_on_this_device(
    browser_page: Page, browser_complaints: list[str]
) -> None:
    written = {
        "title": "各种字段都写一遍",
        "category": "ZDYF",
        "bottleneck": "key",
        "tags": ["high", "gazelle"],
        "keywords": ["甲", "乙"],
        "discipline": ["110", "120"],
        "user_unit": {"name": "演示大学", "id": "", "uscc": "", "kind": ""},
        "has_partner": False,
        "readiness": {"start": 4, "target": 8},
        "indicators": [{"group": "tech", "name": "泄漏率"}, {"group": "economy", "name": "产值"}],
        "stage": {"start": "2026-01-01", "end": "2026-06-30"},
        "total": "1200.5",
        "not_secret": True,
    }
    draft.answers = dict(written)
    browser_page.goto("/draft/")
    draft.is_broken = True
    browser_page.get_by_label("建议实施期限").fill("24")
    expect(state(browser_page)).to_contain_text("稍后自动重试")
    draft.is_broken, draft.answers = False, {}
    browser_page.on("dialog", lambda dialog: dialog.accept())
    browser_page.goto("/draft/")
    browser_page.get_by_role("button", name="用本机的内容").click()
    expect(state(browser_page)).to_contain_text(SAVED)
    restored = {name: draft.answers[name] for name in written}
    assert restored == written
    assert draft.answers["months"] == 24
    browser_complaints.clear()


def test_without_javascript_the_form_is_an_ordinary_form(browser: Browser, live_site: str) -> None:
    context = browser.new_context(base_url=live_site, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/draft/")
    title(page).fill("没有脚本也能写")
    page.get_by_label("关键词").fill("甲、乙")
    page.locator('[name="indicators[0][name]"]').fill("泄漏率")
    page.get_by_role("button", name="保存草稿").click()
    expect(title(page)).to_have_value("没有脚本也能写")
    expect(page.locator('[name="indicators[0][name]"]')).to_have_value("泄漏率")
    assert draft.answers["keywords"] == ["甲", "乙"]
    context.close()
