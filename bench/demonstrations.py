"""The demonstration as somebody starts it, for benchmarks of starting and of memory."""

import itertools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from bench.measuring import stat_of
from bench.server import HOST, seconds_of_tree
from xinghai.config.demonstration.sign_ins import SIGN_INS

PATIENCE = 180.0
LINK = re.compile(r'href="(/[^"#]*)"')


@dataclass
class Demonstration:
    """One running demonstration: its launcher, and how long the address took."""

    program: Path
    data_dir: Path
    port: int
    environment: dict[str, str]
    launcher: subprocess.Popen[str]
    wall: float
    processor: float

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def tree(self) -> dict[int, str]:
        """Every process of it, by a word for what it is."""
        parents, names = {}, {}
        for place in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(place.name)] = stat_of(int(place.name)).parent
                words = (place / "cmdline").read_bytes().decode(errors="replace").split("\0")
                names[int(place.name)] = words
            except (FileNotFoundError, ProcessLookupError):
                continue  # ended while we looked
        ours = {self.launcher.pid}
        while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
            ours |= more
        return {pid: kind_of(names[pid], names[parents[pid]]) for pid in ours}

    def of_kind(self, kind: str) -> list[int]:
        return [pid for pid, one in self.tree().items() if one == kind]

    def seconds_until(self, path: str = "/healthz/") -> float:
        """How long until a page answers with 200."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                    if answer.status == 200:
                        return time.monotonic() - began
            except OSError:
                time.sleep(0.02)
        raise SystemExit(f"{path} did not answer")

    def kill(self, *kinds: str) -> int:
        """End all processes of these kinds (of every kind when none is named) without a warning.

        Parents first: they must not start again what is about to go.
        """
        found = sorted(pid for pid, one in self.tree().items() if not kinds or one in kinds)
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(found)

    def kill_all(self) -> None:
        """End every process, the launcher and the database too, and wait until they are gone."""
        ours = self.tree()
        self.kill()
        self.launcher.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in ours):
            time.sleep(0.05)

    def phases(self) -> list[tuple[str, float]]:
        """Each phase of the start with its seconds, as the launcher noted them."""
        lines = Path(self.environment["XINGHAI_PHASES"]).read_text().splitlines()
        moments = [(float(line.split(" ", 1)[0]), line.split(" ", 1)[1]) for line in lines]
        return [
            (phase, moment - before)
            for (before, _former), (moment, phase) in itertools.pairwise(moments)
        ]

    def stop(self) -> None:
        self.launcher.send_signal(signal.SIGTERM)
        self.launcher.wait(60)
        assert self.launcher.stdout is not None
        self.launcher.stdout.close()


def kind_of(words: list[str], parent: list[str]) -> str:
    """Which process this is by its command line; the web's own children by their parent's."""
    line, is_web = " ".join(words), "xinghai.config.wsgi:application"
    if is_web in line:
        return "web process" if is_web in " ".join(parent) else "web server"
    for kind in ("texts", "worker", "demo"):
        if kind in words:
            return {"demo": "launcher"}.get(kind, kind)
    return "database"


@contextmanager
def place() -> Iterator[Path]:
    """A directory of its own, with a cache of prepared states that is empty."""
    folder = Path(tempfile.mkdtemp(prefix="xinghai-start-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def begin(program: Path, data_dir: Path, cache: Path, port: int) -> Demonstration:
    """Start `./xinghai demo` of a checkout and wait for the address; bytecode is warm."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XINGHAI_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"):
        kept.pop(name, None)
    bytecode = Path.home() / ".cache" / "xinghai" / "bytecode"
    environment = {"PYTHONPYCACHEPREFIX": str(bytecode)} | kept
    environment |= {"XDG_CACHE_HOME": str(cache), "XINGHAI_PHASES": str(data_dir) + "-phases"}
    Path(environment["XINGHAI_PHASES"]).write_text(f"{time.monotonic():.3f} begin\n")
    began = time.monotonic()
    launcher = subprocess.Popen(
        [str(program / "xinghai"), "demo", "--data-dir", str(data_dir), "--port", str(port)],
        cwd=program,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert launcher.stdout is not None
    for line in launcher.stdout:
        if "Ctrl-C" in line:
            wall, processor = time.monotonic() - began, seconds_of_tree(launcher.pid)
            return Demonstration(program, data_dir, port, environment, launcher, wall, processor)
    raise SystemExit("the demonstration ended before it was there")


def walk(site: Demonstration, *, pages: int) -> int:
    """Enter in each role and follow links, so many pages each; return how many were read."""
    read = 0
    for one in SIGN_INS:
        visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = _read(visitor, site.address + "/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        words = {"csrfmiddlewaretoken": token[1], "login": one.username, "password": one.password}
        headers = {"Referer": site.address}
        entering = urllib.request.Request(
            site.address + "/account/login/", urlencode(words).encode(), headers
        )
        with visitor.open(entering, timeout=60) as answer:
            waiting, seen = LINK.findall(answer.read().decode()), {"/account/logout/"}
        while waiting and len(seen) < pages:
            path = waiting.pop(0)
            if path in seen or path.startswith(("/static/", "/account/")):
                continue
            seen.add(path)
            waiting += LINK.findall(_read(visitor, site.address + path))
            read += 1
    return read


def _read(visitor: urllib.request.OpenerDirector, address: str) -> str:
    try:
        with visitor.open(address, timeout=60) as answer:
            return answer.read().decode(errors="replace")
    except urllib.error.HTTPError as refusal:
        if refusal.code >= 500:
            print(f"  {refusal.code} at {address}")
        return ""
