"""`xinghai demo`: starts, answers, survives its children and stops, whoever starts it."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.config.accounts import Interpreter
from xinghai.config.database.process import command_line, working_in

CLI = ("-m", "xinghai.config.cli")
PATIENCE = 60


@contextmanager
def running_demo(interpreter: Interpreter, port: int) -> Iterator[subprocess.Popen[str]]:
    data_dir = interpreter.home / "demo"
    words = [*CLI, "demo", "--data-dir", str(data_dir), "--port", str(port)]
    demo = interpreter.popen(*words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield demo
    finally:
        if demo.poll() is None:
            demo.terminate()
            demo.wait(PATIENCE)
        if demo.stdout:
            demo.stdout.close()


def words_until_ready(demo: subprocess.Popen[str]) -> str:
    said = ""
    assert demo.stdout is not None
    for line in demo.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    raise AssertionError(f"the demo ended early:\n{said}")


def health(port: int) -> object:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/", timeout=10) as answer:
        return json.load(answer)


def processes_naming(folder: Path) -> list[list[str]]:
    lines = [command_line(int(entry.name)) for entry in Path("/proc").glob("[0-9]*")]
    return [words for words in lines if any(str(folder) in word for word in words)]


def test_the_demo_starts_answers_and_stops_on_ctrl_c(interpreter: Interpreter, port: int) -> None:
    with running_demo(interpreter, port) as demo:
        said = words_until_ready(demo)
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


def me(home: Path) -> Interpreter:
    return Interpreter([sys.executable], dict(os.environ), {}, home)


def kill_process_naming(*marks: str) -> None:
    """Kill the session leader whose command line holds all these words."""
    found = [
        pid
        for entry in Path("/proc").glob("[0-9]*")
        if set(marks) <= set(command_line(pid := int(entry.name))) and os.getsid(pid) == pid
    ]
    assert len(found) == 1
    os.kill(found[0], signal.SIGKILL)


def eventually_healthy(port: int) -> bool:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        try:
            return health(port) == {"database": "ok"}
        except OSError:
            time.sleep(0.2)
    return False


def test_whatever_dies_is_started_again(place: Path, port: int) -> None:
    cluster = place / "demo" / "database" / "server" / "cluster"
    with running_demo(me(place), port) as demo:
        words_until_ready(demo)
        kill_process_naming("--port", str(port), "xinghai.config.wsgi:application")
        assert eventually_healthy(port)
        kill_process_naming("-D", str(cluster))
        assert eventually_healthy(port)
        assert demo.poll() is None


def test_a_killed_demo_leaves_nothing_behind_and_its_data_to_the_next(
    place: Path, port: int
) -> None:
    key = place / "demo" / "secret-key"
    with running_demo(me(place), port) as demo:
        first = words_until_ready(demo)
        kept = key.read_text()
        demo.kill()
        demo.wait()
    with running_demo(me(place), port) as demo:
        assert words_until_ready(demo).splitlines()[-6:] == first.splitlines()[-6:]
        assert key.read_text() == kept
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def run(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *CLI, *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_port_in_use_is_named(place: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        status, said = run("demo", "--data-dir", str(place / "data"), "--port", str(port))
    assert status == 1
    assert f"127.0.0.1:{port}" in said
    assert "--port" in said
    assert "Traceback" not in said


def test_demonstration_data_is_never_served(place: Path, port: int) -> None:
    """Its accounts have passwords anybody can read."""
    (place / "mode").write_text("demo")
    status, said = run("serve", "--data-dir", str(place), "--port", str(port))
    assert status == 1
    assert "made for demo" in said
