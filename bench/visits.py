"""A visitor's page made anew and from memory, in turns: what a web process spends on each.

The site is asked as the web server asks it (WSGI), so no client's own work is in the figures.
"""

import cProfile
import io
import pstats
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import override_settings

from bench.desks import fill
from bench.measuring import Statements
from bench.scene import make_scene
from xinghai.config.wsgi import application
from xinghai.kernel.kept_pages import memory

ROUNDS, ANEW, KEPT = 7, 6, 60


@dataclass
class Times:
    """Milliseconds a request: each one's wall time, and the processor time of each round."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def note(self, ask: Callable[[], bytes], times: int) -> None:
        used = time.process_time()
        for _turn in range(times):
            began = time.perf_counter()
            ask()
            self.wall.append((time.perf_counter() - began) * 1000)
        self.cpu.append((time.process_time() - used) * 1000 / times)

    def words(self) -> str:
        return f"{statistics.median(self.cpu):.2f} | {statistics.median(self.wall):.2f}"


def run(*, rows: int) -> None:
    """Make `rows` suggestions, then ask each page in turns past the memory and from it."""
    scene = make_scene()
    fill(scene, rows)
    code = scene.call.code
    form = scene.call.forms.order_by("key")[0].key
    pages = {
        "front page": "/",
        "call page": f"/calls/{code}/",
        "list of calls": "/calls/",
        "a form to read": f"/calls/{code}/forms/{form}/",
        "what fits me": "/what/?who=enterprise&want=any&field=ai",
        "statistics": "/statistics/",
        "help": "/help/",
        "receipt check": "/verify/",
    }
    print("\n| page | SQL anew | function calls anew | kept | CPU ms anew | wall | kept | wall |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, address in pages.items():
        print(f"| {name} | {_row(address)} |", flush=True)
    print(f"\n{len(memory)} pages kept, {memory.bytes:,} bytes")


def _row(address: str) -> str:
    anew, kept = Times(), Times()
    for _round in range(ROUNDS):
        with override_settings(KEEP_PAGES=False):
            ask(address)
            anew.note(lambda: ask(address), ANEW)
        ask(address)
        kept.note(lambda: ask(address), KEPT)
    heard = Statements()
    with override_settings(KEEP_PAGES=False):
        with heard.listening():
            ask(address)
        calls = _calls_of(address)
    return (
        f"{len(heard.texts)} | {calls:,} | {_calls_of(address):,} | {anew.words()} | {kept.words()}"
    )


def _calls_of(address: str) -> int:
    profile = cProfile.Profile()
    profile.runcall(ask, address)
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined] # not in the stubs
    return calls


def ask(address: str) -> bytes:
    """One GET of a browser; anything but a page ends the run."""
    path, _mark, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0)",
        "HTTP_ACCEPT": "text/html,application/xhtml+xml",
        "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9,en;q=0.8",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    told: list[str] = []
    answer = application(environ, lambda status, _headers: told.append(status))
    page = b"".join(answer)
    answer.close()
    if told != ["200 OK"]:
        raise SystemExit(f"{address}: {told}")
    return page
