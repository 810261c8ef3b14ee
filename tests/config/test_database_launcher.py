"""The embedded database: private, durable, ours alone, and back after a crash."""

import os
import pwd
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from xinghai.config.database.binaries import OLDEST, SYSTEM_ROOT, find_binaries, read_version
from xinghai.config.database.launcher import Database, borrow, start
from xinghai.config.database.process import living_postmaster, recorded_pid
from xinghai.config.database.roles import EXTENSIONS
from xinghai.config.errors import StartError

Start = Callable[..., Database]
INSTALLED = [
    str(bin_dir)
    for bin_dir in (find_binaries(setting="").bin, *sorted(SYSTEM_ROOT.glob("*/bin")))
    if (read_version(bin_dir) or (0,))[0] >= OLDEST
]


def application(
    database: Database, name: str = "xinghai", *, user: str = "xinghai", password: str = ""
) -> psycopg.Connection:
    home = database.server.home
    return psycopg.connect(
        host=str(home.socket),
        dbname=name,
        autocommit=True,
        user=user,
        password=password or home.secret("application"),
    )


def admin(database: Database) -> dict[str, str]:
    return {"user": "xinghai_admin", "password": database.server.home.secret("admin")}


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def kill_hard(database: Database) -> None:
    assert database.server.process is not None
    database.server.process.kill()
    database.server.process.wait()


def test_passwords_are_asked_for_and_kept_by_scram(started: Start) -> None:
    database = started()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        application(database, password="guess")
    with application(database, "postgres", **admin(database)) as connection:
        rows = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
        rules = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
    assert {secret.split("$")[0] for (secret,) in rows} == {"SCRAM-SHA-256"}
    assert rules == [("scram-sha-256",)]


def test_nothing_is_open_to_other_accounts(started: Start) -> None:
    home = started().server.home
    private = {home.server: 0o700, home.cluster: 0o700, home.socket: 0o700}
    secret = {home.root / "admin-password": 0o600, home.root / "application-password": 0o600}
    assert {path: mode_of(path) for path in private | secret} == private | secret
    assert (home.root / "admin-password").stat().st_uid == os.geteuid()
    assert not (home.server / "initial-password").exists()


def test_the_server_listens_on_its_private_socket_only(started: Start) -> None:
    database = started()
    home = database.server.home
    with application(database, "postgres", **admin(database)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW unix_socket_directories").fetchone() == (str(home.socket),)
    assert len(f"{home.socket}/.s.PGSQL.5432") <= 107


def test_another_account_cannot_reach_the_socket(started: Start) -> None:
    home = started().server.home
    if os.geteuid() != 0:
        assert home.socket.lstat().st_uid == os.geteuid()
        return
    nobody = pwd.getpwnam("nobody")
    looked = subprocess.run(
        ["/bin/ls", str(home.socket)],
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
        capture_output=True,
        check=False,
    )
    assert looked.returncode != 0


def test_the_cluster_is_durable_and_sorts_the_same_everywhere(started: Start) -> None:
    with application(started()) as connection:
        promised = {
            name: connection.execute(f"SHOW {name}").fetchone()
            for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
        }
        locale = connection.execute(
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding)"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert set(promised.values()) == {("on",)}
    assert locale == ("b", "C.UTF-8", "UTF8")


@pytest.mark.parametrize("programs", INSTALLED)
def test_every_installed_version_serves(
    programs: str, started: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINGHAI_PG_BIN", programs)
    with application(started()) as connection:
        connection.execute("CREATE TABLE word AS SELECT '指南' AS text")
        found = connection.execute("SELECT length(text) FROM word").fetchone()
        checksums = connection.execute("SHOW data_checksums").fetchone()
    assert (found, checksums) == ((2,), ("on",))


def test_the_application_owns_its_database_and_nothing_else(started: Start) -> None:
    with application(started()) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        connection.execute("CREATE TABLE probe (id int)")
        extensions = connection.execute("SELECT extname FROM pg_extension").fetchall()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE ROLE intruder SUPERUSER")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SET session_replication_role = replica")
    assert rights == (False, False, False, False, False)
    assert set(EXTENSIONS) <= {name for (name,) in extensions}


def test_a_second_start_keeps_data_and_password(started: Start) -> None:
    first = started()
    with application(first) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'receipt' AS word")
    url = first.url
    first.stop()
    second = started()
    assert second.url == url
    with application(second) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("receipt",)


def test_a_stopped_data_directory_may_be_moved_with_its_programs(
    started: Start, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XINGHAI_PG_BIN")
    first = started()
    with application(first) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    first.stop()
    (place / "data").rename(place / "moved")
    with application(started(place / "moved")) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_two_starts_on_one_directory_are_refused(started: Start, place: Path) -> None:
    started()
    with pytest.raises(StartError, match="already runs the database"):
        start(place / "data")


def test_a_running_database_is_borrowed_and_left_running(started: Start, place: Path) -> None:
    database = started()
    with borrow(place / "data") as url:
        assert url == database.url
    assert database.alive


def test_a_stopped_database_is_borrowed_and_stopped_again(place: Path) -> None:
    with borrow(place / "data") as url:
        assert url.startswith("postgres://xinghai:")
    assert living_postmaster(place / "data" / "database" / "server" / "cluster") is None


def test_what_was_committed_survives_kill_9(started: Start) -> None:
    database = started()
    with application(database) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        kill_hard(database)
    assert not database.alive
    database.restart()
    with application(database) as connection:
        assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)


def test_a_stale_lock_naming_a_reused_process_number_is_recovered(started: Start) -> None:
    """The number in the file lives, as a stranger of the same account: PID checks alone err."""
    database = started()
    server = database.server
    kill_hard(database)
    stranger = subprocess.Popen(["/bin/sleep", "60"], **server.account.popen_arguments())
    try:
        lock = server.home.cluster / "postmaster.pid"
        lines = lock.read_text().splitlines()
        lock.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert recorded_pid(server.home.cluster) == stranger.pid
        socket_lock = server.home.socket / ".s.PGSQL.5432.lock"
        socket_lock.write_text(lock.read_text())
        server.account.own(socket_lock)
        assert living_postmaster(server.home.cluster) is None
        database.restart()
        assert database.alive
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


ORPHAN = """
import os, sys, time
from pathlib import Path
from xinghai.config.database.binaries import OLDEST, SYSTEM_ROOT, find_binaries, read_version
from xinghai.config.database.launcher import start
database = start(Path(sys.argv[1]))
print(database.server.process.pid, flush=True)
time.sleep(60)
"""


def test_a_killed_launcher_takes_its_server_with_it(started: Start, place: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(place / "data")], stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout is not None
    postmaster = int(launcher.stdout.readline())
    os.kill(launcher.pid, signal.SIGKILL)
    launcher.wait()
    launcher.stdout.close()
    database = started()
    assert database.server.process is not None
    assert recorded_pid(database.server.home.cluster) == database.server.process.pid != postmaster


def test_a_taken_socket_directory_is_not_trusted(started: Start) -> None:
    """Somebody who guesses our name in /tmp gets no connection of ours."""
    first = started()
    home = first.server.home
    first.stop()
    taken = home.socket
    taken.rmdir()
    taken.mkdir(mode=0o777)
    taken.chmod(0o777)
    try:
        assert started().server.home.socket != taken
    finally:
        taken.rmdir()


def test_an_unreachable_directory_is_left_as_it_is(started: Start, place: Path) -> None:
    """Below a private directory the server lives elsewhere; no parent's mode changes."""
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    database = started(closed / "data")
    home = database.server.home
    assert mode_of(closed) == 0o700
    assert home.server.is_relative_to(closed) == (os.geteuid() != 0)
    with application(database) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    database.stop()
    subprocess.run(["rm", "-rf", "--", str(home.server)], check=True)


def test_the_server_never_runs_as_root(started: Start) -> None:
    process = started().server.process
    assert process is not None
    assert Path(f"/proc/{process.pid}").stat().st_uid != 0


def test_programs_of_another_version_are_refused(started: Start) -> None:
    first = started()
    first.stop()
    (first.server.home.cluster / "PG_VERSION").write_text("14\n")
    with pytest.raises(StartError, match="made by PostgreSQL 14"):
        started()


def test_a_crash_while_initialising_leaves_nothing_in_the_way(started: Start, place: Path) -> None:
    database = started()
    database.stop()
    home = database.server.home
    home.cluster.rename(home.server / "cluster.new")
    assert started().alive
