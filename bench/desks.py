"""What the page each kind of person opens first costs, with thousands of suggestions received."""

from collections.abc import Iterator

from django.test import Client

from bench.mass import make_units, multiply
from bench.measuring import measure, print_costs
from bench.pages import Act, draft_of, page_of
from bench.scene import Scene, make_scene
from tests.suggestions.factories import hand_in, make_draft
from xinghai.accounts.city import known_districts
from xinghai.accounts.models import Organisation
from xinghai.suggestions.models import Suggestion

OFFICE = "gaoxin"
MANY_DRAFTS, MANY_AT_UNIT = 500, 200
# Types and domains of several offices, so that the overview has many cells to count.
CELLS = (
    ("ZDYF", "ai"),
    ("ZDYF", "energy"),
    ("ZDYF", "health"),
    ("JBGS", "marine"),
    ("JBGS", "agriculture"),
    ("JBGS", "safety"),
)


def run(*, rows: int, profiled: str = "") -> None:
    """Make the people and `rows` suggestions, then measure each page alone."""
    scene = make_scene()
    fill(scene, rows)
    costs = [measure(name, act, profiled=profiled) for name, act in _pages(scene)]
    print(f"\n{Suggestion.objects.exclude(submitted_at=None).count():,} suggestions received")
    print_costs(costs)


def fill(scene: Scene, rows: int) -> None:
    units = make_units()
    for place, (_author, unit) in enumerate(units):
        codes = list(dict(known_districts()))
        district = codes[place % len(codes)]
        Organisation.objects.filter(pk=unit).update(district=district)
    suggestions = [scene.suggestion, *_suggestions(scene)]
    for suggestion in suggestions:
        multiply(suggestion, rows // len(suggestions), owners=units)
    multiply(scene.unit_suggestion, MANY_AT_UNIT, states=["unit_review"])
    multiply(draft_of(scene), MANY_DRAFTS, states=["draft"], owners=units, with_history=False)


def _suggestions(scene: Scene) -> list[Suggestion]:
    """A received suggestion of each other cell the call knows, with the officers' office."""
    known = set(scene.call.domains.values_list("code", flat=True))
    types = set(scene.call.categories.filter(is_accepting=True).values_list("code", flat=True))
    made_by = {"author": scene.author, "organisation": scene.company}
    chosen = [(code, domain) for code, domain in CELLS if code in types and domain in known]
    drafts = [make_draft(scene.call, code, domain=domain, **made_by) for code, domain in chosen]
    return [suggestion for suggestion in map(hand_in, drafts) if suggestion.state == "submitted"]


def _pages(scene: Scene) -> Iterator[tuple[str, Act]]:
    anybody = Client(SERVER_NAME="127.0.0.1")
    code, draft = scene.call.code, draft_of(scene)
    yield "public: home", lambda turn: anybody.get("/")
    yield "public: call page", lambda turn: anybody.get(f"/calls/{code}/")
    fitting = "/what/?who=enterprise&want=any&field=ai"
    yield "public: what fits me", lambda turn: anybody.get(fitting)
    yield "public: search", lambda turn: anybody.get("/search/?q=海洋")
    yield "public: statistics", lambda turn: anybody.get("/statistics/")
    yield "applicant: home", page_of(scene.author, "/my/")
    yield "applicant: messages", page_of(scene.author, "/my/notices/")
    yield "applicant: form", page_of(scene.author, f"/my/suggestions/{draft.pk}/edit/")
    yield "unit: list", page_of(scene.research_office, "/unit/suggestions/")
    yield "office: inbox", page_of(scene.officer, "/office/suggestions/")
    yield (
        "office: head's figures",
        page_of(scene.planner, f"/office/suggestions/load/?office={OFFICE}"),
    )
    yield "planning: overview", page_of(scene.planner, f"/office/suggestions/overview/?call={code}")
    by_office = f"/office/suggestions/overview/?call={code}&rows=office&columns=district"
    yield "planning: overview, office × district", page_of(scene.planner, by_office)
    unfinished = f"/office/suggestions/overview/unfinished/?call={code}"
    yield "planning: drafts, counted only", page_of(scene.planner, unfinished)
    yield "planning: everything", page_of(scene.planner, "/office/suggestions/all/")
    narrow = f"/office/suggestions/all/?call={code}&state=with_office,pooled&district=high_tech"
    yield "planning: rows of one number", page_of(scene.planner, narrow)
