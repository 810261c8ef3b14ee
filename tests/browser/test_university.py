"""A university's suggestion, returned by its research office once and by the office once."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import enter_as
from tests.factories import join, load_notice, make_organisation, make_user
from tests.suggestions.factories import administrator_of, again, make_draft
from tests.suggestions.scenes import make_bureau
from xinghai.accounts.models import User
from xinghai.kernel.clock import database_now
from xinghai.suggestions.models import Suggestion

TITLE = "演示：高校提出的应用研究"
Desk = Callable[[User], Page]


@pytest.fixture(params=[1440, 390])
def desk(request: pytest.FixtureRequest, browser: Browser, live_site: str) -> Iterator[Desk]:
    """Open a browser of one's own for each person, wide and on a phone; no script complains."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_for(person: User) -> Page:
        size = {"width": request.param, "height": 844}
        context = browser.new_context(base_url=live_site, locale="zh-CN", viewport=size)
        context.set_default_timeout(15_000)
        contexts.append(context)
        enter_as(context, person, live_site)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_university_suggestion_goes_back_and_forth_and_is_accepted(
    transactional_db: None, desk: Desk
) -> None:
    call = load_notice("2024")
    bureau = make_bureau()
    university, teacher = make_organisation("university"), make_user(name="演示陈教授")
    join(teacher, university)
    suggestion = make_draft(
        call, "CXJJ-HM", author=teacher, organisation=university, title=TITLE, domain="ai"
    )
    author, unit = desk(teacher), desk(administrator_of(university))
    office = desk(bureau.officer)

    send_to_the_unit(author, suggestion)
    return_from_the_unit(unit, suggestion)
    correct(author, suggestion, remark="请写明受益人群", title="演示：写明受益人群的应用研究")
    hand_in_together(unit)
    assert again(suggestion).number == "2024-00001"

    return_from_the_office(office, suggestion)
    correct(author, suggestion, remark="名称请再具体", title="演示：具体到社区的应用研究")
    hand_in_together(unit)
    accept(office, suggestion)
    see_the_outcome(author, suggestion)


def send_to_the_unit(author: Page, suggestion: Suggestion) -> None:
    author.goto(f"/my/suggestions/{suggestion.pk}/edit/")
    author.get_by_role("button", name="提交单位审核").click()
    expect(author.locator(".notice-moving")).to_contain_text("科研部门")


def return_from_the_unit(unit: Page, suggestion: Suggestion) -> None:
    unit.goto("/unit/suggestions/")
    expect(unit.locator(".mail-row").get_by_text("可以提交")).to_be_visible()
    unit.get_by_role("link", name=TITLE).click()
    unit.get_by_role("link", name="退回修改").click()
    unit.get_by_label("理由（填报人会看到）").fill("请补充后再交")
    unit.get_by_text("逐栏写意见（选填）").click()
    unit.locator("#on-title").fill("请写明受益人群")
    unit.get_by_role("button", name="退回修改").click()
    expect(unit.get_by_text("已退回给演示陈教授。")).to_be_visible()


def correct(author: Page, suggestion: Suggestion, *, remark: str, title: str) -> None:
    """The author finds the remark beside its field, changes it and sends it again."""
    author.goto("/my/")
    author.get_by_role("link", name=re.compile("演示：")).first.click()
    author.goto(f"/my/suggestions/{suggestion.pk}/edit/#f-title")
    expect(author.get_by_text(remark).first).to_be_visible()
    author.locator("#f-title").fill(title)
    expect(author.locator("[data-save-state]")).to_contain_text(
        re.compile(r"已保存 \d\d:\d\d:\d\d"), timeout=15_000
    )
    author.get_by_role("button", name="提交单位审核").click()
    expect(author.locator(".notice-moving")).to_contain_text("科研部门")


def hand_in_together(unit: Page) -> None:
    unit.goto("/unit/suggestions/")
    unit.get_by_label("选中全部可以提交的（1 条）").check()
    unit.get_by_role("button", name="统一提交选中的").click()
    unit.get_by_role("button", name="确认统一提交").click()
    expect(unit.locator(".receipt h1")).to_contain_text("2024-P")


def return_from_the_office(office: Page, suggestion: Suggestion) -> None:
    office.goto("/office/")
    office.get_by_role("link", name="演示：写明受益人群的应用研究").click()
    office.get_by_role("link", name="退回修改").first.click()
    office.get_by_label("理由（填报人会看到）").fill("方向合适，名称太宽")
    due = (database_now() + timedelta(days=10)).date()
    office.get_by_label("请在这一天前改好").fill(due.isoformat())
    office.get_by_text("逐栏写意见（选填）").click()
    office.locator("#on-title").fill("名称请再具体")
    office.get_by_role("button", name="退回修改").click()
    expect(office.get_by_text("已办理：退回修改")).to_be_visible()


def accept(office: Page, suggestion: Suggestion) -> None:
    office.goto("/office/")
    office.get_by_role("link", name="演示：具体到社区的应用研究").click()
    office.get_by_role("link", name="采纳入库").first.click()
    office.get_by_role("button", name="采纳入库").click()
    expect(office.get_by_text("已办理：采纳入库")).to_be_visible()
    assert again(suggestion).state == "pooled"


def see_the_outcome(author: Page, suggestion: Suggestion) -> None:
    author.goto(f"/my/suggestions/{suggestion.pk}/")
    expect(author.get_by_text("已采纳，进入建议库").first).to_be_visible()
    assert again(suggestion).number == "2024-00001"
    assert again(suggestion).receipts.count() == 2
