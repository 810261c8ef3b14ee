"""`xinghai demo`: starts, answers, survives its children and stops, whoever starts it."""

import json
import os
import signal
import socket
import subprocess
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
