"""A page from before: what it asks no longer fits, and nobody is told that it was done."""

from datetime import timedelta
from typing import Any

import pytest

from tests import racing
from tests.pages import client_of, words_of
from tests.submissions.contract.cases import CASES, Case
from tests.submissions.contract.world import IN_THE_WINDOW, World, fresh_key
from xinghai.accounts.models import User
from xinghai.calls.services import cancel_call
from xinghai.casework.models import Note
from xinghai.kernel.clock import travel_to
from xinghai.kernel.idempotency import KeyReused
from xinghai.submissions.exceptions import CannotStart, NotEditable
from xinghai.submissions.services import drafting, submitting
from xinghai.submissions.services.submitting import recall

pytestmark = pytest.mark.django_db
STALE = "这个页面已经用过"


def test_a_cancelled_call_takes_nothing_more(world: World) -> None:
    draft, waiting = world.draft(), world.at_unit()
    cancel_call(world.call, by=world.planner, reason="演示取消")
    author, process = client_of(world.author), world.process
    start = author.get(process.address("start", world.call.code))
    assert start.status_code == 409
    assert "已经取消" in words_of(start)
    sent = {"version": draft.version, "key": fresh_key()}
    assert author.post(process.address("submit", draft.pk), sent).status_code == 409
    client_of(world.science).post(
        process.address("unit-hand-in"), {"chosen": waiting.pk, "sure": "1", "key": fresh_key()}
    )
    assert [world.again(one).state for one in (draft, waiting)] == ["draft", "unit_review"]


def test_a_type_that_is_closed_begins_nothing(world: World) -> None:
    category = world.call.categories.get(code=world.case.category)
    world.call.categories.filter(pk=category.pk).update(is_accepting=False)
    with pytest.raises(CannotStart, match="不接收填报"):
        world.begin()
    address = world.process.address("start", world.call.code)
    for one in world.call.categories.filter(is_accepting=False):
        sent = {"category": one.code, "key": fresh_key()}
        assert client_of(world.author).post(address, sent).status_code == 409


def test_a_used_key_does_not_hand_in_what_was_taken_back(world: World) -> None:
    draft, pressed = world.draft(), fresh_key()
    facts: dict[str, Any] = {"by": world.author, "key": pressed, "version": draft.version}
    submitting.submit(draft, **facts)
    submitting.submit(draft, **facts)  # the double click
    recall(world.again(draft), by=world.author)
    with pytest.raises(KeyReused, match=STALE):
        submitting.submit(world.again(draft), **facts)
    assert world.again(draft).state == "draft"


def test_a_used_key_does_not_endorse_what_came_again(world: World) -> None:
    waiting, pressed = world.at_unit(), fresh_key()
    by = User.objects.get(pk=world.science.pk)

    def press() -> object:
        return submitting.submit_batch(
            world.process, [waiting.pk], organisation=world.unit, by=by, key=pressed
        )

    assert press() == press()
    recall(world.again(waiting), by=by)
    world.hand_in(world.again(waiting))
    with pytest.raises(KeyReused, match=STALE):
        press()


def test_a_used_key_does_not_return_what_was_corrected(world: World) -> None:
    taken, client = world.taken_up(), client_of(world.officer)
    due = (IN_THE_WINDOW + timedelta(days=20)).date().isoformat()
    sent = {"reason": "演示理由", "due_on": due, "key": "pressed"}
    address = world.process.address("office-decide", taken.pk, "return")
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    assert world.again(taken).state == "returned_by_office"
    corrected = world.hand_in(world.again(taken))
    world.endorse(corrected)
    refused = client.post(address, sent)
    assert STALE in words_of(refused)
    assert world.again(taken).state == "with_office"


def test_two_notes_from_one_page_are_two_notes(world: World) -> None:
    taken, client = world.taken_up(), client_of(world.officer)
    address = world.process.address("office-note", taken.pk)
    for text in ("第一条", "第一条", "第二条"):
        client.post(address, {"text": text, "key": "pressed"})
    notes = Note.objects.filter(dossier=taken.pk).order_by("pk")
    assert list(notes.values_list("text", flat=True)) == ["第一条", "第二条"]


def test_a_day_nobody_can_count_with_is_refused(world: World) -> None:
    taken = world.taken_up()
    address = world.process.address("office-decide", taken.pk, "return")
    sent = {"reason": "演示理由", "due_on": "9999-12-31", "key": fresh_key()}
    assert client_of(world.officer).post(address, sent).status_code == 422
    assert world.again(taken).state == "with_office"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_draft_deleted_in_another_tab_is_missed_with_a_sentence(
    case: Case, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with travel_to(IN_THE_WINDOW):
        world = World(case, case.load())
        draft = world.draft()
        read = world.again(draft)

        def discard() -> None:
            with travel_to(IN_THE_WINDOW):
                drafting.discard(world.again(draft), by=world.author)

        later = racing.overtake(monkeypatch, drafting, "store", discard)
        with pytest.raises(NotEditable, match="已经删除"):
            drafting.save(
                read, by=world.author, base_version=read.version, answers={"title": "改过"}
            )
        later.join()
        with pytest.raises(NotEditable, match="已经删除"):
            submitting.submit(read, by=world.author, key=fresh_key(), version=read.version)
