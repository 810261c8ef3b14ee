"""Text is never lost: the form in a real browser against a draft that is kept on a real server.

The draft lives in this module instead of a room: here only the protocol between
page and server is looked at, with the real form, the real examination and files.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.test import Client
from django.urls import path
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from xinghai.config.urls import urlpatterns as house
from xinghai.kernel.form_pages import report_json, show_form
from xinghai.kernel.forms import Context, FileFacts, Report, examine, parse_answers
from xinghai.kernel.models import StoredFile
from xinghai.kernel.request_data import read_posted
from xinghai.portal.sample_form import sample_form


@dataclass
class Draft:
    """What the server holds; `is_signed_out` and `is_broken` let it answer as it would then."""

    answers: dict[str, Any] = field(default_factory=dict)
    version: int = 1
    saves: list[float] = field(default_factory=list)
    posts: int = 0
    is_signed_out: bool = False
    is_broken: bool = False


draft = Draft()
SAVED = re.compile(r"已保存 \d\d:\d\d:\d\d")


def examined() -> tuple[Context, Report]:
    files = {
        str(one.pk): FileFacts(one.name, one.size, one.content_type)
        for one in StoredFile.objects.filter(completed_at__isnull=False)
    }
    context = Context(today=timezone.localdate(), files=files)
    return context, examine(sample_form(), draft.answers, context)


def write(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and draft.is_signed_out:
        return redirect("/account/login/?next=/draft/")
    if request.method == "POST":
        draft.posts += 1
        raw = read_posted(request.POST.lists())
        draft.answers = parse_answers(sample_form(), raw, base=draft.answers)
        draft.version += 1
        return redirect("/draft/")
    context, report = examined()
    page = show_form(sample_form(), draft.answers, report, context)
    shown = {
        "page": page,
        "action": "/draft/",
        "autosave_url": "/draft/save/",
        "version": draft.version,
        "record_key": "draft-1",
        "submit_label": "Submit",
    }
    return render(request, "writing.html", shown)


def save(request: HttpRequest) -> HttpResponse:
    if draft.is_broken:
        return HttpResponse(status=503)
    if draft.is_signed_out:
        return JsonResponse({"signin_url": "/account/login/"}, status=401)
    sent = json.loads(request.body)
    if sent["version"] != draft.version:
        return JsonResponse({"merge_url": "/draft/merge/"}, status=409)
    draft.answers = parse_answers(sample_form(), sent["answers"], base=draft.answers)
    draft.version += 1
    draft.saves.append(timezone.now().timestamp())
    _context, report = examined()
    said = {
        "version": draft.version,
        "saved_at": timezone.now().isoformat(),
        "report": report_json(sample_form(), report),
    }
    return JsonResponse(said)


urlpatterns = [path("draft/", write), path("draft/save/", save), *house]

TEMPLATE = """{% extends "base/applicant.html" %}{% load static %}
{% block title %}Draft{% endblock %}
{% block scripts %}
<script type="module" src="{% static 'xinghai/form.js' %}"></script>
{% endblock %}
{% block content %}<h1>Draft</h1>{% include "kernel/forms/form.html" %}{% endblock %}"""


@pytest.fixture(autouse=True)
def drafting(settings: Any) -> None:
    settings.ROOT_URLCONF = sys.modules[__name__]
    templates = settings.TEMPLATES[0]
    local = ("django.template.loaders.locmem.Loader", {"writing.html": TEMPLATE})
    [(cached, house_loaders)] = templates["OPTIONS"]["loaders"]
    options = {**templates["OPTIONS"], "loaders": [(cached, [local, *house_loaders])]}
    settings.TEMPLATES = [{**templates, "OPTIONS": options}]
    draft.__dict__.update(Draft().__dict__)


def title(page: Page) -> Any:
    return page.get_by_label("指南建议名称")


def state(page: Page) -> Any:
    return page.locator("[data-save-state]")


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


@pytest.fixture
def signed_in(browser_context: BrowserContext, live_site: str) -> None:
    user = get_user_model().objects.create(username="uploader", name="演示")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies["sessionid"].value
    browser_context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_site}])


def test_an_upload_continues_where_the_network_dropped(
    browser_page: Page, signed_in: None, browser_complaints: list[str]
) -> None:
    pieces: list[str] = []

    def drop_the_second(route: Route) -> None:
        if route.request.method == "PATCH":
            pieces.append(route.request.headers["upload-offset"])
            if len(pieces) == 2:
                route.abort()
                return
        route.continue_()

    browser_page.route("**/my/files/**", drop_the_second)
    browser_page.goto("/draft/")
    body = b"%PDF-1.4\n" + b"0" * 2_500_000 + b"\n%%EOF\n"
    chosen = {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": body}
    browser_page.locator("#f-proof-file").set_input_files([chosen])
    expect(state(browser_page)).to_contain_text(SAVED)
    stored = StoredFile.objects.get()
    assert (stored.name, stored.size, stored.received) == ("证明.pdf", len(body), len(body))
    assert draft.answers["proof"] == [{"id": str(stored.pk), "name": "证明.pdf"}]
    assert pieces == ["0", "1048576", "1048576", "2097152"]
    browser_page.reload()
    expect(browser_page.locator("[data-drop] li")).to_contain_text("证明.pdf")
    browser_complaints.clear()


def test_a_disguised_file_is_refused_at_its_place(
    browser_page: Page, signed_in: None, browser_complaints: list[str]
) -> None:
    browser_page.goto("/draft/")
    chosen = {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + b"0" * 500}
    browser_page.locator("#f-proof-file").set_input_files([chosen])
    expect(browser_page.locator("[data-drop] [data-problem]")).to_contain_text("证明.pdf")
    assert not StoredFile.objects.exists()
    browser_complaints.clear()
