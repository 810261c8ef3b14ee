"""Files in a form, in a real browser: sent in pieces, looked into, refused at their place."""

import random
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.draft_site import SAVED, begin, draft, state
from tests.browser.people import enter_as
from tests.factories import make_user
from tests.kernel.sample_files import pdf
from xinghai.kernel.models import StoredFile
from xinghai.kernel.uploads import look_into_upload


@pytest.fixture(autouse=True)
def drafting(settings: Any) -> None:
    begin(settings)


@pytest.fixture
def signed_in(browser_context: BrowserContext, live_site: str) -> None:
    enter_as(browser_context, make_user(), live_site)


def test_an_upload_continues_where_the_network_dropped(
    browser_page: Page, signed_in: None, browser_complaints: list[str]
) -> None:
    pieces: list[str] = []
    # It does not compress, so that the file has three pieces.
    noise = random.Random(1).randbytes(2_500_000)  # noqa: S311 - not a secret

    def drop_the_second(route: Route) -> None:
        if route.request.method == "PATCH":
            pieces.append(route.request.headers["upload-offset"])
            if len(pieces) == 2:
                route.abort()
                return
        route.continue_()

    browser_page.route("**/my/files/**", drop_the_second)
    browser_page.goto("/draft/")
    body = pdf(lambda document: document.Root.update({"/Noise": document.make_stream(noise)}))
    chosen = {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": body}
    browser_page.locator("#f-proof-file").set_input_files([chosen])
    expect(browser_page.locator("[data-drop] [data-size]")).to_have_text("正在检查内容…")
    assert "proof" not in draft.answers
    look_into_upload(str(StoredFile.objects.get().pk))
    expect(state(browser_page)).to_contain_text(SAVED)
    stored = StoredFile.objects.get()
    assert (stored.name, stored.size, stored.received) == ("证明.pdf", len(body), len(body))
    assert draft.answers["proof"] == [{"id": str(stored.pk), "name": "证明.pdf"}]
    assert pieces == ["0", "1048576", "1048576", "2097152"]
    browser_page.reload()
    expect(browser_page.locator("[data-drop] li")).to_contain_text("证明.pdf")
    browser_complaints.clear()


def test_a_file_with_something_in_it_is_refused_at_its_place(
    browser_page: Page, signed_in: None, browser_complaints: list[str]
) -> None:
    browser_page.goto("/draft/")
    chosen = {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}
    browser_page.locator("#f-proof-file").set_input_files([chosen])
    expect(browser_page.locator("[data-drop] [data-size]")).to_have_text("正在检查内容…")
    look_into_upload(str(StoredFile.objects.get().pk))
    expect(browser_page.locator("[data-drop] [data-problem]")).to_contain_text("已损坏")
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
