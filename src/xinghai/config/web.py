"""The web process, and how one sees that it answers."""

import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from xinghai.config.errors import StartError

START_SECONDS = 60
FREE_SECONDS = 6


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    """Return granian on WSGI: threads carry the requests, a pool bounds their connections."""
    return [
        *(sys.executable, "-m", "xinghai.config.web_server"),
        *("--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4"),
        *("--workers-kill-timeout", "5"),
        *("--respawn-failed-workers", "--log-level", os.environ.get("XINGHAI_LOG", "warning")),
        "xinghai.config.wsgi:application",
    ]


def require_free_port(host: str, port: int) -> None:
    """Waits a little: after a kill -9 the former web process needs a moment to end."""
    limit = time.monotonic() + FREE_SECONDS
    while (problem := _bind_problem(host, port)) is not None:
        if time.monotonic() > limit:
            raise StartError(
                f"端口 {host}:{port} 无法使用（{problem}）；请用 --port 另选一个。",
                f"The port {host}:{port} cannot be used ({problem}):"
                " choose another one with --port.",
            )
        time.sleep(0.2)


def _bind_problem(host: str, port: int) -> str | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror or str(error)
    return None


def is_healthy(host: str, port: int) -> bool:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  compared, not bound
    shown = everywhere.get(host, host)
    question = urllib.request.Request(
        f"http://{shown}:{port}/healthz/", headers={"Host": own_name()}
    )
    try:
        with urllib.request.urlopen(question, timeout=5) as answer:  # noqa: S310
            return bool(json.load(answer)["database"] == "ok")
    except (OSError, ValueError, KeyError):
        return False


def own_name() -> str:
    """A name the site answers to; others get a 400."""
    first = os.environ.get("XINGHAI_HOSTS", "").split(",")[0].strip().lstrip(".")
    return first if first not in ("", "*") else "127.0.0.1"


def wait_until_healthy(host: str, port: int, *, meanwhile: Callable[[], None]) -> None:
    """Return when the first page answers; `meanwhile` starts and watches the processes."""
    limit = time.monotonic() + START_SECONDS
    while not is_healthy(host, port):
        meanwhile()
        if time.monotonic() > limit:
            raise StartError("网页没有应答，已停止。", "The site did not answer; stopped.")
        time.sleep(0.1)
