"""`xinghai demo`: the whole platform with demonstration data, for looking and trying."""

import os
import sys
from pathlib import Path

from xinghai.config.running import Site, run_site, run_to_end

HOST = "127.0.0.1"


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
        print(f"数据目录 Data: {data_dir}\n按 Ctrl-C 停止 Press Ctrl-C to stop.", flush=True)

    site = Site(data_dir=data_dir, host=HOST, port=port, mode="demo")
    run_site(site, prepare=prepare, announce=announce)
    print("已停止 Stopped.", flush=True)
