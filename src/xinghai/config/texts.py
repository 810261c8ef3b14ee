"""The process that compares and searches texts for all processes of the web."""

import traceback
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from threading import Thread
from typing import Any

import structlog
from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.translation import override

from xinghai.kernel.apart import ANSWERING, authentication
from xinghai.similarity.warming import warm

log = structlog.get_logger()


def run_texts() -> None:
    """Load everything, then listen: who can connect need not wait."""
    socket, settings.TEXTS_SOCKET = Path(settings.TEXTS_SOCKET), ""
    # The views' modules name the functions that answer.
    len(get_resolver().url_patterns)
    warm()
    listen(socket)


def listen(socket: Path) -> None:
    """Answer everybody who connects, each in a thread of its own."""
    socket.unlink(missing_ok=True)
    with Listener(str(socket), family="AF_UNIX", backlog=64, authkey=authentication()) as listener:
        while True:
            with suppress(OSError, EOFError, AuthenticationError):
                connection = listener.accept()
                Thread(target=_answer_all, args=(connection,), daemon=True).start()


def _answer_all(connection: Connection) -> None:
    """Answer one thread of the web until it ends."""
    with connection, suppress(OSError, EOFError):
        while True:
            connection.send(_answer(*connection.recv()))


def _answer(name: str, language: str | None, args: Any, kwargs: Any) -> tuple[bool, Any]:
    try:
        with override(language):
            return True, ANSWERING[name](*args, **kwargs)
    except Exception:
        log.exception("question_failed", question=name)
        return False, traceback.format_exc()
    finally:
        # Back into the pool: between two questions a connection is anybody's.
        connections.close_all()
