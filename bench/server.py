"""The real web server and worker on the benchmark's database, and the processor time of each."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from bench.measuring import TICKS, backend_pid, stat_of
from xinghai.config.site_processes import CLI
from xinghai.config.web import is_healthy, web_command

HOST = "127.0.0.1"
LONGEST_START = 60


@dataclass(frozen=True)
class Site:
    """Roots of the three process trees."""

    port: int
    web: int
    worker: int
    database: int

    def seconds(self) -> tuple[float, float, float]:
        """Processor seconds so far of the web, the database and the worker."""
        return tuple(seconds_of_tree(pid) for pid in (self.web, self.database, self.worker))  # type: ignore[return-value]


@contextmanager
def running_site(port: int) -> Iterator[Site]:
    """The web with two processes, the process of texts and one worker, as `serve` starts them."""
    words = subprocess.DEVNULL
    folder = mkdtemp(prefix="xinghai-")
    asking = os.environ | {"XINGHAI_TEXTS": f"{folder}/texts"}
    command = web_command(host=HOST, port=port, workers=2)
    web = subprocess.Popen(command, stdout=words, env=asking)
    texts = subprocess.Popen([*CLI, "texts"], stdout=words, env=asking)
    worker = subprocess.Popen([*CLI, "worker"], stdout=words)
    try:
        limit = time.monotonic() + LONGEST_START
        while not is_healthy(HOST, port):
            if web.poll() is not None or time.monotonic() > limit:
                sys.exit("the site did not answer")
            time.sleep(0.2)
        yield Site(port, web.pid, worker.pid, stat_of(backend_pid()).parent)
    finally:
        for process in (web, texts, worker):
            process.terminate()
        for process in (web, texts, worker):
            process.wait(20)
        rmtree(folder, ignore_errors=True)


def seconds_of_tree(root: int) -> float:
    """Processor seconds of a process, its descendants, and those of them that have ended."""
    stats = {}
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            try:
                stats[int(place.name)] = stat_of(int(place.name))
            except (FileNotFoundError, ProcessLookupError):
                continue  # ended while we looked
    wanted = {root}
    while more := {pid for pid, one in stats.items() if one.parent in wanted} - wanted:
        wanted |= more
    return sum(stats[pid].own + stats[pid].ended for pid in wanted) / TICKS


def free_port() -> int:
    return 20000 + os.getpid() % 20000
