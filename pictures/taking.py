"""Takes each picture in a real Chromium and writes down how large it is."""

import json
import os
import sys
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.server import HOST, free_port, running_site
from pictures.shots import SHOTS, Shot
from xinghai.config.demonstration.sign_ins import MAIL, PASSWORD
from xinghai.suggestions.models import Suggestion

PLACE = Path(os.environ.get("XINGHAI_HOME", ".")) / "src/xinghai/static/guide"
SIZES = PLACE / "sizes.json"
CHROMIUM = os.environ.get("XINGHAI_CHROMIUM", "/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"]
QUALITY = 82


def run(names: Sequence[str]) -> None:
    """Take the named pictures, or all; a name nobody knows is a mistake."""
    unknown = set(names) - {shot.name for shot in SHOTS}
    if unknown:
        sys.exit(f"no such picture: {', '.join(sorted(unknown))}")
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    sizes = json.loads(SIZES.read_text()) if names and SIZES.exists() else {}
    with running_site(free_port()) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        visitors: dict[tuple[str, str], Any] = {}
        for shot in wanted:
            sizes[shot.name] = _take(browser, f"http://{HOST}:{site.port}", shot, visitors)
            print(f"{shot.name}: {sizes[shot.name][0]} x {sizes[shot.name][1]}")
        browser.close()
    SIZES.write_text(json.dumps(dict(sorted(sizes.items())), indent=1) + "\n")


def _take(browser: Browser, base: str, shot: Shot, visitors: dict[Any, Any]) -> list[int]:
    width, height = shot.size
    context = browser.new_context(
        base_url=base,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height},
        storage_state=visitors.get((shot.person, shot.language)),
        reduced_motion="reduce",
    )
    if shot.language:
        context.add_cookies([{"name": "django_language", "value": shot.language, "url": base}])
    page = context.new_page()
    if shot.person and (shot.person, shot.language) not in visitors:
        _sign_in(page, shot.person)
        visitors[(shot.person, shot.language)] = context.storage_state()
    answer = page.goto(_address(shot.address))
    if answer is None or answer.status != 200:
        sys.exit(f"{shot.name}: {shot.address} answered {answer and answer.status}")
    for verb, about in shot.steps:
        _do(page, verb, about)
    page.wait_for_load_state("networkidle")
    size = _write(context, page, shot)
    context.close()
    return size


def _sign_in(page: Page, person: str) -> None:
    page.goto("/account/login/")
    page.locator("#id_login").fill(MAIL.format(name=person))
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url(lambda address: "/account/login/" not in address)


def _address(written: str) -> str:
    """An address may name a suggestion by its topic and state: `/my/suggestions/{余热:draft}/`."""
    if "{" not in written:
        return written
    before, _open, rest = written.partition("{")
    wish, _close, after = rest.partition("}")
    title, _colon, state = wish.partition(":")
    found = Suggestion.objects.filter(title__contains=title)
    found = found.filter(state=state) if state else found
    return f"{before}{found.latest('pk').pk}{after}"


def _do(page: Page, verb: str, about: str) -> None:
    if verb == "click":
        page.locator(about).first.click()
    elif verb == "press":
        page.keyboard.press(about)
    elif verb == "wait":
        page.locator(about).first.wait_for()
    elif verb == "scroll":
        page.locator(about).first.scroll_into_view_if_needed()
    elif verb == "fill":
        selector, _arrow, text = about.partition("=>")
        page.locator(selector).first.fill(text)
    else:
        sys.exit(f"a picture has no step {verb!r}")


def _write(context: BrowserContext, page: Page, shot: Shot) -> list[int]:
    """Write the picture as WebP; return its size in pixels."""
    width, height = shot.size
    box = page.locator(shot.only).first.bounding_box() if shot.only else None
    clip = {"x": 0, "y": page.evaluate("scrollY"), "width": width, "height": height, "scale": 1}
    if box:
        top = box["y"] + page.evaluate("scrollY")
        clip = {"x": box["x"], "y": top, "width": box["width"], "height": box["height"], "scale": 1}
    wish = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
    taken = context.new_cdp_session(page).send("Page.captureScreenshot", wish)
    (PLACE / f"{shot.name}.webp").write_bytes(b64decode(taken["data"]))
    return [round(clip["width"]), round(clip["height"])]
