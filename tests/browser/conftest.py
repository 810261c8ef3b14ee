"""A real Chromium. Where there is none and none can be had, these tests fail, loudly."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

SYSTEM_CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
APT = ["apt-get", "--option", "DPkg::Lock::Timeout=300", "--yes"]
PACKAGES = ["chromium", "fonts-noto-cjk"]

# Patience costs nothing when the page is quick, and a busy machine is no fault of the page.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program: XINGHAI_CHROMIUM, the system's, or Debian's package installed now."""
    chosen = os.environ.get("XINGHAI_CHROMIUM") or SYSTEM_CHROMIUM
    with Path(f"/tmp/xinghai-chromium-{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if chosen == SYSTEM_CHROMIUM and not Path(chosen).exists():
            install_chromium()
    if not Path(chosen).exists():
        pytest.fail(
            f"no Chromium at {chosen}: the browser tests cannot be run. Install the system package"
            " chromium, or name the program in XINGHAI_CHROMIUM.",
            pytrace=False,
        )
    return chosen


def install_chromium() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ([*APT, "update"], [*APT, "install", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
        if done.returncode != 0:
            pytest.fail(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}", pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def browser_context(browser: Browser, live_site: str) -> Iterator[BrowserContext]:
    """A fresh visitor: no cookies, Chinese, the site's address for relative ones."""
    context = browser.new_context(base_url=live_site, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def browser_complaints() -> list[str]:
    """What the browser complained of; a test that expects a complaint removes it from here."""
    return []


@pytest.fixture
def browser_page(browser_context: BrowserContext, browser_complaints: list[str]) -> Iterator[Page]:
    """A page whose script errors, console errors and policy violations fail the test."""
    page = browser_context.new_page()

    def note(message: ConsoleMessage) -> None:
        address = str(message.location.get("url", ""))
        complaint = message.type == "error" or "Content Security Policy" in message.text
        # Asked for by the browser itself where a page (JSON, say) names no icon.
        if complaint and not address.endswith("/favicon.ico"):
            browser_complaints.append(f"{address}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: browser_complaints.append(str(error)))
    yield page
    page.close()
    assert browser_complaints == []
