"""The `xinghai` command as a process of its own, watched from outside."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.config.accounts import Interpreter
from xinghai.config.database.launcher import Database
from xinghai.config.database.process import command_line

CLI = ("-m", "xinghai.config.cli")
PATIENCE = 60


@contextmanager
def running(interpreter: Interpreter, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The command while the test looks at it; ended with the test, however that ends."""
    process = interpreter.popen(
        *CLI, *words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)
        if process.stdout:
            process.stdout.close()


def run(interpreter: Interpreter, *words: str) -> tuple[int, str]:
    """Run the command to its end: its status, and what it said on stderr."""
    process = interpreter.popen(*CLI, *words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def words_until(process: subprocess.Popen[str], mark: str) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if mark in line:
            return said
    raise AssertionError(f"ended early:\n{said}")


def health(port: int) -> object:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/", timeout=10) as answer:
        return json.load(answer)


def eventually_healthy(port: int) -> bool:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        try:
            return health(port) == {"database": "ok"}
        except OSError:
            time.sleep(0.2)
    return False


def processes_naming(folder: Path) -> list[list[str]]:
    lines = [command_line(int(entry.name)) for entry in Path("/proc").glob("[0-9]*")]
    return [words for words in lines if any(str(folder) in word for word in words)]


def kill_process_naming(*marks: str) -> None:
    """Kill the session leader whose command line holds all these words."""
    found = [
        pid
        for entry in Path("/proc").glob("[0-9]*")
        if set(marks) <= set(command_line(pid := int(entry.name))) and os.getsid(pid) == pid
    ]
    assert len(found) == 1
    os.kill(found[0], signal.SIGKILL)


def connected(database: Database) -> psycopg.Connection:
    """A connection to a started database, as the application."""
    home = database.server.home
    return psycopg.connect(
        host=str(home.socket),
        dbname="xinghai",
        user="xinghai",
        password=home.secret("application"),
    )
