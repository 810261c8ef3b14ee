"""Every page of a record, in each state it can be in, opened by each of its readers.

Reading is done where the database refuses to write, so no page changes anything by being opened.
"""

from collections.abc import Callable, Iterator
from itertools import cycle
from uuid import uuid4

import pytest
import rules
from django.test import Client

from tests.factories import make_staff
from tests.pages import client_of, reading_only
from tests.submissions.contract.addresses import Mounted, mounted_of
from tests.submissions.contract.world import World
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.casework.services import deciding
from xinghai.casework.worklists import worklist_of
from xinghai.kernel.processes import Phase
from xinghai.submissions.models import Submission
from xinghai.submissions.services import submitting

pytestmark = pytest.mark.django_db


def returned_by_unit(world: World) -> Submission:
    record = world.at_unit()
    submitting.return_to_author(record, by=world.science, reason="请补充")
    return world.again(record)


def correction_at_unit(world: World) -> Submission:
    return world.hand_in(world.returned_by_office())


def corrected(world: World) -> Submission:
    record = correction_at_unit(world)
    world.endorse(record)
    return world.again(record)


def refused(world: World) -> Submission:
    record = world.taken_up()
    deciding.decide(world.case.refuses, record, by=world.officer, reason="不属于本批次的范围")
    return world.again(record)


def returned_by_recommender(world: World) -> Submission:
    """Where a process has no recommending body, the unit returns in its place."""
    if not world.has_recommender:
        return returned_by_unit(world)
    record = world.at_recommender()
    submitting.return_to_author(record, by=world.recommender, reason="请补充")
    return world.again(record)


WAYS: dict[str, Callable[[World], Submission]] = {
    "draft": World.draft,
    "at the unit": World.at_unit,
    "returned by the unit": returned_by_unit,
    "at the recommending body": World.at_recommender,
    "returned by the recommending body": returned_by_recommender,
    "arrived": World.arrived,
    "taken up": World.taken_up,
    "returned by the office": World.returned_by_office,
    "a correction at the unit": correction_at_unit,
    "corrected": corrected,
    "for the triage": lambda world: world.arrived(domain=world.case.unrouted),
    "kept": World.kept,
    "refused": refused,
}
# A step of a later process leads there.
NOT_YET = {"condensed", "adopted", "carried_over", "merged"}
READERS: dict[str, Callable[[World], User]] = {
    "author": lambda world: world.author,
    "research office": lambda world: world.science,
    "recommending body": lambda world: world.recommender,
    "officer": lambda world: world.officer,
    "head": lambda world: world.head,
    "planner": lambda world: world.planner,
    "leader": lambda world: make_staff(Role.LEADER),
    "auditor": lambda world: make_staff(Role.AUDIT_ADMIN),
}
LISTS = {
    "author": ("/my/", "list"),
    "science": ("/unit/", "unit-list", "unit-schools"),
    "officer": ("/office/", "office-inbox", "office-all"),
    "planner": ("office-all", "office-overview", "office-triage", "office-unfinished"),
    "leader": ("office-all", "office-overview"),
}
# Nobody in the bureau reads them.
UNREAD = {Phase.WRITING, Phase.ENDORSING, Phase.RECOMMENDING, Phase.CORRECTING_FOR_UNIT}
# What is no fault of a page: not theirs, not there in this state, a step that is not open.
ANSWERS = {200, 302, 403, 404}


def pages_of_a_record(world: World, reader: User) -> list[Mounted]:
    return [
        page
        for page in mounted_of(world)
        if page.method == "GET" and "pk" in page.parameters
        if rules.has_perm(page.permission, reader)
    ]


def opened(client: Client, record: Submission, pages: list[Mounted]) -> Iterator[tuple[str, int]]:
    """Open each page, with each decision it can name; yield its address and status."""
    receipt, files = record.receipts.first(), record.attachments.values_list("file", flat=True)
    named = {
        "pk": record.pk,
        "version": record.version,
        "receipt": receipt.pk if receipt else 1,
        "file": next(iter(files), uuid4()),
        "note": 1,
        "other": record.pk + 1,
        "label": 1,
    }
    actions = [one.action for one in worklist_of(record.process).decisions if one.has_button]
    for page in pages:
        if "batches/" in page.route or "views/" in page.route:
            continue
        for action in actions if "action" in page.parameters else [""]:
            address = page.path({**named, "action": action})
            with reading_only():
                yield address, client.get(address).status_code


@pytest.mark.parametrize("way", WAYS)
def test_every_page_of_a_record_opens_for_each_of_its_readers(world: World, way: str) -> None:
    record = WAYS[way](world)
    wrong, read = [], set()
    for name, find in READERS.items():
        reader = User.objects.get(pk=find(world).pk)
        for address, status in opened(client_of(reader), record, pages_of_a_record(world, reader)):
            if status not in ANSWERS:
                wrong.append(f"{name} {address}: {status}")
            if status == 200:
                read.add(name)
    assert wrong == []
    assert "author" in read
    assert record.phase in UNREAD or "planner" in read


def test_no_state_is_forgotten(world: World) -> None:
    met = {make(world).state for make in WAYS.values()}
    assert {one.name for one in world.process.workflow.states} - met <= NOT_YET


BROKEN = (
    "text",
    [["x"], {"id": [1]}],
    {"start": {"x": []}, "name": ["y"], "id": {}},
    [None, True],
    -0.5,
)


def test_a_value_of_a_wrong_type_in_the_database_breaks_no_page(world: World) -> None:
    """Stored by hand, or before values were typed: the record's own pages and the lists open."""
    records = [world.draft(), world.at_unit(), world.arrived()]
    for record in records:
        broken = dict(zip((one.id for one in record.form.form.fields()), cycle(BROKEN)))
        type(record).objects.filter(pk=record.pk).update(answers=broken)
    found = {}
    for name, pages in LISTS.items():
        reader = make_staff(Role.LEADER) if name == "leader" else getattr(world, name)
        client = client_of(User.objects.get(pk=reader.pk))
        for page in pages:
            address = page if page.startswith("/") else world.process.address(page)
            found[address] = client.get(address).status_code
        for record in records:
            found.update(opened(client, record, pages_of_a_record(world, reader)))
    assert {address: one for address, one in found.items() if one not in ANSWERS} == {}
    assert [one for one in found.values() if one == 200]
