"""The browser tests themselves: they reach the site, and they notice what goes wrong."""

from threading import Event, Thread, Timer

from playwright.sync_api import Page

from tests.conftest import RequestsOfTheServer


def test_the_browser_reaches_the_site_and_its_database(browser_page: Page) -> None:
    answer = browser_page.goto("/healthz/")
    assert answer is not None
    assert answer.json() == {"database": "ok"}
    assert browser_page.evaluate("navigator.language") == "zh-CN"


def test_the_end_waits_for_the_requests_that_the_server_still_answers() -> None:
    requests, begun, released, told = RequestsOfTheServer(), Event(), Event(), []

    def answer() -> None:
        requests.begin()
        begun.set()
        released.wait()
        told.append("answered")
        requests.end()

    requests.begin()  # the test's own client: not counted
    serving = Thread(target=answer)
    serving.start()
    begun.wait()
    Timer(0.2, released.set).start()
    requests.wait_for_the_last()
    assert (told, requests.open) == (["answered"], 0)
    serving.join()


def test_a_script_error_is_noticed(browser_page: Page, browser_complaints: list[str]) -> None:
    browser_page.goto("/healthz/")
    browser_page.evaluate("console.error('planted')")
    browser_page.evaluate("setTimeout(() => { throw new Error('thrown') })")
    browser_page.wait_for_timeout(200)
    assert [text.split(": ")[-1] for text in browser_complaints] == ["planted", "thrown"]
    browser_complaints.clear()
