"""The two doors: `start` claims and runs a database, `borrow` uses one, running or not."""

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from xinghai.config.database.account import server_account
from xinghai.config.database.binaries import Binaries, find_binaries, keep_copy, read_version
from xinghai.config.database.home import Home
from xinghai.config.database.process import answers
from xinghai.config.database.roles import APPLICATION, DATABASE, make_roles_and_database
from xinghai.config.database.server import ADMIN, Server
from xinghai.config.errors import StartError

BORROW_SECONDS = 30


@dataclass
class Database:
    """A running embedded database that this process holds."""

    server: Server

    @property
    def url(self) -> str:
        return database_url(self.server.home)

    @property
    def alive(self) -> bool:
        return self.server.process is not None and self.server.process.poll() is None

    def restart(self) -> subprocess.Popen[bytes]:
        """Start again after the postmaster died; it recovers from its log by itself."""
        return self.server.start()

    def stop(self) -> None:
        self.server.stop()
        self.server.home.unlock()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop in order for a while: nothing writes, and the directory stays ours."""
        self.server.stop()
        try:
            yield
        finally:
            self.server.start()


def start(
    data_dir: Path, *, extra: Mapping[str, str] | None = None, may_create: bool = False
) -> Database:
    """Run the database of this data directory as our child; refuse when another has it."""
    account = server_account()
    home = Home(data_dir.resolve())
    home.prepare(account)
    if not home.lock():
        raise StartError(
            f"数据目录 {home.data_dir} 的数据库已由另一个 xinghai 进程启动；"
            "请先停止它，或用 --data-dir 另选目录。",
            f"Another xinghai process already runs the database of {home.data_dir}:"
            " stop it first, or choose another directory with --data-dir.",
        )
    server = Server(home, _programs(home), account, dict(extra or {}))
    try:
        if not server.initialised:
            account.own_tree(home.server)
            server.initialise()
        server.start()
        make_roles_and_database(
            home.socket,
            admin=ADMIN,
            admin_password=home.secret("admin"),
            password=home.secret("application"),
            may_create=may_create,
        )
    except BaseException:
        server.stop()
        home.unlock()
        raise
    return Database(server)


@contextmanager
def borrow(data_dir: Path) -> Iterator[str]:
    """The URL of this data directory's database, started for the while when nobody runs it."""
    home = Home(data_dir.resolve())
    if home.exists and not _is_free(home):
        _wait_for(home)
        yield database_url(home)
        return
    database = start(data_dir)
    try:
        yield database.url
    finally:
        database.stop()


def database_url(home: Home) -> str:
    """`postgres://user:password@//socket/directory/database`, as django-environ reads it."""
    password = quote(home.secret("application"), safe="")
    return f"postgres://{APPLICATION}:{password}@/{home.socket}/{DATABASE}"


def _programs(home: Home) -> Binaries:
    """A cluster keeps the programs it was made with; a new one gets those found now."""
    kept = home.record().get("programs")
    if kept:
        version = read_version(home.server / kept)
        if version:
            return Binaries(home.server / kept, version, "copy")
    binaries = keep_copy(find_binaries(), home.server / "programs")
    ours = binaries.origin == "copy"
    home.note(programs=str(binaries.bin.relative_to(home.server)) if ours else "")
    return binaries


def _is_free(home: Home) -> bool:
    if not home.lock():
        return False
    home.unlock()
    return True


def _wait_for(home: Home) -> None:
    limit = time.monotonic() + BORROW_SECONDS
    password = home.secret("application")
    while not answers(home.socket, user=APPLICATION, password=password, database=DATABASE):
        if time.monotonic() > limit:
            raise StartError(
                f"{home.data_dir} 的数据库由另一个进程持有，但没有应答。",
                f"Another process holds the database of {home.data_dir}, but it does not answer.",
            )
        time.sleep(0.1)
