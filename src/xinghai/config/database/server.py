"""One PostgreSQL server: initialised, started as our child, stopped."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from xinghai.config.database.account import Account
from xinghai.config.database.binaries import Binaries
from xinghai.config.database.home import Home
from xinghai.config.database.process import (
    answers,
    clear_stale_locks,
    stop_orphan,
)
from xinghai.config.errors import StartError
from xinghai.config.parent import end_fast_with_parent

ADMIN = "xinghai_admin"
FAST_STOP_SECONDS = 20
START_SECONDS = 60

# What the launcher decides at every start; the rest is the operator's, in postgresql.conf.
HELD = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "external_pid_file": "",
}
FIRST_CONFIGURATION = """
# Written once by xinghai; change what you need, then restart.
max_connections = 100
shared_buffers = 128MB
timezone = 'UTC'
log_timezone = 'UTC'
jit = off
password_encryption = 'scram-sha-256'
logging_collector = on
log_directory = '../log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_size = 0
"""


@dataclass
class Server:
    """The server of one home, run by one set of programs as one account."""

    home: Home
    binaries: Binaries
    account: Account
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def initialised(self) -> bool:
        return (self.home.cluster / "PG_VERSION").is_file()

    def initialise(self) -> None:
        """Make the cluster beside its final place and move it there whole."""
        draft = self.home.server / "cluster.new"
        subprocess.run(["rm", "-rf", "--", str(draft)], check=True)
        secret_file = self.home.server / "initial-password"
        handle = os.open(secret_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(self.home.secret("admin"))
        self.account.own(secret_file)
        try:
            self._run_initdb(draft, secret_file)
        finally:
            secret_file.unlink()
        with (draft / "postgresql.conf").open("a") as configuration:
            configuration.write(FIRST_CONFIGURATION)
        draft.rename(self.home.cluster)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the postmaster as our child and return it when it answers."""
        self._check_version()
        stop_orphan(self.home.cluster)
        clear_stale_locks(self.home.cluster, self.home.socket)
        log = self.home.server / "log"
        log.mkdir(mode=0o700, exist_ok=True)
        self.account.own(log)
        # A session of its own: Ctrl-C must reach the database last, and through us.
        with (self.home.root / "start.log").open("wb") as words:
            self.process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                cwd=self.home.server,
                env=clean_environment(),
                start_new_session=True,
                preexec_fn=end_fast_with_parent,
                **self.account.popen_arguments(),
            )
        self._wait_until_it_answers(self.process)
        return self.process

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is kept."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(FAST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(FAST_STOP_SECONDS)

    def _command(self) -> list[str]:
        held = HELD | {"unix_socket_directories": str(self.home.socket)} | self.extra
        settings = [word for name, value in held.items() for word in ("-c", f"{name}={value}")]
        return [self.binaries.program("postgres"), "-D", str(self.home.cluster), *settings]

    def _run_initdb(self, target: Path, secret_file: Path) -> None:
        command = [
            self.binaries.program("initdb"),
            f"--pgdata={target}",
            f"--username={ADMIN}",
            f"--pwfile={secret_file}",
            "--auth-local=scram-sha-256",
            "--auth-host=scram-sha-256",
            "--data-checksums",
            "--encoding=UTF8",
            "--no-instructions",
            *locale_options(self.binaries.major),
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=self.home.server,
            env=clean_environment(),
            check=False,
            **self.account.popen_arguments(),
        )
        if done.returncode != 0:
            words = (done.stderr or done.stdout).strip()
            raise StartError(f"数据库初始化失败：{words}", f"initdb failed: {words}")

    def _check_version(self) -> None:
        made_by = int((self.home.cluster / "PG_VERSION").read_text().split(".")[0])
        if made_by != self.binaries.major:
            raise StartError(
                f"数据由 PostgreSQL {made_by} 建立，而现有程序为 {self.binaries.major}"
                f"（{self.binaries.bin}）；"
                f"请用 XINGHAI_PG_BIN 指定 {made_by} 的程序，或先升级数据。",
                f"The data was made by PostgreSQL {made_by}, the programs at hand are"
                f" {self.binaries.major} ({self.binaries.bin}): name programs of version"
                f" {made_by} in XINGHAI_PG_BIN, or upgrade the data first.",
            )

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        password = self.home.secret("admin")
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit:
            if process.poll() is not None:
                break
            if answers(self.home.socket, user=ADMIN, password=password):
                return
            time.sleep(0.03)
        self.stop()
        words = (self.home.root / "start.log").read_text(errors="replace").strip()[-2000:]
        raise StartError(
            f"数据库未能启动（另见 {self.home.server / 'log'}）：{words}",
            f"The database did not start (see also {self.home.server / 'log'}): {words}",
        )


def clean_environment() -> dict[str, str]:
    """No PG* variable of the caller may steer the server."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C"}


def locale_options(major: int) -> list[str]:
    """The built-in C.UTF-8 from 17 on; before, the C library's, or plain C where it lacks one."""
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    try:
        answer = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
        names = {name.lower() for name in answer.stdout.split()}
    except FileNotFoundError:
        names = set()
    known = names & {"c.utf-8", "c.utf8"}
    return ["--locale-provider=libc", f"--locale={'C.UTF-8' if known else 'C'}"]
