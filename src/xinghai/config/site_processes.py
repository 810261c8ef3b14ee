"""The database, the web and the worker as one thing that starts, is watched, and stops."""

import atexit
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import structlog

from xinghai.config.database.account import server_account
from xinghai.config.database.home import Home
from xinghai.config.database.launcher import Database, database_url, start
from xinghai.config.environment import claim_data_dir, establish
from xinghai.config.errors import StartError
from xinghai.config.parent import HELD, WORD
from xinghai.config.phases import mark
from xinghai.config.supervisor import (
    Child,
    command_child,
    end,
    ignore_signals,
    interrupt_on_signals,
    revive,
    watch,
)
from xinghai.config.web import require_free_port, wait_until_healthy

log = structlog.get_logger()

CLI = (sys.executable, "-m", "xinghai.config.cli")
# A socket's whole name has 107 bytes.
LONGEST_SOCKET = 100


Prepare = Callable[[Database | None, Child], None]


@dataclass(frozen=True)
class Site:
    """What one start of the site is made of."""

    data_dir: Path
    host: str
    port: int
    mode: str
    web_workers: int = 2
    with_worker: bool = True
    # What lays the ground of a data directory, before its database starts.
    found: Callable[[], None] = lambda: None
    # What can begin to load before its database answers.
    load: Callable[[], None] = lambda: None


def run_site(site: Site, *, prepare: Prepare, announce: Callable[[], None]) -> None:
    """Start everything, say so, keep it running until Ctrl-C or SIGTERM, stop it cleanly."""
    interrupt_on_signals()
    require_free_port(site.host, site.port)
    claim_data_dir(site.data_dir, site.mode)
    try:
        with _database(site) as database:
            ours = _children(site)
            try:
                prepare(database, ours[0])
                mark("schema, files and story made, unless copied")
                _keep_running(site, [_database_child(database)] if database else [], ours, announce)
            finally:
                ignore_signals()
                end(ours)
    except KeyboardInterrupt:
        log.info("stopped")


def _keep_running(
    site: Site, database: list[Child], ours: list[Child], announce: Callable[[], None]
) -> None:
    def look_after() -> None:
        """The address first: the others would only take its processor from it."""
        for child in (*database, *ours[:1]):
            revive(child, now=time.monotonic())

    ours[0].release()
    wait_until_healthy(site.host, site.port, meanwhile=look_after)
    mark("web answers")
    announce()
    watch([*database, *ours])


@contextmanager
def _database(site: Site) -> Iterator[Database | None]:
    """The embedded database; None where one is given, which is not ours to keep."""
    given = os.environ.get("DATABASE_URL")
    if given:
        establish(site.data_dir, database_url=given, mode=site.mode)
        yield None
        return
    mark("launcher loaded")
    site.found()
    mark("prepared state copied, if there is one")
    home = Home(site.data_dir.resolve())
    home.prepare(server_account())
    establish(site.data_dir, database_url=database_url(home), mode=site.mode)
    site.load()
    database = start(site.data_dir)
    mark("database made and started")
    try:
        yield database
    finally:
        ignore_signals()
        database.stop()


def _database_child(database: Database) -> Child:
    def restart() -> subprocess.Popen[bytes]:
        return database.restart()

    return Child("database", restart, database.server.process)


def _children(site: Site) -> list[Child]:
    os.environ["XINGHAI_SUPERVISED"] = str(os.getpid())
    place = ["--host", site.host, "--port", str(site.port)]
    web = [*CLI, "web", *place, "--web-workers", str(site.web_workers)]
    socket = _socket_of(site)
    commands = {"web": (web, socket), "texts": ([*CLI, "texts"], socket)}
    if site.with_worker:
        commands["worker"] = ([*CLI, "worker"], {"MALLOC_ARENA_MAX": _arenas()})
    return [
        command_child(
            name,
            command,
            words=_words_of(site, name),
            environment=environment,
            vital=name != "texts",
        )
        for name, (command, environment) in commands.items()
    ]


def _socket_of(site: Site) -> dict[str, str]:
    """Where the web asks the process that compares texts: a directory for this account alone."""
    folder = site.data_dir / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET:
        folder = Path(mkdtemp(prefix="xinghai-"))
        atexit.register(rmtree, folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return {"XINGHAI_TEXTS": str(folder / "texts")}


def _arenas() -> str:
    """How many heaps the threads of the worker share, unless the operator says.

    The C library gives each thread one of its own, up to eight a core, and keeps what a job freed.
    """
    return os.environ.get("MALLOC_ARENA_MAX", "2")


def _words_of(site: Site, name: str) -> Path | None:
    """The demonstration keeps what its processes print (mails, for one) in files."""
    if site.mode != "demo":
        return None
    folder = site.data_dir / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{name}.txt"


def begin(command: list[str], *, held: bool = False) -> subprocess.Popen[str]:
    """Start one preparing process; `held`, it loads what it can and waits to be released."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | ({HELD: "yes"} if held else {}),
        text=True,
    )


def wait_until_loaded(process: subprocess.Popen[str]) -> None:
    """Return when a held process says that it has loaded; also when it has ended instead."""
    assert process.stdout is not None  # noqa: S101  it is a pipe: `begin` made it
    process.stdout.readline()


def run_to_end(process: subprocess.Popen[str]) -> str:
    """Release one preparing process; its words go to the operator when it fails."""
    said, complaints = process.communicate(WORD)
    if process.returncode != 0:
        words = (said + complaints).strip()[-4000:]
        raise StartError(f"准备工作失败：\n{words}", "The preparation failed, see above.")
    return said
