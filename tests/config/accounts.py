"""Python as another account of the machine, with everything it imports within its reach."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xinghai
from xinghai.config.database.account import Account, can_reach

ACCOUNTS = ["root", "ordinary"] if os.geteuid() == 0 else ["ordinary"]
NOT_NEEDED = shutil.ignore_patterns(
    *("test", "tests", "site-packages", "config-*", "*.a", "idlelib", "tkinter", "ensurepip"),
    *("playwright", "mypy", "ruff*", "semgrep*"),
)


@dataclass(frozen=True)
class Interpreter:
    """A command that runs Python, the account it runs as, and a directory that is its own."""

    command: list[str]
    environment: dict[str, str]
    account: dict[str, Any]
    home: Path

    def popen(self, *words: str, **wishes: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self.command, *words],
            env=self.environment,
            cwd=self.home,
            text=True,
            **self.account,
            **wishes,
        )


def ourselves(home: Path) -> Interpreter:
    return Interpreter([sys.executable], dict(os.environ), {}, home)


def ordinary_interpreter(place: Path) -> Interpreter:
    """Run as `nobody`; what lies below a private directory is lent to it as a copy."""
    entry = pwd.getpwnam("nobody")
    account = Account("nobody", entry.pw_uid, entry.pw_gid, switch=True)
    home = place / "home"
    home.mkdir(mode=0o700)
    account.own(home)
    python = _within_reach(account, Path(sys.base_prefix), place / "python")
    packages = _within_reach(account, Path(sysconfig.get_path("purelib")), place / "packages")
    source = _within_reach(account, Path(xinghai.__file__).parent.parent, place / "source")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LD_LIBRARY_PATH": str(python / "lib"),
        "PYTHONHOME": str(python),
        "PYTHONPATH": f"{source}:{packages}",
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
    }
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return Interpreter([str(python / "bin" / name)], environment, account.popen_arguments(), home)


def _within_reach(account: Account, folder: Path, copy: Path) -> Path:
    if can_reach(account, folder):
        return folder
    shutil.copytree(folder, copy, ignore=NOT_NEEDED, copy_function=_lend, symlinks=True)
    return copy


def _lend(source: str, target: str) -> None:
    """A second name costs nothing; across file systems it must be a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
