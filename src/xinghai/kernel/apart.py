"""Functions that answer in a process of their own, when there is one.

Comparing and searching texts needs a dictionary, a table of characters and compiled loops: 170 MB
and two seconds of loading. One process holds them (`xinghai texts`) and answers all processes of
the web over a socket that only their account can reach. Where no such process was named (jobs,
commands, tests), the function runs where it is called.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from multiprocessing.connection import Client, Connection
from typing import Any, ParamSpec, TypeVar, cast

from django.conf import settings
from django.utils.translation import get_language

P = ParamSpec("P")
R = TypeVar("R")

# A killed process answers again within this; then the page says that it does not.
WAIT_SECONDS, PAUSE = 6.0, 0.05
# No question takes so long; a process that hangs must not take the web with it.
ANSWER_SECONDS = 30.0

ANSWERING: dict[str, Callable[..., Any]] = {}
_own = threading.local()


class NotReady(Exception):
    """The process that answers is starting, or was lost; it is worth asking again soon."""


class Failed(Exception):
    """The function raised where it ran; the text is its traceback."""


def apart(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function of plain values answer apart; it reads what is committed, writes nothing."""
    name = f"{function.__module__}.{function.__qualname__}"
    ANSWERING[name] = function

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        if not settings.TEXTS_SOCKET:
            return function(*args, **kwargs)
        return cast("R", _asked(settings.TEXTS_SOCKET, (name, get_language(), args, kwargs)))

    return ask


def authentication() -> bytes:
    """Return what both ends prove to know; the socket's directory keeps others out already."""
    return settings.SECRET_KEY.encode()


def _asked(socket: str, question: tuple[Any, ...]) -> Any:
    """Ask, and once more where the process was lost since this thread last asked it.

    No third time: a question that ends the process would end each new one.
    """
    try:
        is_good, answer = _answer(socket, question)
    except (OSError, EOFError) as loss:
        if isinstance(loss, TimeoutError):
            raise NotReady from loss
        try:
            is_good, answer = _answer(socket, question)
        except (OSError, EOFError) as loss_again:
            raise NotReady from loss_again
    if not is_good:
        raise Failed(answer)
    return answer


def _answer(socket: str, question: tuple[Any, ...]) -> tuple[bool, Any]:
    connection = _connection(socket)
    try:
        connection.send(question)
        if not connection.poll(ANSWER_SECONDS):
            raise TimeoutError
        return cast("tuple[bool, Any]", connection.recv())
    except BaseException:
        # A late answer must never reach the next question, which may be another person's.
        _hang_up()
        raise


def _connection(socket: str) -> Connection:
    """Return this thread's connection; a process that is just starting is waited for."""
    limit = time.monotonic() + WAIT_SECONDS
    while getattr(_own, "connection", None) is None:
        try:
            _own.connection = Client(socket, family="AF_UNIX", authkey=authentication())
        except (OSError, EOFError) as absence:
            if time.monotonic() > limit:
                raise NotReady from absence
            time.sleep(PAUSE)
    return cast("Connection", _own.connection)


def _hang_up() -> None:
    with suppress(OSError):
        _own.connection.close()
    _own.connection = None
