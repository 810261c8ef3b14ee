"""From the first page to the decision, with everything a record can meet on its way."""

import pytest

from tests.submissions.contract.cases import CASES
from tests.submissions.contract.world import DUE, World, fresh_key
from xinghai.casework.services import deciding
from xinghai.kernel.events import history
from xinghai.kernel.processes import Phase
from xinghai.kernel.workflow import NotAllowed, WrongState
from xinghai.submissions.process import every_process
from xinghai.submissions.services import submitting

pytestmark = pytest.mark.django_db


def test_every_process_has_a_case() -> None:
    assert [case.process for case in CASES] == list(every_process())


def test_a_record_is_begun_endorsed_received_and_decided(world: World) -> None:
    kept = world.kept()
    assert kept.state == world.case.kept_state
    edges = [event.verb for event in history(kept) if event.verb in kept.workflow.by_name]
    passed_on = ["endorse_to_recommender", "recommend"] if world.has_recommender else ["endorse"]
    assert edges == ["send_to_unit", *passed_on, "take_up", world.case.keeps]


def test_the_unit_returns_and_it_comes_again(world: World) -> None:
    first = world.at_unit()
    submitting.return_to_author(first, by=world.science, reason="请补充")
    back = world.again(first)
    assert (back.phase, back.outcome_reason) == (Phase.CORRECTING_FOR_UNIT, "请补充")
    assert world.hand_in(back).phase == Phase.ENDORSING


def test_the_office_returns_and_the_correction_passes_the_unit_again(world: World) -> None:
    back = world.returned_by_office()
    assert (back.phase, back.due_on) == (Phase.CORRECTING, DUE)
    assert [one.text for one in back.remarks] == ["再具体些"]
    again = world.hand_in(back)
    assert again.phase == Phase.ENDORSING_CORRECTION
    world.endorse(again)
    corrected = world.again(again)
    assert (corrected.phase, corrected.number) == (Phase.WORKING, back.number)
    assert corrected.receipts.count() == 2


def test_the_unit_returns_a_correction(world: World) -> None:
    again = world.hand_in(world.returned_by_office())
    submitting.return_to_author(again, by=world.science, reason="还差一处")
    assert world.again(again).phase == Phase.CORRECTING


def test_a_correction_is_recalled_from_the_unit(world: World) -> None:
    again = world.hand_in(world.returned_by_office())
    submitting.recall(again, by=world.author)
    assert world.again(again).phase == Phase.CORRECTING


def test_what_nobody_has_taken_up_is_recalled_and_keeps_its_number(world: World) -> None:
    arrived = world.arrived()
    submitting.recall(arrived, by=world.author)
    back = world.again(arrived)
    assert (back.phase, back.number) == (Phase.WRITING, arrived.number)
    assert back.office is None


def test_what_an_office_has_taken_up_is_not_recalled(world: World) -> None:
    taken = world.taken_up()
    with pytest.raises(WrongState):
        submitting.recall(taken, by=world.author)
    assert world.again(taken).phase == Phase.WORKING


def test_a_stranger_moves_nothing(world: World) -> None:
    arrived = world.arrived()
    for act in (
        lambda: submitting.recall(arrived, by=world.stranger),
        lambda: deciding.take_up(arrived, by=world.officer_elsewhere),
        lambda: deciding.take_up(arrived, by=world.planner),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert world.again(arrived).phase == Phase.ARRIVED


def test_what_no_rule_routes_waits_for_planning(world: World) -> None:
    arrived = world.arrived(domain=world.case.unrouted)
    assert (arrived.phase, arrived.office) == (Phase.UNROUTED, None)
    office = world.officer.office
    deciding.assign(arrived, office, by=world.planner)
    assert world.again(arrived).office == office


def test_an_office_hands_over_to_another(world: World) -> None:
    arrived, other = world.arrived(), world.officer_elsewhere.office
    deciding.hand_over(arrived, other, by=world.officer, reason="归口不同")
    moved = world.again(arrived)
    assert (moved.phase, moved.office) == (Phase.ARRIVED, other)


def test_a_key_acts_once(world: World) -> None:
    draft, pressed = world.draft(), fresh_key()
    first = submitting.submit(draft, by=world.author, key=pressed, version=draft.version)
    assert submitting.submit(draft, by=world.author, key=pressed, version=draft.version) == first
    verbs = [event.verb for event in history(draft)]
    assert verbs.count("send_to_unit") == 1
