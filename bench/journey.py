"""A new user's whole suggestion over real requests: register, join a unit, write, hand in.

Each step is what a browser asks for; the pages on the way are listed apart from the posts that
do the work. The bureau's verification happens between two steps and is not counted.
"""

import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from bench.measuring import Statements, backend_pid, seconds_of
from tests.factories import load_notice, make_staff, make_uscc
from tests.suggestions.factories import complete_answers
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Office, Organisation, User
from xinghai.accounts.services import verify_organisation
from xinghai.submissions.models import Receipt
from xinghai.suggestions.models import Suggestion

PEOPLE = 12
WARM = 2
JSON = "application/json"


@dataclass(frozen=True)
class Step:
    method: str
    name: str
    sql: int
    cpu: float
    wall: float


@dataclass
class Journey:
    """One newcomer; a step is yielded as soon as it is done."""

    serial: int
    planner: User

    def __post_init__(self) -> None:
        self.client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "zh-hans"})

    def ask(self, method: str, name: str, address: str, **sent: Any) -> Step:
        heard, do = Statements(), getattr(self.client, method.lower())
        cpu, began = time.process_time(), time.perf_counter()
        with heard.listening():
            self.answer = do(address, **sent)
        wall = time.perf_counter() - began
        if self.answer.status_code >= 400:
            text = self.answer.content.decode()
            raise SystemExit(f"{method} {address}: {self.answer.status_code}\n{text[:3000]}")
        if method == "POST" and "Location" not in self.answer.headers and JSON not in str(sent):
            raise SystemExit(f"{method} {address}: the page came back\n{self._problems()}")
        used = time.process_time() - cpu
        return Step(method, name, len(heard.texts), used * 1000, wall * 1000)

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

    def write(self, person: User) -> Iterator[Step]:
        start = "/my/suggestions/start/2024/"
        yield self.ask("GET", "choose a type: page", start)
        choice = {"category": "ZDYF", "key": uuid4().hex}
        yield self.ask("POST", "begin", start, data=choice)
        place = str(self.answer.headers["Location"])
        yield self.ask("GET", "form page", place)
        draft = Suggestion.objects.get(author=person)
        answers = complete_answers(draft, title="演示新人的关键技术", domain="ai")
        sent = {"version": draft.version, "answers": answers}
        save = f"/my/suggestions/{draft.pk}/save/"
        yield self.ask("POST", "fill and save", save, data=json.dumps(sent), content_type=JSON)
        version = json.loads(self.answer.content)["version"]
        hand_in = {"do": "submit", "version": version, "key": uuid4().hex}
        yield self.ask("POST", "submit", place, data=hand_in)
        yield self.ask("GET", "receipt", str(self.answer.headers["Location"]))


def run() -> None:
    """Let some people make the journey; print the mean of all but the first."""
    load_notice("2024")
    make_staff(Role.OFFICER, office=Office.objects.get(code="gaoxin"))
    planner = make_staff(Role.PLANNER)
    pid, told = backend_pid(), []
    for serial in range(PEOPLE):
        if serial == WARM:
            database = seconds_of(pid)
        told.append(list(Journey(serial, planner).steps()))
    if Receipt.objects.count() != PEOPLE:
        raise SystemExit("somebody has no receipt")
    _print(told[WARM:])
    spent = (seconds_of(pid) - database) / (PEOPLE - WARM) * 1000
    print(f"\ndatabase CPU for one whole journey, verification included: {spent:.0f} ms")


def _print(told: list[list[Step]]) -> None:
    steps = [_mean(same) for same in zip(*told, strict=True)]
    print("\n| request | SQL | CPU ms | wall ms |")
    print("|---|--:|--:|--:|")
    posts = [one for one in steps if one.method == "POST"]
    for one in steps:
        print(f"| {one.method} {one.name} | {one.sql} | {one.cpu:.1f} | {one.wall:.1f} |")
    for name, some in (("posts", posts), ("requests", steps)):
        sql, cpu, wall = (
            sum(getattr(one, part) for one in some) for part in ("sql", "cpu", "wall")
        )
        print(f"| **{len(some)} {name}** | **{sql}** | **{cpu:.0f}** | **{wall:.0f}** |")


def _mean(same: tuple[Step, ...]) -> Step:
    last = same[-1]
    cpu, wall = (statistics.mean(getattr(one, part) for one in same) for part in ("cpu", "wall"))
    return Step(last.method, last.name, last.sql, cpu, wall)
