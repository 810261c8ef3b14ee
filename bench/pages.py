"""What each page and each write costs, alone; the lists at several sizes of the inbox."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from django.test import Client

from bench.mass import make_units, multiply
from bench.measuring import measure, print_costs
from bench.scene import Scene, fresh, make_scene, signed_in
from tests.suggestions.factories import make_draft
from xinghai.suggestions.models import Suggestion

Act = Callable[[int], Any]
SUBMITS = 40


def run(*, sizes: list[int], profiled: str = "") -> None:
    """Measure the pages that do not grow, then the lists at each size."""
    scene = make_scene()
    units = make_units()
    multiply(scene.unit_suggestion, 200, states=["unit_review"])
    multiply(scene.odd_suggestion, 100, states=["triage"])
    print_costs([measure(name, act, profiled=profiled) for name, act in _small(scene)])
    made = 0
    for size in sorted(sizes):
        seconds = multiply(scene.suggestion, size - made, owners=units)
        print(f"\n{size - made} suggestions made in {seconds:.0f} s")
        made = size
        print_costs([measure(name, act, profiled=profiled) for name, act in _lists(scene, size)])


def _small(scene: Scene) -> Iterator[tuple[str, Act]]:
    anybody = Client(SERVER_NAME="127.0.0.1")
    yield "portal: home", lambda turn: anybody.get("/")
    yield "portal: call page", lambda turn: anybody.get(f"/calls/{scene.call.code}/")
    yield "portal: call page, signed in", page_of(scene.author, f"/calls/{scene.call.code}/")
    draft = draft_of(scene)
    address = f"/my/suggestions/{draft.pk}/"
    yield "applicant: home", page_of(scene.author, "/my/")
    yield (
        "applicant: choose a type",
        page_of(scene.author, f"/my/suggestions/start/{scene.call.code}/"),
    )
    yield "applicant: form page", page_of(scene.author, f"{address}edit/")
    yield "applicant: autosave", _autosave(scene, draft)
    yield "applicant: pre-check", page_of(scene.author, f"{address}precheck/")
    yield "applicant: preview", page_of(scene.author, f"{address}preview/")
    yield "applicant: submit (redirect to receipt)", _submits(scene)
    yield "applicant: record page", page_of(scene.author, f"/my/suggestions/{scene.suggestion.pk}/")
    yield "unit: list, 200 waiting", page_of(scene.research_office, "/unit/suggestions/")
    yield "office: triage, 100 waiting", page_of(scene.planner, "/office/suggestions/triage/")


def _lists(scene: Scene, size: int) -> Iterator[tuple[str, Act]]:
    pages = {
        "to do": "",
        "all": "?tab=all",
        "all, page 50": "?tab=all&page=50",
        "one type, overdue": f"?tab=returned&overdue=1&category={scene.suggestion.category_id}",
        "words searched": "?tab=all&q=关键技术%2012",
        "a number searched": f"?tab=all&q={scene.suggestion.number}",
    }
    for name, words in pages.items():
        yield (
            f"office: inbox {name}, {size:,} rows",
            page_of(scene.officer, f"/office/suggestions/{words}"),
        )
    yield f"office: first page, {size:,} rows", page_of(scene.officer, "/office/")
    yield f"planning: everything, {size:,} rows", page_of(scene.planner, "/office/suggestions/all/")
    one = Suggestion.objects.filter(state="with_office").latest("pk")
    yield (
        f"office: record page, {size:,} rows",
        page_of(scene.officer, f"/office/suggestions/{one.pk}/"),
    )


def page_of(user: Any, address: str) -> Act:
    """Open a page as the user; an address that leads elsewhere is not measured but refused."""
    client = signed_in(user)

    def act(turn: int) -> Any:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: status {answer.status_code}")
        return answer

    return act


def draft_of(scene: Scene) -> Suggestion:
    return make_draft(
        scene.call, "ZDYF", domain="ai", author=fresh(scene.author), organisation=scene.company
    )


def _autosave(scene: Scene, draft: Suggestion) -> Act:
    """One field changes, as an open page sends it."""
    client, version = signed_in(scene.author), [draft.version]

    def act(turn: int) -> Any:
        typed = {"main_content": f"第{turn}次修改。" + "研究内容与路线。" * 60}
        answer = client.post(
            f"/my/suggestions/{draft.pk}/save/",
            json.dumps({"version": version[0], "answers": typed}),
            content_type="application/json",
        )
        version[0] = answer.json().get("version", 0)
        return answer

    return act


def _submits(scene: Scene) -> Act:
    """Each turn hands in another complete draft."""
    client, waiting = signed_in(scene.author), [draft_of(scene) for _ in range(SUBMITS + 13)]

    def act(turn: int) -> Any:
        draft = waiting.pop()
        return client.post(
            f"/my/suggestions/{draft.pk}/submit/",
            {"version": draft.version, "key": uuid4().hex},
        )

    return act
