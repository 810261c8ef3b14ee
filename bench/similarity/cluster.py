"""A Ray cluster of several nodes on one machine, each in a network namespace of its own.

Every node sees the others only over a pair of virtual cables, as machines do; what a node is
answered by is its own address. Whatever runs in the namespaces is ours and is ended by its id.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PORT = 6379
STORE = 1_000_000_000
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60
# What a driver says when it has written down what it found.
READY = "ready\n"


@dataclass(frozen=True)
class Node:
    """One of the machines that are none."""

    name: str
    address: str

    def command(self, *words: str) -> list[str]:
        return ["ip", "netns", "exec", self.name, *words]

    def processes(self) -> list[int]:
        told = subprocess.run(
            ["ip", "netns", "pids", self.name], capture_output=True, text=True, check=False
        )
        return [int(one) for one in told.stdout.split()]

    def processor_seconds(self) -> float:
        """Add up what its living processes have used."""
        return sum(map(_used, self.processes()))


def why_not(count: int) -> str:
    """Say why there can be no such cluster here; nothing, if there can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    if not shutil.which("ip"):
        return "network namespaces need the program `ip` (package iproute2)"
    return "" if count in (1, 2) else "one node or two: a veth has two ends"


@contextmanager
def ray_cluster(count: int) -> Iterator[list[Node]]:
    """Start nodes, the head first; each has its share of the cores."""
    mark = os.getpid()
    nodes = [Node(f"xinghai-{mark}-{n}", f"10.203.0.{n + 1}") for n in range(count)]
    place = Path(tempfile.mkdtemp(prefix="xh-ray-", dir="/tmp"))
    try:
        _connect(nodes)
        for node in nodes:
            _start(node, nodes[0], place, max((os.cpu_count() or 1) // count, 1))
        yield nodes
    finally:
        _end(nodes)
        shutil.rmtree(place, ignore_errors=True)


def _connect(nodes: Sequence[Node]) -> None:
    for node in nodes:
        _ip("netns", "add", node.name)
        _ip("-n", node.name, "link", "set", "lo", "up")
    if len(nodes) == 1:
        _ip("-n", nodes[0].name, "link", "add", "wire", "type", "dummy")
    else:
        one, other = nodes
        peer = ["peer", "name", "wire", "netns", other.name]
        _ip("link", "add", "wire", "netns", one.name, "type", "veth", *peer)
    for node in nodes:
        _ip("-n", node.name, "address", "add", f"{node.address}/24", "dev", "wire")
        _ip("-n", node.name, "link", "set", "wire", "up")
        # Nothing is reached this way; a program that asks for its own address is told this one.
        _ip("-n", node.name, "route", "add", "default", "dev", "wire")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def _start(node: Node, head: Node, place: Path, cores: int) -> None:
    ray = str(Path(sys.executable).with_name("ray"))
    own = place / node.name[-1]
    role = (
        ["--head", f"--port={PORT}", "--include-dashboard=false"]
        if node is head
        else [f"--address={head.address}:{PORT}"]
    )
    command = node.command(
        ray, "start", *role, f"--node-ip-address={node.address}", f"--num-cpus={cores}",
        f"--object-store-memory={STORE}", f"--temp-dir={own}",
    )  # fmt: skip
    environment = os.environ | {"RAY_USAGE_STATS_ENABLED": "0"}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if done.returncode != 0:
        raise SystemExit(f"{node.name}: Ray did not start\n{done.stdout}\n{done.stderr}")


def _end(nodes: Sequence[Node]) -> None:
    """End what runs in the namespaces, first politely; then take the namespaces away."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for node in nodes:
            for process in node.processes():
                with suppress(ProcessLookupError):
                    os.kill(process, sign)
        deadline = time.monotonic() + 10
        while any(node.processes() for node in nodes) and time.monotonic() < deadline:
            time.sleep(0.2)
    for node in nodes:
        subprocess.run(["ip", "netns", "delete", node.name], stderr=subprocess.DEVNULL, check=False)


def _used(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
