"""The process that compares texts: it answers the web, and the web bears that it does not."""

from collections.abc import Iterator
from multiprocessing.connection import Client, Listener
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.utils.translation import get_language, override

from tests.pages import client_of
from xinghai.config import texts
from xinghai.kernel import apart


def said_in_its_language(word: str, *, times: int) -> tuple[str, str | None]:
    return word * times, get_language()


def fails(word: str) -> str:
    raise ValueError(f"nothing like {word}")


say = apart.apart(said_in_its_language)
fail = apart.apart(fails)


@pytest.fixture
def socket(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Where nobody answers yet; the thread's connection ends with the test."""
    settings.TEXTS_SOCKET = str(tmp_path / "texts")
    yield tmp_path / "texts"
    if getattr(apart._own, "connection", None) is not None:
        apart._hang_up()


@pytest.fixture
def answering(socket: Path) -> Path:
    Thread(target=texts.listen, args=(socket,), daemon=True).start()
    return socket


def once(socket: Path) -> None:
    """A process that takes a question and ends without a word, and its successor."""
    key = apart.authentication()
    with Listener(str(socket), family="AF_UNIX", authkey=key) as listener, listener.accept() as one:
        one.recv()
    texts.listen(socket)


def test_without_such_a_process_a_function_runs_where_it_is_called(settings: Any) -> None:
    assert settings.TEXTS_SOCKET == ""
    assert say("文", times=2) == ("文文", get_language())
    with pytest.raises(ValueError, match="nothing like 文"):
        fail("文")


def test_it_answers_in_the_language_of_who_asks(answering: Path) -> None:
    with override("en"):
        assert say("text", times=1) == ("text", "en")
    assert say("文", times=2) == ("文文", "zh-hans")


def test_what_fails_there_is_raised_here_with_its_traceback(answering: Path) -> None:
    with pytest.raises(apart.Failed, match="ValueError: nothing like 文"):
        fail("文")
    assert say("文", times=1)[0] == "文"


def test_it_answers_nobody_who_does_not_know_the_key(answering: Path) -> None:
    assert say("文", times=1)[0] == "文"
    with pytest.raises((OSError, EOFError, texts.AuthenticationError)):
        Client(str(answering), family="AF_UNIX", authkey=b"another").recv()
    assert say("文", times=1)[0] == "文"


def test_a_process_lost_in_between_is_asked_again(socket: Path) -> None:
    Thread(target=once, args=(socket,), daemon=True).start()
    assert say("文", times=1)[0] == "文"


def test_nobody_waits_long_for_a_process_that_is_not_there(
    socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "WAIT_SECONDS", 0.1)
    with pytest.raises(apart.NotReady):
        say("文", times=1)


@pytest.mark.django_db
def test_a_page_that_needs_it_says_that_it_is_starting(
    socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "WAIT_SECONDS", 0.1)
    answer = client_of(None).get("/search/", {"q": "申报指南"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "查找和比对正在启动" in answer.content.decode()
    assert client_of(None).get("/").status_code == 200
