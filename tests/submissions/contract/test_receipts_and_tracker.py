"""What an author holds in hand: the receipt anybody can check, and the tracker of every state."""

import pytest
from django.urls import reverse

from tests.pages import client_of, html_of, words_of
from tests.submissions.contract.world import World
from xinghai.kernel.events import history
from xinghai.kernel.models import Message
from xinghai.kernel.processes import WITH_AUTHOR, WITH_UNIT
from xinghai.submissions.receipts import receipt_hash
from xinghai.submissions.tracking import track

pytestmark = pytest.mark.django_db


def verified(number: str, digest: str) -> str:
    address = reverse("submissions:verify")
    return words_of(client_of(None).get(f"{address}?number={number}&digest={digest}"))


def test_a_receipt_names_number_and_hash_and_anybody_can_check_it(world: World) -> None:
    arrived = world.arrived()
    receipt = arrived.receipts.get()
    assert receipt.content_hash == receipt_hash(arrived)
    address = world.process.address("receipt", arrived.pk, receipt.pk)
    page = html_of(client_of(world.author).get(address))
    assert arrived.number in page
    assert receipt.content_hash in page
    right, wrong = (
        verified(receipt.number, receipt.content_hash),
        verified(receipt.number, "0" * 64),
    )
    assert right != wrong
    assert arrived.title not in right


def test_a_batch_receipt_can_be_checked_too(world: World) -> None:
    batch = world.endorse(world.at_unit(), world.at_unit())
    right, wrong = verified(batch.number, batch.content_hash), verified(batch.number, "0" * 64)
    assert batch.number in right
    assert right != wrong


def test_only_its_author_opens_the_receipt(world: World) -> None:
    arrived = world.arrived()
    address = world.process.address("receipt", arrived.pk, arrived.receipts.get().pk)
    for person in (world.member(), world.stranger):
        assert client_of(person).get(address).status_code == 404


def test_each_state_says_who_has_it_and_what_is_next(world: World) -> None:
    """The holder is somebody; a next step is named unless the record has come to its end."""
    arrived = world.arrived()
    for state in world.process.workflow.states:
        arrived.state = state.name
        found = track(arrived, history(arrived))
        assert found.holder, state.name
        assert "%(" not in found.holder + found.following, state.name
        assert bool(found.following) != state.final, state.name
        if state.phase in WITH_AUTHOR:
            assert found.holder == "您"
        if state.phase in WITH_UNIT:
            assert world.unit.name in found.holder


def test_the_tracker_names_the_moment_of_the_last_step(world: World) -> None:
    arrived = world.arrived()
    steps = list(history(arrived).select_related("actor"))
    found = track(arrived, steps)
    assert found.since == arrived.state_since
    labels = [one.label for one in found.steps]
    last = "recommend" if world.has_recommender else "endorse"
    assert labels[0] == "开始填写"
    assert labels[-1] == str(world.process.workflow.by_name[last].label)


def test_the_record_page_shows_where_it_stands(world: World) -> None:
    arrived = world.arrived()
    page = words_of(client_of(world.author).get(world.process.address("record", arrived.pk)))
    state = world.process.workflow.state_by_name[arrived.state]
    assert str(state.applicant_label) in page
    assert str(state.next) in page


def test_the_author_is_told_of_the_decision(world: World) -> None:
    kept = world.kept()
    told = Message.objects.filter(recipient=world.author).order_by("pk").last()
    assert told is not None
    assert told.url == world.process.address("record", kept.pk)
    words = world.process.messages[world.case.keeps][0].subject
    assert told.subject_text == words
