"""Is the server of this cluster alive? Never believed on a PID alone.

A PID file survives a crash and its number is soon another program's, so a
postmaster counts as ours only when its command line names our cluster.
"""

import os
import signal
import time
from pathlib import Path

import psycopg

from xinghai.config.errors import StartError


def recorded_pid(cluster: Path) -> int | None:
    try:
        first = (cluster / "postmaster.pid").read_text().splitlines()[0]
        return int(first)
    except (FileNotFoundError, IndexError, ValueError):
        return None


def command_line(pid: int) -> list[str]:
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return raw.decode(errors="replace").rstrip("\0").split("\0")


def living_postmaster(cluster: Path) -> int | None:
    """The PID of the postmaster that runs on this cluster now, or None."""
    pid = recorded_pid(cluster)
    if pid is None:
        return None
    arguments = command_line(pid)
    ours = str(cluster) in arguments and Path(arguments[0]).name == "postgres"
    return pid if ours else None


def answers(socket: Path, *, user: str, password: str, database: str = "postgres") -> bool:
    """Whether a server really answers a query on this socket."""
    try:
        with psycopg.connect(
            host=str(socket), user=user, password=password, dbname=database, connect_timeout=5
        ) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.Error:
        return False


def clear_stale_locks(cluster: Path, socket: Path) -> None:
    """Remove the PID files of a crashed server whose number now belongs to a stranger.

    PostgreSQL removes a file naming a dead process by itself, but refuses to
    start while the number is in use; also by the dead process, until init has
    taken notice of its end. Called only under our own lock, after every
    process that works in the cluster has gone.
    """
    if living_postmaster(cluster) is None:
        for lock in socket.glob(".s.PGSQL.*.lock"):
            lock.unlink(missing_ok=True)
    pid = recorded_pid(cluster)
    if pid is not None and Path(f"/proc/{pid}").exists() and living_postmaster(cluster) is None:
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def stop_orphan(cluster: Path) -> None:
    """Shut down a postmaster whose launcher was killed, and wait for its stray children."""
    pid = living_postmaster(cluster)
    if pid is not None:
        os.kill(pid, signal.SIGINT)
    if _wait_until_empty(cluster, seconds=20):
        return
    for stray in working_in(cluster):
        _signal(stray, signal.SIGQUIT)
    if not _wait_until_empty(cluster, seconds=10):
        raise StartError(
            f"数据库目录 {cluster} 仍被进程 {working_in(cluster)} 占用，无法启动。",
            f"Processes {working_in(cluster)} still work in the database directory {cluster}.",
        )


def working_in(cluster: Path) -> list[int]:
    """Server processes on this cluster: PostgreSQL's processes all work inside it."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.readlink(entry / "cwd") == str(cluster):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _wait_until_empty(cluster: Path, *, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while working_in(cluster):
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
