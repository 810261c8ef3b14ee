"""The directories of one embedded database and what is written down in them.

    <data>/database/            ours: lock, record.json, two password files
    <data>/database/server/     the server account's, 0700: programs, cluster, log

When the server's account cannot reach the data directory (it lies below /root,
say), no mode of any parent is changed: `server/` is placed under
/var/lib/xinghai instead, and the record says so.
"""

import fcntl
import json
import os
import secrets
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xinghai.config.database.account import Account, can_reach

FALLBACK_ROOT = Path("/var/lib/xinghai")
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432")


@dataclass
class Home:
    """Paths and secrets of the database of one data directory."""

    data_dir: Path
    _lock: int | None = field(default=None, repr=False)

    @property
    def root(self) -> Path:
        return self.data_dir / "database"

    @property
    def server(self) -> Path:
        return self.root / self.record()["server"]

    @property
    def cluster(self) -> Path:
        return self.server / "cluster"

    @property
    def socket(self) -> Path:
        return Path(self.record()["socket"])

    @property
    def exists(self) -> bool:
        return "server" in self.record()

    def record(self) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = json.loads((self.root / "record.json").read_text())
        except FileNotFoundError:
            return {}
        return answer

    def note(self, **facts: Any) -> None:
        """Write facts into the record, replacing the file in one step."""
        draft = self.root / "record.json.new"
        draft.write_text(json.dumps(self.record() | facts, indent=1))
        draft.replace(self.root / "record.json")

    def prepare(self, account: Account) -> None:
        """Make the directories this database needs; existing ones keep their modes."""
        make_directory(self.data_dir, account)
        make_directory(self.root, account)
        if not self.exists:
            self.note(server=str(self._place_server(account)))
        self.server.mkdir(mode=0o700, parents=True, exist_ok=True)
        account.own(self.server)
        self._prepare_socket(account)

    def secret(self, name: str) -> str:
        """A random password kept in a file only we can read; made on first use."""
        path = self.root / f"{name}-password"
        return keep_secret(path, secrets.token_urlsafe(32))

    def lock(self) -> bool:
        """Claim this database until we end, however we end; False when somebody has it."""
        handle = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._lock = handle
        return True

    def unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _place_server(self, account: Account) -> Path:
        """Relative when it lies below us, so that a stopped data directory may be moved."""
        if can_reach(account, self.root):
            return Path("server")
        FALLBACK_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
        return FALLBACK_ROOT / f"{self.data_dir.name}-{secrets.token_hex(6)}"

    def _prepare_socket(self, account: Account) -> None:
        """A short private directory; one that somebody else made under our name is left alone."""
        known = self.record().get("socket")
        if known and _is_private(Path(known), account):
            return
        base = _runtime_directory(account)
        fresh = base / f"xinghai-{secrets.token_hex(6)}"
        fresh.mkdir(mode=0o700)
        account.own(fresh)
        self.note(socket=str(fresh))

    def remove_socket_directory(self) -> None:
        shutil.rmtree(self.socket, ignore_errors=True)


def make_directory(path: Path, account: Account) -> None:
    """Create a directory of ours: passable for the server's account, readable for nobody."""
    if path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir()
    path.chmod(0o711 if account.switch else 0o700)


def keep_secret(path: Path, fresh: str) -> str:
    """The secret stored in this file, which is created with `fresh` and mode 0600 if absent."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(fresh)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _runtime_directory(account: Account) -> Path:
    offered = os.environ.get("XDG_RUNTIME_DIR", "")
    fits = 0 < len(offered.encode()) <= LONGEST_SOCKET - len("/xinghai-") - 12
    if fits and not account.switch and os.access(offered, os.W_OK | os.X_OK):
        return Path(offered)
    return Path("/tmp")  # noqa: S108  the directory inside has a random name and mode 0700


def _is_private(path: Path, account: Account) -> bool:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == account.uid
        and stat.S_IMODE(found.st_mode) == 0o700
    )
