"""Keeps a handful of processes running, and ends them in order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

import structlog

from xinghai.config.errors import StartError
from xinghai.config.parent import HELD, WORD

log = structlog.get_logger()

# The first failure is most often chance, or a kill: no pause. Then each doubles the one before.
SECOND_PAUSE = 1.0
LONGEST_PAUSE = 30.0
TOO_MANY = 5
WITHIN_SECONDS = 60.0
END_SECONDS = 10.0


@dataclass
class Child:
    """One process to keep: how it starts, and when it last failed.

    Without one that is not `vital` most pages work: it is started again for ever.
    """

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    failures: list[float] = field(default_factory=list)
    next_start: float = 0.0
    vital: bool = True
    # Starts it so that it loads everything and then waits to be released.
    hold: Callable[[], subprocess.Popen[bytes]] | None = None

    def begin_held(self) -> None:
        """Let it load while something it needs is still being made."""
        if self.hold is not None and self.process is None:
            self.process = self.hold()

    def release(self) -> None:
        """Let it begin its work; one that has died meanwhile is started again by `revive`."""
        if self.process is not None and self.process.stdin is not None:
            with suppress(BrokenPipeError), self.process.stdin as words:
                words.write(WORD.encode())

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def note_failure(self, now: float) -> None:
        """Start again at once, and later after each further failure within a minute."""
        self.failures = [at for at in self.failures if now - at < WITHIN_SECONDS] + [now]
        before = len(self.failures) - 1
        pause = min(SECOND_PAUSE * 2 ** (before - 1), LONGEST_PAUSE) if before else 0.0
        self.next_start = now + pause


def command_child(
    name: str,
    command: Sequence[str],
    *,
    words: Path | None = None,
    environment: Mapping[str, str] | None = None,
    vital: bool = True,
) -> Child:
    """A child in a session of its own: Ctrl-C reaches it through us only.

    Its standard output is appended to the file `words`, or shown with ours; `environment` is
    what it finds beside our own.
    """

    def start(*, held: bool = False) -> subprocess.Popen[bytes]:
        with words.open("ab") if words else nullcontext(None) as out:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE if held else subprocess.DEVNULL,
                stdout=out,
                start_new_session=True,
                env=os.environ | (environment or {}) | ({HELD: "yes"} if held else {}),
            )

    return Child(name, start, vital=vital, hold=partial(start, held=True))


def watch(children: Sequence[Child]) -> None:
    """Run until interrupted; a child that keeps dying ends everything."""
    while True:
        for child in children:
            revive(child, now=time.monotonic())
        time.sleep(0.1)


def revive(child: Child, *, now: float) -> None:
    if child.running or now < child.next_start:
        return
    if child.process is not None:
        if child.vital and len(child.failures) >= TOO_MANY:
            raise StartError(
                f"进程 {child.name} 一分钟内多次异常退出，已全部停止；请查看上面的日志。",
                f"The process {child.name} died {TOO_MANY} times within a minute:"
                " everything is stopped; see the log above.",
            )
        log.warning("process_died", process=child.name, status=child.process.returncode)
        child.note_failure(now)
        _kill_session(child.process)
        child.process = None
        return
    child.process = child.start()


def end(children: Sequence[Child]) -> None:
    """Ask all to end, wait, then end by force what is left, with its own children."""
    started = [child.process for child in children if child.process is not None]
    for process in started:
        if process.poll() is None:
            process.terminate()
    limit = time.monotonic() + END_SECONDS
    for process in started:
        try:
            process.wait(max(0.1, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            _kill_session(process)
            process.wait()


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """A dead server's own workers would go on holding its port."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def interrupt_on_signals() -> None:
    """SIGTERM ends us as Ctrl-C does; also where a shell started us with SIGINT ignored."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)


def ignore_signals() -> None:
    """While we end, a second Ctrl-C must not leave processes behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
