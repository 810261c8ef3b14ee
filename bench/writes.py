"""Autosaves, submissions and whole suggestions a second, over HTTP, against the real server.

Durable: the database is `serve`'s, with fsync and synchronous commits. Every client has a person,
a session, a CSRF token and a kept-alive connection; server, database, worker and clients share
the machine's cores.
"""

import http.client
import itertools
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection

from bench.mass import multiply
from bench.scene import fresh, signed_in
from bench.server import HOST, Site, free_port, running_site
from tests.factories import load_notice, make_organisation, make_staff, make_user
from tests.suggestions.factories import complete_answers, make_draft
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Office, User
from xinghai.submissions.models import Receipt
from xinghai.suggestions.models import Suggestion

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# More than any run can hand in; a copy costs a millisecond.
DRAFTS_PER_SECOND = 60


@dataclass
class Visitor:
    """One person at one browser."""

    person: User
    port: int
    draft: Suggestion
    waits: list[float] = field(default_factory=list)

    def open(self) -> None:
        """Come with a session, and take the CSRF token a first page sets."""
        self.line = http.client.HTTPConnection(HOST, self.port, timeout=60)
        session = signed_in(self.person).cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        answer = self.ask("GET", f"/my/suggestions/{self.draft.pk}/edit/", "", {})
        token = str(answer.headers["Set-Cookie"]).split("csrftoken=")[1].split(";")[0]
        self.headers["Cookie"] += f"; csrftoken={token}"
        self.headers["X-CSRFToken"] = token

    def ask(
        self, method: str, path: str, body: str, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        self.line.request(method, path, body.encode(), self.headers | headers)
        answer = self.line.getresponse()
        self.content = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{path}: {answer.status} {self.content.decode()[:500]}")
        return answer

    def timed(self, path: str, body: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        began = time.perf_counter()
        answer = self.ask("POST", path, body, headers)
        self.waits.append(time.perf_counter() - began)
        return answer

    def save(self, pk: int, version: int, answers: dict[str, Any]) -> int:
        body = json.dumps({"version": version, "answers": answers})
        kind = {"Content-Type": "application/json", "Accept": "application/json"}
        self.timed(f"/my/suggestions/{pk}/save/", body, kind)
        return int(json.loads(self.content)["version"])

    def submit(self, pk: int, version: int) -> None:
        body = urlencode({"version": version, "key": uuid4().hex})
        answer = self.timed(f"/my/suggestions/{pk}/submit/", body, FORM)
        if "/receipt/" not in str(answer.headers["Location"]):
            raise RuntimeError(f"no receipt: {answer.headers['Location']}")


Run = Callable[[Visitor], Iterator[None]]


def run(*, clients: int, seconds: float) -> None:
    """Make the people, start the site, let all clients do the same for `seconds`, three times."""
    call = load_notice("2024")
    make_staff(Role.OFFICER, office=Office.objects.get(code="gaoxin"))
    port = free_port()
    visitors = [_visitor(call, port) for _ in range(clients)]
    waiting = {
        one.person.pk: _drafts(one, int(DRAFTS_PER_SECOND * seconds / clients) + 1)
        for one in visitors
    }
    typed = complete_answers(visitors[0].draft, title="演示的整条建议")
    runs: dict[str, Run] = {
        "autosave": _autosaves,
        "submit": lambda visitor: _submits(visitor, waiting[visitor.person.pk]),
        "whole suggestion: begin, fill, submit": lambda visitor: _suggestions(visitor, typed),
    }
    _say_how_durable()
    with running_site(port) as site:
        for one in visitors:
            one.open()
        print(
            "\n| what | a second | p50 ms | p95 ms | web CPU ms | database CPU ms | worker CPU ms |"
        )
        print("|---|--:|--:|--:|--:|--:|--:|")
        for name, what in runs.items():
            _measure(name, what, visitors, site, seconds)
    _check_numbers()


def _visitor(call: Any, port: int) -> Visitor:
    person = make_user()
    company = make_organisation(administrator=person)
    draft = make_draft(call, "ZDYF", domain="ai", author=fresh(person), organisation=company)
    return Visitor(person, port, draft)


def _drafts(visitor: Visitor, count: int) -> list[tuple[int, int]]:
    multiply(visitor.draft, count, states=["draft"])
    mine = Suggestion.objects.filter(author=visitor.person).exclude(pk=visitor.draft.pk)
    return list(mine.values_list("pk", "version"))


def _autosaves(visitor: Visitor) -> Iterator[None]:
    version = visitor.draft.version
    for turn in itertools.count():
        typed = {"main_content": f"第{turn}次修改。" + "研究内容与路线。" * 60}
        version = visitor.save(visitor.draft.pk, version, typed)
        yield


def _submits(visitor: Visitor, drafts: list[tuple[int, int]]) -> Iterator[None]:
    for pk, version in drafts:
        visitor.submit(pk, version)
        yield


def _suggestions(visitor: Visitor, typed: dict[str, Any]) -> Iterator[None]:
    own = {name: value for name, value in typed.items() if not name.startswith(("unit_", "org_"))}
    while True:
        body = urlencode({"category": "ZDYF", "key": uuid4().hex})
        answer = visitor.timed("/my/suggestions/start/2024/", body, FORM)
        pk = int(str(answer.headers["Location"]).split("/")[3])
        visitor.submit(pk, visitor.save(pk, 1, own))
        yield


def _measure(name: str, what: Run, visitors: list[Visitor], site: Site, seconds: float) -> None:
    for one in visitors:
        one.waits.clear()
    turns, problems = [0] * len(visitors), []

    def work(place: int) -> None:
        steps = what(visitors[place])
        try:
            while time.perf_counter() < end and next(steps, steps) is None:
                turns[place] += 1
        except Exception as problem:
            problems.append(problem)

    before, began = site.seconds(), time.perf_counter()
    end = began + seconds
    threads = [threading.Thread(target=work, args=[place]) for place in range(len(visitors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    time.sleep(2)  # what the worker still has to send belongs to these requests
    if problems:
        raise SystemExit(f"{name}: {problems[0]}")
    used = [after - first for after, first in zip(site.seconds(), before, strict=True)]
    _print(name, sum(turns), took, used, [wait for one in visitors for wait in one.waits])


def _print(name: str, done: int, took: float, used: list[float], waits: list[float]) -> None:
    each = " | ".join(f"{seconds / done * 1000:.1f}" for seconds in used)
    p95 = statistics.quantiles(waits, n=20)[-1]
    print(
        f"| {name} | {done / took:.1f} | {statistics.median(waits) * 1000:.1f}"
        f" | {p95 * 1000:.1f} | {each} |",
        flush=True,
    )


def _say_how_durable() -> None:
    with connection.cursor() as cursor:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "server_version"):
            cursor.execute(f"SHOW {setting}")
            print(f"{setting} = {cursor.fetchone()[0]}", end="; ")
    print()


def _check_numbers() -> None:
    """Numbers of a measured run are as gap-free as any."""
    numbers = sorted(
        int(one.rsplit("-", 1)[1]) for one in Receipt.objects.values_list("number", flat=True)
    )
    if numbers != list(range(1, len(numbers) + 1)):
        raise SystemExit("the numbers have a gap")
    print(f"\n{len(numbers)} suggestions received, numbered without a gap")
