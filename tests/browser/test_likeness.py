"""An officer meets a similar suggestion, compares, walks the passages and decides: remembered."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import SERIOUS, faults_of
from tests.browser.people import enter_as, ready, tab_to
from tests.factories import join, load_notice, make_organisation, make_user
from tests.suggestions.factories import in_the_window, make_draft, make_submitted
from tests.suggestions.scenes import make_bureau
from xinghai.accounts.models import User
from xinghai.duplicates.models import Likeness
from xinghai.submissions import indexing
from xinghai.suggestions.models import Grouping, Suggestion
from xinghai.suggestions.services import groups

COPIED = (
    "曲轴在精加工之后的残余应力目前只能抽检，抽检一根要停线四个小时，超差的曲轴到装机试车时才会暴露，"
    "返修费用高，交货期也因此一再推迟。船厂希望在车削工位上就能逐段测出应力的分布，"
    "把不合格的轴颈留在机床上处理，并把每一根轴的数据留给装配和检验的同事。"
)


@pytest.fixture
def officer(transactional_db: None) -> User:
    """Two suggestions in the inbox share a paragraph, in different questions."""
    call, bureau = load_notice("2024"), make_bureau()
    with in_the_window():
        make_submitted(call, domain="ai", title="曲轴残余应力检测", background=COPIED)
        make_submitted(call, domain="ai", title="曲轴在线检测装备", goals=f"先说明。{COPIED}")
    indexing.keep_everything()
    return bureau.officer


def in_view(page: Page, mark: str) -> bool:
    """The mark lies inside its own scrolling column, not only somewhere in the text."""
    return bool(
        page.locator(f"#{mark}").evaluate(
            """(one) => {
              const box = one.closest('.alike-column').getBoundingClientRect();
              const place = one.getBoundingClientRect();
              return place.top >= box.top - 1 && place.top < box.bottom && place.top < innerHeight;
            }"""
        )
    )


def test_an_officer_compares_and_decides_by_keyboard_and_is_remembered(
    browser_page: Page, browser_context: BrowserContext, live_site: str, officer: User
) -> None:
    enter_as(browser_context, officer, live_site)
    page = browser_page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/office/suggestions/")
    expect(page.locator("#pane .alike-near")).to_contain_text("文字重复")
    similar = page.locator("#pane .alike-near a:focus")
    while not similar.count():
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="对照两条建议")).to_be_visible()
    # The heading comes before the script that listens to the keys.
    page.wait_for_load_state("domcontentloaded")
    walk_the_passages(page)

    tab_to(page, "同一件事", within=200)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="相关 方向相近")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("npnp 同一段背景，指标不同")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".alike-verdict")).to_contain_text("同一段背景，指标不同")

    page.get_by_role("link", name="返回", exact=True).first.press("Enter")
    expect(page.locator("#pane .alike-near .chip")).to_have_text("相关")
    assert Likeness.objects.get().reason == "npnp 同一段背景，指标不同"


def walk_the_passages(page: Page) -> None:
    """Each key brings the next passage into view on both sides, and back."""
    count = page.locator(".alike-list li").count()
    assert count > 2
    for number in range(1, count + 1):
        page.keyboard.press("n")
        expect(page.locator(".alike-list [aria-current]")).to_have_attribute(
            "data-passage", str(number)
        )
        assert in_view(page, f"here-{number}")
        assert in_view(page, f"there-{number}")
    page.keyboard.press("p")
    expect(page.locator(".alike-list [aria-current]")).to_have_attribute(
        "data-passage", str(count - 1)
    )


def test_on_a_phone_one_side_at_a_time(
    browser_page: Page, browser_context: BrowserContext, live_site: str, officer: User
) -> None:
    enter_as(browser_context, officer, live_site)
    page = browser_page
    one, two = Suggestion.objects.order_by("pk").values_list("pk", flat=True)
    address = f"/office/suggestions/{one}/like/{two}/"
    assert faults_of(page, address, axe_at=(390, 1440)) == []
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#column-there")).to_be_hidden()
    page.locator(".alike-list a").first.click()
    expect(page.locator("#here-1")).to_be_in_viewport()
    page.get_by_role("link", name="第 1 处相同的文字，到另一边看").click()
    expect(page.locator("#there-1")).to_be_in_viewport()
    expect(page.locator("#column-here")).to_be_hidden()
    page.get_by_role("button", name="左边").click()
    expect(page.locator("#here-1")).to_be_in_viewport()


def test_without_scripts_a_passage_leads_to_its_place_on_either_side(
    browser_context: BrowserContext, live_site: str, officer: User
) -> None:
    enter_as(browser_context, officer, live_site)
    state = browser_context.storage_state()
    plain = browser_context.browser.new_context(  # type: ignore[union-attr]
        base_url=live_site, java_script_enabled=False, storage_state=state
    )
    page = plain.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    one, two = Suggestion.objects.order_by("pk").values_list("pk", flat=True)
    page.goto(f"/office/suggestions/{one}/like/{two}/")
    last = page.locator(".alike-list a").last
    number = last.get_attribute("data-passage")
    last.click()
    expect(page.locator(f"#here-{number}")).to_be_in_viewport()
    page.locator(f"#here-{number} > a").click()
    expect(page.locator(f"#there-{number}")).to_be_in_viewport()
    plain.close()


def test_a_hint_comes_while_the_title_is_typed_and_stays_away_when_put_away(
    browser_page: Page, browser_context: BrowserContext, live_site: str, transactional_db: None
) -> None:
    call, own, writer = load_notice("2024"), make_organisation(), make_user()
    join(writer, own)
    writer = User.objects.get(pk=writer.pk)
    with in_the_window():
        make_submitted(
            call,
            domain="ai",
            title="大型船用曲轴残余应力在线检测",
            author=writer,
            organisation=own,
        )
        draft = make_draft(call, author=writer, organisation=own, title="还没有想好的名称")
    indexing.keep_everything()
    enter_as(browser_context, writer, live_site)
    page = browser_page
    page.goto(f"/my/suggestions/{draft.pk}/edit/")
    ready(page)
    page.locator("[name=title]").fill("")
    page.locator("[name=title]").press_sequentially("船用曲轴残余应力检测")
    told = page.locator("[data-near]")
    expect(told).to_contain_text("与 1 条已有建议相似")
    expect(page.locator("[name=title]")).to_be_focused()
    page.get_by_role("button", name="不再提示这几条").click()
    expect(told).to_have_count(0)
    expect(page.locator("[name=title]")).to_be_focused()
    with page.expect_response(lambda answer: "/near/" in answer.url):
        page.locator("[name=title]").press_sequentially("装置")
    expect(told).to_have_count(0)


def test_the_frames_search_offers_while_typing_and_is_worked_by_keys(
    browser_page: Page, browser_context: BrowserContext, live_site: str, officer: User
) -> None:
    enter_as(browser_context, officer, live_site)
    page = browser_page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/office/suggestions/groups/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="查找填报")
    expect(field).to_be_focused()
    page.keyboard.type("曲轴 应力")
    offered = page.locator("#find-list [role=option]")
    expect(offered.first).to_be_visible()
    assert faults_of_open(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.type(" 检测")
    expect(offered.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#find-list [aria-selected=true]")
    expect(chosen).to_have_count(1)
    title = chosen.locator(".find-title").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def faults_of_open(page: Page) -> list[str]:
    """What axe calls serious on the page as it stands, with its list open."""
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in SERIOUS]


def test_groups_are_whole_on_every_width(
    browser_page: Page, browser_context: BrowserContext, live_site: str, officer: User
) -> None:
    call = Suggestion.objects.all()[0].call
    with in_the_window():
        make_submitted(call, domain="ai", title="海参酶解肽的稳态化")
    groups.compute(groups.ask_again(call, officer.office))
    enter_as(browser_context, officer, live_site)
    label = next(iter(Grouping.objects.get().labels.values()))
    for address in (
        "/office/suggestions/groups/?call=2024",
        f"/office/suggestions/groups/{label}/?call=2024",
    ):
        assert faults_of(browser_page, address, axe_at=(390, 1440)) == []
