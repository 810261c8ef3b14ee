"""`xinghai demo`: the whole platform with demonstration data, for looking and trying."""

import os
import shlex
import sys
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from xinghai.config import prepared
from xinghai.config.database.home import Home
from xinghai.config.database.launcher import Database
from xinghai.config.prepared import Prepared
from xinghai.config.site_processes import (
    Site,
    begin,
    run_site,
    run_to_end,
    wait_until_loaded,
)
from xinghai.config.supervisor import Child

HOST = "127.0.0.1"
EMPTY = """这是空平台。在另一个终端里继续 An empty platform; go on in another terminal:
  ./xinghai create-admin --data-dir {data_dir}     第一位系统管理员 (the first administrator)
  ./xinghai calls load 2024 --data-dir {data_dir}  装入通知，由规划处发布 (a notice to publish)
"""


def run_demo(*, data_dir: Path, port: int, demo_data: bool) -> None:
    """Quiet but for the address and the sign-ins; a second start finds what the first left."""
    address = f"http://{HOST}:{port}/"
    os.environ["XINGHAI_SITE_URL"] = address.rstrip("/")
    demonstration = Demonstration(data_dir, demo_data)

    def announce() -> None:
        print(f"\n星海已启动 Xinghai is running: {address}\n")
        if demonstration.sign_ins.exists():
            print(demonstration.sign_ins.read_text())
        elif not demo_data:
            print(EMPTY.format(data_dir=shlex.quote(str(data_dir))))
        print(f"数据目录 Data: {data_dir}\n按 Ctrl-C 停止 Press Ctrl-C to stop.", flush=True)

    site = Site(
        data_dir=data_dir,
        host=HOST,
        port=port,
        mode="demo",
        found=demonstration.found,
        load=demonstration.load,
    )
    run_site(site, prepare=demonstration.prepare, announce=announce)
    print("已停止 Stopped.", flush=True)


@dataclass
class Demonstration:
    """A data directory of the demonstration on its way to be shown."""

    data_dir: Path
    with_story: bool
    is_new: bool = False
    preparing: Popen[str] | None = None
    # Of the day this start began: a story told over midnight is the former day's.
    story: Prepared = field(default_factory=prepared.story)

    @property
    def sign_ins(self) -> Path:
        return self.data_dir / "sign-ins.txt"

    @property
    def mark(self) -> Path:
        """The file that tells which program prepared this directory last."""
        return self.data_dir / "prepared-by"

    @property
    def is_up_to_date(self) -> bool:
        """Whether this very program has run the migrations and collected the files."""
        return self.mark.exists() and self.mark.read_text() == prepared.source_digest()

    @property
    def is_prepared(self) -> bool:
        return self.is_up_to_date and (self.sign_ins.exists() or not self.with_story)

    def found(self) -> None:
        """Begin a new directory with the story, where it has been told before on this day."""
        self.is_new = not Home(self.data_dir).exists
        if self.is_new and self.with_story:
            self.story.give(self.data_dir)

    def load(self) -> None:
        """Let the preparing process collect the files and load, while the database is made."""
        if not self.is_prepared:
            self.preparing = self._begin(held=True)

    def prepare(self, database: Database | None, web: Child) -> None:
        """Do what the directory still lacks; the story of a new one is kept for the next.

        In a platform where somebody is already nothing is told.
        """
        if database is None:
            self._finish(self._begin(held=False))
            return
        if self.preparing is None:
            return
        # The web looks through the files as it loads.
        wait_until_loaded(self.preparing)
        web.begin_held()
        self._finish(self.preparing)
        self.mark.write_text(prepared.source_digest())
        if self.is_new and self.sign_ins.exists():
            with database.paused():
                self.story.keep(self.data_dir)

    def _begin(self, *, held: bool) -> Popen[str]:
        wish = ["--demo-data"] if self.with_story else []
        wish += ["--up-to-date"] if held and self.is_up_to_date else []
        return begin([sys.executable, "-m", "xinghai.config.prepare", *wish], held=held)

    def _finish(self, preparing: Popen[str]) -> None:
        words = run_to_end(preparing)
        if words.strip():
            self.sign_ins.touch(mode=0o600)
            self.sign_ins.write_text(words)
