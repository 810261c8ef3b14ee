"""A whole suggestion over real requests: a newcomer's from signing up, a known person's from home.

Each step is what a browser asks for; the pages on the way are listed apart from the posts that
do the work. The bureau's verification happens between two steps and is not counted. Statements and
function calls do not depend on what else the machine does; times do.
"""

import cProfile
import itertools
import json
import pstats
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.test import Client

from bench.measuring import Statements, backend_pid, print_statements, seconds_of
from bench.scene import signed_in
from tests.factories import load_notice, make_organisation, make_staff, make_uscc, make_user
from tests.suggestions.factories import complete_answers
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Office, Organisation, User
from xinghai.accounts.services import verify_organisation
from xinghai.submissions.models import Receipt
from xinghai.suggestions.models import Suggestion

PEOPLE = 12
WARM = 2
SERIALS = itertools.count()
JSON = "application/json"


@dataclass(frozen=True)
class Step:
    method: str
    name: str
    sql: int
    calls: int
    cpu: float
    wall: float


@dataclass
class Journey:
    """One newcomer; a step is yielded as soon as it is done."""

    serial: int
    planner: User
    is_counted: bool = False
    profiled: str = ""

    def __post_init__(self) -> None:
        self.client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "zh-hans"})
        self.client.handler.load_middleware()  # a server does it when it starts

    def ask(self, method: str, name: str, address: str, **sent: Any) -> Step:
        heard, do = Statements(), getattr(self.client, method.lower())
        counts = cProfile.Profile() if self.is_counted else None
        cpu, began = time.process_time(), time.perf_counter()
        with heard.listening():
            ask = lambda: do(address, **sent)  # noqa: E731
            self.answer = counts.runcall(ask) if counts else ask()
        wall, used = time.perf_counter() - began, time.process_time() - cpu
        self._check(method, address, sent)
        calls = pstats.Stats(counts) if counts else None
        if calls and self.profiled and self.profiled in f"{method} {name}":
            print_statements(f"{method} {name}", heard)
            calls.sort_stats("cumulative").print_stats(110)
        total = getattr(calls, "total_calls", 0)
        return Step(method, name, len(heard.texts), total, used * 1000, wall * 1000)

    def _check(self, method: str, address: str, sent: dict[str, Any]) -> None:
        if self.answer.status_code >= 400:
            text = self.answer.content.decode()
            raise SystemExit(f"{method} {address}: {self.answer.status_code}\n{text[:3000]}")
        if method == "POST" and "Location" not in self.answer.headers and JSON not in str(sent):
            raise SystemExit(f"{method} {address}: the page came back\n{self._problems()}")

    def _problems(self) -> str:
        text = str(self.answer.content.decode())
        return "\n".join(line for line in text.splitlines() if "problem" in line)[:3000]

    def steps(self) -> Iterator[Step]:
        yield from self.register()
        person = User.objects.get(username=self.name)
        verify_organisation(Organisation.objects.get(memberships__user=person), by=self.planner)
        yield from self.write(person)

    def register(self) -> Iterator[Step]:
        self.name = f"newcomer{self.serial}@example.com"
        yield self.ask("GET", "sign-up page", "/account/signup/")
        password = f"Yanshi-{uuid4().hex[:12]}"
        person = {"username": self.name, "name": "演示新人", "password": password}
        yield self.ask("POST", "sign up", "/account/signup/", data=person)
        yield self.ask("GET", "my unit", "/my/unit/")
        yield self.ask("GET", "register a unit: page", "/my/unit/register/")
        unit = {
            "name": f"演示新单位{self.serial}",
            "uscc": make_uscc(self.serial + 500000),
            "kind": "enterprise",
            "district": "high_tech",
            "profile": "从事演示用技术研发的演示单位。",
        }
        yield self.ask("POST", "register a unit", "/my/unit/register/", data=unit)

    def again(self, person: User) -> Iterator[Step]:
        """What a known person does: come to the own page, begin, write, hand in."""
        self.client = signed_in(person)
        self.client.handler.load_middleware()
        yield self.ask("GET", "own page", "/my/")
        yield from self.write(person)

    def write(self, person: User) -> Iterator[Step]:
        start = "/my/suggestions/start/2024/"
        yield self.ask("GET", "choose a type: page", start)
        choice = {"category": "ZDYF", "key": uuid4().hex}
        yield self.ask("POST", "begin", start, data=choice)
        place = str(self.answer.headers["Location"])
        yield self.ask("GET", "form page", place)
        draft = Suggestion.objects.filter(author=person).latest("pk")
        answers = complete_answers(draft, title="演示新人的关键技术", domain="ai")
        sent = {"version": draft.version, "answers": answers}
        save = f"/my/suggestions/{draft.pk}/save/"
        yield self.ask("POST", "fill and save", save, data=json.dumps(sent), content_type=JSON)
        version = json.loads(self.answer.content)["version"]
        hand_in = {"do": "submit", "version": version, "key": uuid4().hex}
        yield self.ask("POST", "submit", place, data=hand_in)
        yield self.ask("GET", "receipt", str(self.answer.headers["Location"]))


Kind = Callable[[Journey], Iterator[Step]]


def run(*, profiled: str = "") -> None:
    """Let newcomers, then known persons make the journey; print the mean of all but the first."""
    load_notice("2024")
    make_staff(Role.OFFICER, office=Office.objects.get(code="gaoxin"))
    planner, known = make_staff(Role.PLANNER), make_user()
    make_organisation(administrator=known)
    _measure("newcomer", planner, lambda one: one.steps(), profiled)
    _measure("known person", planner, lambda one: one.again(known), profiled)
    if Receipt.objects.count() != 2 * (PEOPLE + 1):
        raise SystemExit("somebody has no receipt")


def _measure(who: str, planner: User, kind: Kind, profiled: str) -> None:
    pid, told = backend_pid(), []
    for _turn in range(PEOPLE):
        if len(told) == WARM:
            database = seconds_of(pid)
        told.append(list(kind(Journey(next(SERIALS), planner))))
    spent = (seconds_of(pid) - database) / (PEOPLE - WARM) * 1000
    counted = list(kind(Journey(next(SERIALS), planner, is_counted=True, profiled=profiled)))
    _print(who, [_mean(*same) for same in zip(counted, *told[WARM:], strict=True)])
    print(f"\ndatabase CPU for one whole journey, verification included: {spent:.0f} ms")


def _print(who: str, steps: list[Step]) -> None:
    print(f"\n| {who} | SQL | function calls | CPU ms | wall ms |")
    print("|---|--:|--:|--:|--:|")
    posts = [one for one in steps if one.method == "POST"]
    for one in steps:
        print(
            f"| {one.method} {one.name} | {one.sql} | {one.calls:,} | {one.cpu:.1f}"
            f" | {one.wall:.1f} |"
        )
    for name, some in (("posts", posts), ("requests", steps)):
        sql, calls, cpu, wall = (
            sum(getattr(one, part) for one in some) for part in ("sql", "calls", "cpu", "wall")
        )
        print(
            f"| **{len(some)} {name}** | **{sql}** | **{calls:,}** | **{cpu:.0f}**"
            f" | **{wall:.0f}** |"
        )


def _mean(counted: Step, *same: Step) -> Step:
    cpu, wall = (statistics.mean(getattr(one, part) for one in same) for part in ("cpu", "wall"))
    return replace(counted, cpu=cpu, wall=wall)
