"""What reaches people by the clock, and what the bureau sees as numbers."""

from datetime import datetime

import pytest

from tests.pages import client_of, html_of, words_of
from tests.submissions.contract.world import IN_THE_WINDOW, World
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.events import history
from xinghai.kernel.models import Message
from xinghai.submissions.scheduled_reminders import remind
from xinghai.submissions.subjects import REMINDERS

pytestmark = pytest.mark.django_db


def letters(person: object, world: World) -> list[Message]:
    return list(Message.objects.filter(recipient=person, topic=REMINDERS))


def at(month: int, day: int) -> datetime:
    return IN_THE_WINDOW.replace(month=month, day=day)


def test_an_author_and_the_unit_are_reminded_before_the_deadline(world: World) -> None:
    world.draft()
    world.at_unit()
    with travel_to(at(2, 26)):
        remind(database_now())
        remind(database_now())
    for person in (world.author, world.science):
        (letter,) = letters(person, world)
        assert letter.subject.startswith("还有 3 天截止")
        assert world.process.noun.word in letter.subject


def test_a_correction_that_did_not_come_is_told_once(world: World) -> None:
    back = world.returned_by_office()
    with travel_to(at(12, 31).replace(year=2025)):
        remind(database_now())
        remind(database_now())
    told = [one for one in letters(world.author, world) if "期限" in one.subject]
    assert [one.url for one in told] == [world.process.address("edit", back.pk)]


def test_an_office_hears_of_what_it_left_lying(world: World) -> None:
    world.arrived()
    assert world.officer
    with travel_to(at(3, 11)):
        remind(database_now())
    (letter,) = letters(world.officer, world)
    assert letter.url == f"{world.process.address('office-inbox')}?age=7"
    assert not letters(world.officer_elsewhere, world)


def test_a_research_office_reminds_its_authors(world: World) -> None:
    draft, client = world.draft(title="不给人看的演示草稿"), client_of(world.science)
    page = client.get(world.process.address("unit-reminders"))
    assert world.author.name in words_of(page)
    assert draft.title not in html_of(page)
    sent = {"chosen": [world.author.pk], "sure": "1", "key": "r", "sentence": "请抓紧"}
    client.post(world.process.address("unit-remind"), sent)
    (letter,) = letters(world.author, world)
    assert "请抓紧" in letter.body
    assert [one.verb for one in history(draft)][-1] == "remind"


def test_the_schools_of_a_unit_are_counted(world: World) -> None:
    world.at_unit()
    page = client_of(world.science).get(world.process.address("unit-schools"))
    assert page.status_code == 200


def test_the_overview_counts_what_was_received_and_names_nothing_unfinished(world: World) -> None:
    world.arrived()
    draft = world.draft(title="不给人看的演示草稿")
    client, asked = client_of(world.planner), f"?call={world.call.code}"
    page = client.get(world.process.address("office-overview") + asked)
    assert page.status_code == 200
    unfinished = client.get(world.process.address("office-unfinished") + asked)
    assert world.unit.name in words_of(unfinished)
    assert draft.title not in html_of(page) + html_of(unfinished)


@pytest.mark.parametrize("table", ["heat", "arrivals", "steps", "load"])
def test_the_tables_of_the_overview_can_be_taken_along(world: World, table: str) -> None:
    world.arrived()
    address = world.process.address("office-overview-file", table)
    answer = client_of(world.planner).get(f"{address}?call={world.call.code}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).count(b"\n") >= 2


def test_the_rows_can_be_taken_along_as_far_as_one_sees_them(world: World) -> None:
    arrived = world.arrived()
    address = world.process.address("office-rows-file")
    for person, sees in (
        (world.officer, True),
        (world.planner, True),
        (world.officer_elsewhere, False),
    ):
        answer = client_of(person).get(address)
        assert (arrived.number in b"".join(answer.streaming_content).decode()) == sees


def test_the_unfinished_can_be_taken_along_without_titles(world: World) -> None:
    draft = world.draft(title="不给人看的演示草稿")
    address = f"{world.process.address('office-unfinished-file')}?call={world.call.code}"
    lines = b"".join(client_of(world.planner).get(address).streaming_content).decode()
    assert world.unit.name in lines
    assert draft.title not in lines


def test_a_printed_record_bears_number_and_hash(world: World) -> None:
    arrived = world.arrived()
    page = html_of(client_of(world.author).get(world.process.address("print", arrived.pk)))
    assert arrived.number in page
    assert arrived.receipts.get().content_hash in page
