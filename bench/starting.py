"""How long the demonstration takes to start, by phase, and to answer again after a kill -9."""

import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from bench.demonstrations import Demonstration, begin, place
from bench.server import free_port

ROOT = Path(__file__).resolve().parents[1]
HEALTH, SEARCH = "/healthz/", "/search/?q=%E6%8C%87%E5%8D%97"
NOTHING = "an empty directory, nothing prepared"
STORY, AGAIN = "an empty directory, all prepared today", "the same directory again"
# Which process is killed, and which page tells that the site is whole again.
KILLS = (
    ("web server", HEALTH, "web server, with its processes: a page"),
    ("web process", HEALTH, "both web processes: a page"),
    ("texts", SEARCH, "the process of texts: a search"),
)
SETTLED = 15.0


@dataclass
class Measured:
    """What one checkout took, each thing once a round."""

    walls: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    processors: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    phases: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    kills: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def run(before: str, rounds: int) -> None:
    """Print the tables; `before` is another checkout, started in turns with this one."""
    programs = {"before": Path(before).resolve()} if before else {}
    programs |= {"now": ROOT}
    found = {name: Measured() for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            with place() as folder:
                measure(found[name], program, folder, keeps_states=name == "now")
    for title, table in (
        ("start, seconds until the address", "walls"),
        ("start, processor seconds of all its processes", "processors"),
        ("after kill -9, seconds until it answers", "kills"),
        ("phase of a start, seconds", "phases"),
    ):
        print_table(title, {name: getattr(one, table) for name, one in found.items()})


def measure(found: Measured, program: Path, folder: Path, *, keeps_states: bool) -> None:
    """Start in each way there is, each in a directory of its own but the last."""
    ways, cache, port = [NOTHING], folder / "cache", free_port()
    ways += [STORY] if keeps_states else []
    for number, way in enumerate(ways):
        site = started(found, way, program, folder / f"data-{number}", cache, port)
        site.stop()
    site = started(found, AGAIN, program, site.data_dir, cache, port)
    kill_each(found, site)
    kill_everything(found, site, cache)


def started(
    found: Measured, way: str, program: Path, data_dir: Path, cache: Path, port: int
) -> Demonstration:
    site = begin(program, data_dir, cache, port)
    found.walls[way].append(site.wall)
    found.processors[way].append(site.processor)
    for phase, seconds in site.phases():
        found.phases[way, phase].append(seconds)
    return site


def kill_each(found: Measured, site: Demonstration) -> None:
    """Kill one kind of process after the other, each time with the site at rest."""
    site.seconds_until(SEARCH)
    for kind, page, what in KILLS:
        time.sleep(SETTLED)
        if site.kill(kind):
            found.kills[what].append(site.seconds_until(page))


def kill_everything(found: Measured, site: Demonstration, cache: Path) -> None:
    """Kill all processes, the launcher and the database too, and start by the command again."""
    time.sleep(SETTLED)
    site.kill_all()
    moment = time.monotonic()
    again = begin(site.program, site.data_dir, cache, site.port)
    found.kills["everything, started by the command: a page"].append(again.wall)
    again.seconds_until(SEARCH)
    found.kills["everything, started by the command: a search"].append(time.monotonic() - moment)
    again.stop()


def print_table(title: str, columns: dict[str, dict[object, list[float]]]) -> None:
    print(f"\n| {title} | " + " | ".join(columns) + " |")
    print("|---|" + "--:|" * len(columns))
    for row in dict.fromkeys(key for column in columns.values() for key in column):
        name = ": ".join(row) if isinstance(row, tuple) else row
        cells = [
            f"{statistics.median(column[row]):.1f}" if row in column else "–"
            for column in columns.values()
        ]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
