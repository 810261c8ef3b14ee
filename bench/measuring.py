"""What one request costs: statements, wall time, and processor time here and in the database."""

import cProfile
import os
import pstats
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
FEWEST, LONGEST = 8, 4.0


@dataclass(frozen=True)
class Cost:
    """One row of a table; times in milliseconds, each the mean or median of many requests."""

    name: str
    sql: int
    wall: float
    cpu: float
    database: float
    kilobytes: float


@dataclass
class Statements:
    """Every statement of a block, SAVEPOINTs included; the protocol's BEGIN and COMMIT are not."""

    texts: list[str] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.texts.append(sql)
        return execute(sql, params, many, context)

    def listening(self) -> AbstractContextManager[None]:
        return connection.execute_wrapper(self)


@dataclass(frozen=True)
class Stat:
    """A process's parent, and the ticks it and its ended children have used."""

    parent: int
    own: int
    ended: int


def stat_of(pid: int) -> Stat:
    words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    own, ended = int(words[11]) + int(words[12]), int(words[13]) + int(words[14])
    return Stat(int(words[1]), own, ended)


def seconds_of(pid: int) -> float:
    """Processor seconds a process has used so far, its children not counted."""
    return stat_of(pid).own / TICKS


def backend_pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def measure(name: str, act: Callable[[int], Any], *, times: int = 40, profiled: str = "") -> Cost:
    """Do `act(0)`, `act(1)` … after a warm-up; `act` returns the response, whose status must be ok.

    The statements are counted in one run, the times taken in the others, with nothing listening.
    """
    for turn in range(2):
        _good(name, act(turn))
    heard = Statements()
    with heard.listening():
        answer = _good(name, act(2))
    if profiled and profiled in name:
        _print_profile(name, act, heard)
    pid, walls = backend_pid(), []
    database, cpu, began = seconds_of(pid), time.process_time(), time.perf_counter()
    for turn in range(10, 10 + times):
        start = time.perf_counter()
        _good(name, act(turn))
        walls.append(time.perf_counter() - start)
        if turn > 10 + FEWEST and time.perf_counter() - began > LONGEST:
            break
    cpu = (time.process_time() - cpu) / len(walls)
    database = (seconds_of(pid) - database) / len(walls)
    size = len(getattr(answer, "content", b"")) / 1024
    wall = statistics.median(walls)
    return Cost(name, len(heard.texts), wall * 1000, cpu * 1000, database * 1000, size)


def _good(name: str, answer: Any) -> Any:
    status = getattr(answer, "status_code", 200)
    if status >= 400:
        raise SystemExit(f"{name}: status {status}\n{answer.content.decode()[:2000]}")
    return answer


def print_statements(name: str, heard: Statements) -> None:
    print(f"\n-- {name}")
    for text in heard.texts:
        print("  ", text[:220].replace("\n", " "), "…", text[-160:].replace("\n", " "))


def _print_profile(name: str, act: Callable[[int], Any], heard: Statements) -> None:
    print_statements(name, heard)
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    act(3)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(25).sort_stats(
        "cumulative"
    ).print_stats(90)


def print_costs(costs: list[Cost]) -> None:
    print("\n| page | SQL | wall ms | CPU ms | database CPU ms | KB |")
    print("|---|--:|--:|--:|--:|--:|")
    for cost in costs:
        print(
            f"| {cost.name} | {cost.sql} | {cost.wall:.1f} | {cost.cpu:.1f}"
            f" | {cost.database:.1f} | {cost.kilobytes:.0f} |",
            flush=True,
        )
