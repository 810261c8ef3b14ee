"""The rights of every process as one table, compared with the page people read.

`XINGHAI_WRITE=1 ./xinghai test tests/submissions/contract/test_rights.py -n 0` writes the page.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import rules

from tests.factories import make_organisation, make_staff, make_user
from tests.submissions.contract.cases import CASES
from tests.submissions.contract.world import IN_THE_WINDOW, World
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.accounts.separation import separation_of
from xinghai.kernel.clock import travel_to
from xinghai.kernel.processes import RECEIVED
from xinghai.kernel.workflow import available
from xinghai.submissions.models import Submission
from xinghai.submissions.selectors import visible_to

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "rights.md"
COMMAND = "XINGHAI_WRITE=1 ./xinghai test tests/submissions/contract/test_rights.py -n 0"
HEAD = f"""# Rights

Who may move a record of each process from which state, and who may read it (r). The tables are
made from the rules by `{COMMAND}`;
a test fails when this page no longer says what they say. "Unit" is an administrator of the
author's unit, "office" an officer of the office that has the record. `toy` lives in the tests
alone and shows a line with a recommending body.

## Separation of duties: who may hold two roles at the same time

"–": the two exclude each other, also when one begins within the term of the other. Who holds a
role at the bureau belongs to no unit that applies. Nobody decides about, judges or recommends what
the person wrote, whichever role was given later.

"""


def people_of(world: World) -> dict[str, User]:
    return {
        "author": world.author,
        "unit": world.science,
        "recommender": world.recommender,
        "office": world.officer,
        "other office": world.officer_elsewhere,
        "planning": world.planner,
        "leader": make_staff(Role.LEADER),
        "others": world.stranger,
    }


def in_each_state(world: World, record: Submission) -> Iterator[Submission]:
    """The record as it would stand in each state; nothing is written."""
    office, number = record.office, record.number
    for state in world.process.workflow.states:
        record.state = state.name
        is_received = state.phase in RECEIVED
        record.office, record.number = (office, number) if is_received else (None, "")
        yield record


def rows_of(world: World, record: Submission) -> Iterator[str]:
    people = people_of(world)
    yield "| state | " + " | ".join(people) + " |"
    yield "|---|" + "---|" * len(people)
    for one in in_each_state(world, record):
        cells = []
        for person in people.values():
            edges = [edge.name for edge in available(one, person)]
            sees = rules.has_perm(world.process.permission("view"), person, one)
            cells.append(" ".join([*(["r"] if sees else []), *edges]))
        yield f"| {one.state} | " + " | ".join(cells) + " |"


def tables() -> Iterator[str]:
    for case in CASES:
        world = World(case, case.load())
        yield f"\n## {case.process.key}: reviewed by the author's unit\n"
        yield from rows_of(world, world.arrived())
        lone = World(case, world.call)
        author = make_user()
        vars(lone)["unit"] = make_organisation("enterprise", administrator=author)
        vars(lone)["author"] = vars(lone)["science"] = User.objects.get(pk=author.pk)
        yield f"\n## {case.process.key}: handed in directly (the author administers the unit)\n"
        yield from rows_of(lone, _handed_in_directly(lone))


def _handed_in_directly(world: World) -> Submission:
    allowed = next(
        one.code
        for one in world.call.categories.filter(is_accepting=True).order_by("position")
        if "enterprise" in one.allowed_kinds
    )
    sent = world.hand_in(world.draft(category=allowed))
    if world.has_recommender:
        world.recommend(sent)
    return world.again(sent)


def separation_rows() -> Iterator[str]:
    yield "| | " + " | ".join(Role) + " |"
    yield "|---|" + "---|" * len(Role)
    for one in Role:
        cells = ["" if one == other else _together(one, other) for other in Role]
        yield f"| {one} | " + " | ".join(cells) + " |"


def _together(one: Role, other: Role) -> str:
    return "yes" if separation_of(one, other) is None else "–"


def test_the_page_of_rights_says_what_the_rules_say() -> None:
    with travel_to(IN_THE_WINDOW):
        text = HEAD + "\n".join([*separation_rows(), *tables()]) + "\n"
    if os.environ.get("XINGHAI_WRITE"):
        PAGE.write_text(text)
    assert PAGE.read_text() == text, "run the test with XINGHAI_WRITE=1 and read what changed"


def test_what_the_rule_lets_one_read_is_what_lists_show(world: World) -> None:
    """The rule `view` and `visible_to` are two spellings of one sentence."""
    made = [
        world.draft(),
        world.at_unit(),
        world.at_recommender(),
        world.arrived(),
        world.returned_by_office(),
        world.kept(),
        world.arrived(domain=world.case.unrouted),
    ]
    for role, person in people_of(world).items():
        asked = User.objects.get(pk=person.pk)
        permission = world.process.permission("view")
        by_rule = {one.pk for one in made if rules.has_perm(permission, asked, one)}
        by_list = set(visible_to(asked, world.process).values_list("pk", flat=True))
        assert by_list == by_rule, role
