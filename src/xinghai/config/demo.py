"""`xinghai demo`: the whole platform with demonstration data, for looking and trying."""

import os
import shlex
import sys
from pathlib import Path

from xinghai.config.site_processes import Site, run_site, run_to_end

HOST = "127.0.0.1"
EMPTY = """这是空平台。在另一个终端里继续 An empty platform; go on in another terminal:
  ./xinghai create-admin --data-dir {data_dir}     第一位系统管理员 (the first administrator)
  ./xinghai calls load 2024 --data-dir {data_dir}  装入通知，由规划处发布 (a notice to publish)
"""


def run_demo(*, data_dir: Path, port: int, demo_data: bool) -> None:
    """Quiet but for the address and the sign-ins; a second start finds what the first left."""
    address = f"http://{HOST}:{port}/"
    os.environ["XINGHAI_SITE_URL"] = address.rstrip("/")
    sign_ins = data_dir / "sign-ins.txt"

    def prepare() -> None:
        wish = ["--demo-data"] if demo_data else []
        words = run_to_end([sys.executable, "-m", "xinghai.config.prepare", *wish])
        if words.strip():
            sign_ins.touch(mode=0o600)
            sign_ins.write_text(words)

    def announce() -> None:
        print(f"\n星海已启动 Xinghai is running: {address}\n")
        if sign_ins.exists():
            print(sign_ins.read_text())
        elif not demo_data:
            print(EMPTY.format(data_dir=shlex.quote(str(data_dir))))
        print(f"数据目录 Data: {data_dir}\n按 Ctrl-C 停止 Press Ctrl-C to stop.", flush=True)

    site = Site(data_dir=data_dir, host=HOST, port=port, mode="demo")
    run_site(site, prepare=prepare, announce=announce)
    print("已停止 Stopped.", flush=True)
