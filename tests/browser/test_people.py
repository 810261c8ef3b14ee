"""A person registers with a unit; a second factor is set up and used: in a real browser."""

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.fixtures import Settings

from tests.browser.looking import faults_of
from tests.browser.people import enter_as
from tests.factories import PASSWORD, make_organisation, make_staff, make_uscc, make_user
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership
from xinghai.accounts.services import request_membership
from xinghai.kernel.messaging import notify


def sign_in(page: Page, username: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("邮箱或手机号").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_person_registers_with_a_unit_on_a_phone(browser_page: Page) -> None:
    make_staff(Role.PLANNER)
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/account/signup/")
    page.get_by_label("邮箱或手机号").fill("138 0000 0001")
    page.get_by_label("姓名").fill("演示李工")
    page.get_by_label("密码").fill("haibian-qingchen-7")
    page.get_by_role("button", name="注册，下一步").click()

    expect(page.get_by_role("heading", name="我的单位")).to_be_visible()
    page.get_by_label("单位名称、拼音首字母或统一社会信用代码").fill("演示新材料")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("没有找到“演示新材料”")).to_be_visible()
    page.get_by_role("link", name="登记新单位").click()

    code = make_uscc()
    wrong = code[:16] + ("0" if code[16] != "0" else "1") + code[17]
    page.get_by_label("单位名称").fill("大连演示新材料有限公司")
    page.get_by_label("统一社会信用代码").fill(wrong)
    page.get_by_label("单位性质").select_option("enterprise")
    page.get_by_label("所属区市县（先导区）").select_option("high_tech")
    page.get_by_label("高新技术企业").check()
    page.get_by_role("button", name="登记单位").click()
    page.get_by_role("link", name="校验位不对").click()
    expect(page.get_by_label("统一社会信用代码")).to_be_focused()
    expect(page.get_by_label("高新技术企业")).to_be_checked()
    page.get_by_label("统一社会信用代码").fill(f" {code.lower()}")
    page.get_by_role("button", name="登记单位").click()

    expect(page.get_by_text("单位已登记，等待科技局核实").first).to_be_visible()
    member = Membership.objects.select_related("organisation", "user").get()
    assert (member.user.mobile, member.organisation.uscc) == ("13800000001", code)
    assert (member.role, member.organisation.state) == ("administrator", "pending")


def test_staff_set_up_a_second_factor_and_sign_in_with_it(
    browser_page: Page, settings: Settings
) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = True
    settings.MFA_TOTP_TOLERANCE = 1
    person, page = make_staff(Role.PLANNER), browser_page
    person.set_password(PASSWORD)
    person.save()
    sign_in(page, person.username)
    expect(page.get_by_role("heading", name="登录与安全")).to_be_visible()
    page.get_by_role("link", name="启用身份验证器").click()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("验证码").fill(code_of(secret, 0))
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()

    page.goto("/office/organisations/")
    expect(page.get_by_role("heading", name="核实单位")).to_be_visible()
    page.get_by_text(person.name).first.click()
    page.get_by_role("button", name="退出登录").click()

    sign_in(page, person.username)
    expect(page.get_by_role("heading", name="第二重验证")).to_be_visible()
    page.get_by_label("验证码").fill(code_of(secret, 1))
    page.get_by_role("button", name="登录", exact=True).click()
    page.goto("/office/organisations/")
    expect(page.get_by_text("没有等待核实的单位")).to_be_visible()


def test_a_passkey_signs_in_without_a_password(
    browser_page: Page, browser_context: BrowserContext, transactional_db: None
) -> None:
    person, page = make_user(password=PASSWORD), browser_page
    device = browser_context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    facts = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    proof = {"hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**facts, **proof}})

    sign_in(page, person.username)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    page.get_by_label("名称").fill("演示电脑")
    page.get_by_label("以后可以只用它登录").check()
    page.get_by_role("button", name="添加通行密钥").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_text("演示电脑")).to_be_visible()
    page.context.clear_cookies()

    page.goto("/account/login/?next=/my/profile/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("heading", name="我的资料")).to_be_visible()
    expect(page.get_by_text(person.username).first).to_be_visible()


def code_of(secret: str, step: int) -> str:
    """The code of now, or of the next half minute: the same code is taken only once."""
    _past, *coming = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, coming[step]))


@pytest.fixture
def people(transactional_db: None) -> dict[str, str]:
    """One person per desk, each with something to do; by the word for the role."""
    head = make_user(name="演示科研处", password=PASSWORD)
    unit = make_organisation(administrator=head, name="滨海演示大学", verified=False)
    request_membership(unit, by=make_user(name="演示老师"), department="化工学院")
    signed = {"head": head}
    for role in (Role.PLANNER, Role.SYSTEM_ADMIN):
        signed[role] = make_staff(role)
        signed[role].set_password(PASSWORD)
        signed[role].save()
    return {word: person.username for word, person in signed.items()} | {"unit": str(unit.pk)}


DESKS = {
    "": ["/account/login/", "/account/signup/", "/account/password/reset/"],
    "head": [
        "/my/profile/",
        "/my/unit/?q=演示",
        "/my/unit/register/",
        "/unit/profile/",
        "/unit/people/",
        "/unit/{unit}/edit/",
        "/unit/{unit}/invite/",
        "/account/2fa/",
        "/account/password/change/",
    ],
    Role.PLANNER: ["/office/organisations/", "/office/organisations/{unit}/"],
    Role.SYSTEM_ADMIN: ["/office/staff/", "/office/staff/add/"],
}


@pytest.mark.parametrize("desk", DESKS)
@pytest.mark.parametrize("look", ["light.normal.normal", "dark.more.large"])
def test_every_page_fits_every_width_and_shuts_nobody_out(
    browser_page: Page,
    browser_context: BrowserContext,
    live_site: str,
    people: dict[str, str],
    desk: str,
    look: str,
) -> None:
    browser_context.add_cookies([{"name": "look", "value": look, "url": live_site}])
    if desk:
        sign_in(browser_page, people[desk])
    addresses = [address.format(**people) for address in DESKS[desk]]
    assert [one for address in addresses for one in faults_of(browser_page, address)] == []


def test_a_message_is_read_by_opening_what_it_is_about(
    browser_context: BrowserContext, browser_page: Page, live_site: str
) -> None:
    person, page = make_user(), browser_page
    notify([person], key="k", subject="演示消息", body="乙", parameters={}, url="/my/#unit")
    enter_as(browser_context, person, live_site)
    page.goto("/my/notices/?show=unread")
    with page.expect_response("**/my/notices/read/"):
        page.get_by_role("link", name="演示消息").click()
    expect(page).to_have_url(f"{live_site}/my/#unit")
    page.goto("/my/notices/?show=unread")
    expect(page.get_by_text("这里没有消息")).to_be_visible()
