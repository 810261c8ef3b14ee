"""Which operating-system account the server runs as, and what that account can reach."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinghai.config.errors import StartError


@dataclass(frozen=True)
class Account:
    """The account of the server; `switch` when we are root and must become it."""

    name: str
    uid: int
    gid: int
    switch: bool

    def popen_arguments(self) -> dict[str, Any]:
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand one file or directory of ours to the account; links are not followed."""
        if self.switch:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def own_tree(self, root: Path) -> None:
        self.own(root)
        for folder, folders, files in os.walk(root):
            for name in (*folders, *files):
                self.own(Path(folder, name))


def server_account() -> Account:
    """Ourselves; or, when we are root, an unprivileged account (PostgreSQL refuses root)."""
    if os.geteuid() != 0:
        return Account(str(os.geteuid()), os.geteuid(), os.getegid(), switch=False)
    wished = os.environ.get("XINGHAI_PG_USER", "")
    for name in [wished] if wished else ["postgres", "nobody"]:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid, switch=True)
    raise StartError(
        "以 root 启动时数据库须以普通账户运行，但找不到可用账户"
        f"（{wished or 'postgres、nobody'}）；"
        "请用 XINGHAI_PG_USER 指定。",
        "Started as root, the database must run as an ordinary account, and none was found"
        f" ({wished or 'postgres, nobody'}): name one in XINGHAI_PG_USER.",
    )


def can_reach(account: Account, directory: Path) -> bool:
    """Whether the account may pass through every directory down to this one."""
    if not account.switch:
        return os.access(directory, os.X_OK)
    probe = subprocess.run(
        ["/bin/sh", "-c", 'cd -P -- "$1"', "sh", str(directory)],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        **account.popen_arguments(),
    )
    return probe.returncode == 0
