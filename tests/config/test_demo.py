"""`xinghai demo`: starts, answers, survives its children and stops, whoever starts it."""

import signal
import socket
import stat
import subprocess
import time
import urllib.request
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

from tests.config.accounts import Interpreter, ourselves
from tests.config.processes import (
    PATIENCE,
    eventually_healthy,
    health,
    kill_process_naming,
    processes_naming,
    run,
    running,
    words_until,
)
from xinghai.config.database.process import command_line, working_in


def running_demo(
    interpreter: Interpreter, port: int, *words: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    data_dir = interpreter.home / "demo"
    return running(interpreter, "demo", "--data-dir", str(data_dir), "--port", str(port), *words)


def running_empty(
    interpreter: Interpreter, port: int
) -> AbstractContextManager[subprocess.Popen[str]]:
    """The same processes without the demonstration's story, which takes most of a first start."""
    return running_demo(interpreter, port, "--no-demo-data")


def test_the_demo_tells_who_can_sign_in_and_keeps_it_for_the_next(place: Path, port: int) -> None:
    with running_demo(ourselves(place), port) as demo:
        first = words_until(demo, "Ctrl-C")
        assert "高新处经办" in first
    with running_demo(ourselves(place), port) as demo:
        assert words_until(demo, "Ctrl-C") == first


def test_the_demo_starts_answers_and_stops_on_ctrl_c(interpreter: Interpreter, port: int) -> None:
    with running_empty(interpreter, port) as demo:
        said = words_until(demo, "Ctrl-C")
        assert f"http://127.0.0.1:{port}/" in said
        assert health(port) == {"database": "ok"}
        began = time.monotonic()
        demo.send_signal(signal.SIGINT)
        assert demo.wait(PATIENCE) == 0
        assert time.monotonic() - began < 15
    assert processes_naming(interpreter.home) == []
    assert working_in(interpreter.home / "demo" / "database" / "server" / "cluster") == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_whatever_dies_is_started_again(place: Path, port: int) -> None:
    cluster = place / "demo" / "database" / "server" / "cluster"
    with running_empty(ourselves(place), port) as demo:
        words_until(demo, "Ctrl-C")
        kill_process_naming("--port", str(port), "xinghai.config.wsgi:application")
        assert eventually_healthy(port)
        kill_process_naming("-D", str(cluster))
        assert eventually_healthy(port)
        assert demo.poll() is None


def test_a_killed_demo_leaves_nothing_behind_and_its_data_to_the_next(
    place: Path, port: int
) -> None:
    key = place / "demo" / "secret-key"
    with running_empty(ourselves(place), port) as demo:
        first = words_until(demo, "Ctrl-C")
        kept = key.read_text()
        demo.kill()
        demo.wait()
    with running_empty(ourselves(place), port) as demo:
        assert words_until(demo, "Ctrl-C") == first
        assert key.read_text() == kept
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_port_in_use_is_named(place: Path, port: int) -> None:
    words = ("demo", "--data-dir", str(place / "data"), "--port", str(port))
    with socket.create_server(("127.0.0.1", port)):
        status, said = run(ourselves(place), *words)
    assert status == 1
    assert f"127.0.0.1:{port}" in said
    assert "--port" in said
    assert "Traceback" not in said


def test_the_web_searches_without_holding_what_compares_texts(place: Path, port: int) -> None:
    """One process of the site has loaded the compiler and the dictionary: not those of the web."""
    with running_empty(ourselves(place), port) as demo:
        words_until(demo, "Ctrl-C")
        assert "申报指南" in eventually_read(
            f"http://127.0.0.1:{port}/search/?q={quote('申报指南')}"
        )
        holding = {
            kind: any(holds_compiler(pid) for pid in pids_of(demo.pid, *mark))
            for kind, mark in {"web": ("--port", str(port)), "texts": ("texts",)}.items()
        }
        assert holding == {"web": False, "texts": True}


def eventually_read(address: str) -> str:
    """The page, once it is there: the process that searches is the last to start."""
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address) as answer:
                return str(answer.read().decode())
        except HTTPError as refusal:
            if refusal.status != 503 or time.monotonic() > limit:
                raise


def pids_of(launcher: int, *marks: str) -> list[int]:
    """Processes of the launcher with these words in their command lines, at least one."""
    pids = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
    found = [
        pid for pid in pids if set(marks) <= set(command_line(pid)) and launcher in line_of(pid)
    ]
    assert found
    return found


def line_of(pid: int) -> list[int]:
    """The process's forebears."""
    found = []
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        found.append(pid)
    return found


def holds_compiler(pid: int) -> bool:
    return "llvmlite" in Path(f"/proc/{pid}/maps").read_text()
