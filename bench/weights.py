"""What a page weighs on the wire: a real browser against the real server, first visit and again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench import desks
from bench.pages import draft_of
from bench.scene import Scene, make_scene, signed_in
from bench.server import HOST, free_port, running_site
from xinghai.accounts.models import User

FIRST, AGAIN = 300, 40
SWITCHES = ["--no-sandbox", "--disable-gpu"]


@dataclass(frozen=True)
class Weight:
    """Requests and kilobytes as they came over the wire, headers included."""

    requests: int
    kilobytes: float


def run(*, rows: int) -> None:
    """Open every page in a fresh browser, then once more, and flag what is too heavy."""
    scene = make_scene()
    desks.fill(scene, rows)
    pages = list(_pages(scene))
    port = free_port()
    print(f"\n| page | first: requests | KB (≤ {FIRST}) | again: requests | KB (≤ {AGAIN}) | |")
    print("|---|--:|--:|--:|--:|---|")
    with running_site(port), _chromium() as browser:
        for name, user, address in pages:
            first, again = _weigh(browser, f"http://{HOST}:{port}", user, address)
            is_heavy = first.kilobytes > FIRST or again.kilobytes > AGAIN
            print(
                f"| {name} | {first.requests} | {first.kilobytes:.0f} | {again.requests}"
                f" | {again.kilobytes:.0f} | {'too heavy' if is_heavy else ''} |",
                flush=True,
            )


def _pages(scene: Scene) -> Iterator[tuple[str, User | None, str]]:
    code, draft = scene.call.code, draft_of(scene)
    yield "public: home", None, "/"
    yield "public: call page", None, f"/calls/{code}/"
    yield "public: what fits me", None, "/what/?who=enterprise&want=any&field=ai"
    yield "public: statistics", None, "/statistics/"
    yield "public: search", None, "/search/?q=海洋"
    yield "public: a guide", None, "/help/applicant/"
    yield "public: sign in", None, "/account/login/"
    yield "applicant: home", scene.author, "/my/"
    yield "applicant: form", scene.author, f"/my/suggestions/{draft.pk}/edit/"
    yield "applicant: messages", scene.author, "/my/notices/"
    yield "unit: list", scene.research_office, "/unit/suggestions/"
    yield "office: inbox", scene.officer, "/office/suggestions/"
    yield "planning: overview", scene.planner, f"/office/suggestions/overview/?call={code}"
    yield "office: head's figures", scene.planner, "/office/suggestions/load/?office=gaoxin"
    yield "planning: everything", scene.planner, "/office/suggestions/all/"


@contextmanager
def _chromium() -> Iterator[Browser]:
    program = os.environ.get("XINGHAI_CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


def _weigh(browser: Browser, site: str, user: User | None, address: str) -> tuple[Weight, Weight]:
    context = browser.new_context(base_url=site, locale="zh-CN")
    if user is not None:
        session = signed_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    try:
        return _open(context, address), _open(context, address)
    finally:
        context.close()


def _open(context: BrowserContext, address: str) -> Weight:
    """Count what the network carried; what the cache gave carries nothing."""
    page = context.new_page()
    wire, sizes, cached = context.new_cdp_session(page), {}, set()
    wire.on("Network.requestServedFromCache", lambda told: cached.add(told["requestId"]))
    wire.on(
        "Network.loadingFinished",
        lambda told: sizes.__setitem__(told["requestId"], told["encodedDataLength"]),
    )
    wire.send("Network.enable")
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise SystemExit(f"{address}: {answer and answer.status}")
    page.close()
    carried = [size for one, size in sizes.items() if one not in cached and size]
    return Weight(len(carried), sum(carried) / 1024)
