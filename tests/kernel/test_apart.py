"""A function answered by a process of its own: it never keeps a page waiting, nor answers twice."""

from collections.abc import Callable, Iterator
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.test import override_settings

from xinghai.kernel import apart
from xinghai.kernel.apart import NotReady, authentication

Process = Callable[[Callable[[Connection], None]], None]
asked = apart.apart(len)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    """A process that treats each connection as the test says, until the test ends."""
    socket, is_over = tmp_path / "socket", Event()

    def serve(listener: Listener, treat: Callable[[Connection], None]) -> None:
        while True:
            with listener.accept() as connection:
                if is_over.is_set():
                    return
                treat(connection)

    with override_settings(TEXTS_SOCKET=str(socket)):
        listener = Listener(str(socket), family="AF_UNIX", authkey=authentication())
        threads: list[Thread] = []

        def begin(treat: Callable[[Connection], None]) -> None:
            threads.append(Thread(target=serve, args=(listener, treat)))
            threads[-1].start()

        yield begin
        is_over.set()
        for _thread in threads:
            Client(str(socket), family="AF_UNIX", authkey=authentication()).close()
        for thread in threads:
            thread.join()
        listener.close()


@pytest.fixture(autouse=True)
def _no_connection_of_another_test() -> None:
    apart._own.connection = None


def test_a_process_that_is_lost_is_asked_once_more_and_no_third_time(process: Process) -> None:
    questions: list[Any] = []
    process(lambda connection: questions.append(connection.recv()))
    with pytest.raises(NotReady):
        asked([1, 2])
    assert [arguments for _name, _language, arguments, _more in questions] == [([1, 2],), ([1, 2],)]


def test_an_answer_that_does_not_come_in_time_is_not_waited_for(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "ANSWER_SECONDS", 0.05)
    answered = Event()

    def late(connection: Connection) -> None:
        connection.recv()
        assert answered.wait(10)

    process(late)
    with pytest.raises(NotReady):
        asked([1])
    answered.set()
    assert apart._own.connection is None, "a late answer would reach the next question"
