"""The bureau's list of a process: tabs, filters, saved views, decisions by button, key and bulk."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.pages import client_of, html_of, words_of
from tests.submissions.contract.world import World
from xinghai.casework.models import Note, SavedView
from xinghai.casework.services import colleagues
from xinghai.casework.worklists import worklist_of
from xinghai.kernel.clock import travel_to
from xinghai.kernel.events import history
from xinghai.kernel.processes import Phase
from xinghai.submissions.models import Submission

pytestmark = pytest.mark.django_db

BUTTON = re.compile(r'data-key="(\w)"')
CHIP = re.compile(r'<ul class="desk-chips".*?</ul>', re.DOTALL)


def inbox(world: World, words: str = "") -> str:
    address = f"{world.process.address('office-inbox')}?{words}"
    return html_of(client_of(world.officer).get(address))


def decide(world: World, submission: Submission, action: str, **sent: str) -> int:
    address = world.process.address("office-decide", submission.pk, action)
    answer = client_of(world.officer).post(address, {"key": f"{action}-{submission.pk}", **sent})
    return answer.status_code


def test_each_tab_holds_the_records_of_its_states(world: World) -> None:
    made = {
        "todo": world.arrived(title="演示：刚刚到的"),
        "returned": world.returned_by_office(title="演示：退回去的"),
        world.case.own_tab: world.kept(title="演示：留下来的"),
    }
    decide(
        world, refused := world.taken_up(title="演示：没有留的"), world.case.refuses, reason="不"
    )
    made["done"] = refused
    for tab in worklist_of(world.process).filter_set.tabs:
        page = inbox(world, f"tab={tab.name}")
        shown = {name for name, one in made.items() if one.title in page}
        assert shown == ({tab.name} if tab.name in made else set(made)), tab.name


@pytest.mark.parametrize(
    ("words", "is_left"),
    [
        ("call={call}", True),
        ("handler=none", True),
        ("handler=me", False),
        ("district=high_tech", True),
        ("district=zhuanghe", False),
        ("age=7", False),
        ("from=2024-02-20", True),
        ("to=2024-02-19", False),
        ("overdue=1", False),
        ("state=submitted", True),
        ("category={category}", True),
        ("domain={domain}", True),
        ("domain=none", False),
    ],
)
def test_a_filter_narrows_and_shows_itself_as_a_chip(
    world: World, words: str, is_left: bool
) -> None:
    arrived = world.arrived()
    words = words.format(
        call=world.call.code, category=arrived.category_id, domain=arrived.domain_id
    )
    page = inbox(world, f"tab=all&{words}")
    assert (f'id="row-{arrived.pk}"' in page) == is_left
    assert CHIP.search(page), "the chosen filter is named above the list"


def test_an_empty_list_says_which_filter_to_drop(world: World) -> None:
    world.arrived()
    page = inbox(world, "tab=all&district=zhuanghe")
    assert "?tab=all" in unescape(page)


def test_every_filter_ignores_a_word_it_does_not_know(world: World) -> None:
    """All but the typed words, and the box that is ticked by whatever is sent."""
    filters = worklist_of(world.process).filter_set.filters
    assert {one.name for one in filters if one.read("no such word")} == {"q", "overdue"}


def test_words_nobody_knows_leave_the_list_as_it_is(world: World) -> None:
    arrived = world.arrived()
    page = inbox(world, "tab=nothing&district=atlantis&state=unheard&age=x&from=31.2.")
    assert f'id="row-{arrived.pk}"' in page
    assert not CHIP.search(page)


def test_a_view_is_kept_under_a_name_and_shared_by_the_head(world: World) -> None:
    client = client_of(world.head)
    address = world.process.address("office-views")
    sent = {"name": "常看的", "words": "tab=all&age=7", "place": "inbox", "shared": "1"}
    client.post(address, sent)
    view = SavedView.objects.get()
    assert (view.process, view.words) == (world.process.key, "tab=all&age=7")
    assert "常看的" in inbox(world)
    other = client_of(world.officer_elsewhere)
    assert "常看的" not in html_of(other.get(world.process.address("office-inbox")))
    client.post(world.process.address("office-view", view.pk), {"do": "delete"})
    assert not SavedView.objects.exists()


def test_each_decision_with_a_key_has_its_button(world: World) -> None:
    """Together over all states: what a key does, a button does, where the step stands open."""
    worklist, client = worklist_of(world.process), client_of(world.officer)
    found = set()
    for submission in (world.arrived(), world.taken_up(), world.kept()):
        page = html_of(client.get(world.process.address("office-record", submission.pk)))
        found |= set(BUTTON.findall(page.partition("desk-actions")[2].partition("</header>")[0]))
    assert found == {one.key for one in worklist.with_keys}


def test_every_key_is_named_in_the_dialog(world: World) -> None:
    page = inbox(world) if world.arrived() else ""
    dialog = page.partition('id="keys"')[2]
    for one in worklist_of(world.process).with_keys:
        assert f"<kbd>{one.key}</kbd>" in dialog, one.action
        assert str(one.key_label or one.label) in dialog


def test_every_decision_has_a_page_or_is_done_at_once(world: World) -> None:
    arrived, client = world.arrived(), client_of(world.officer)
    for one in worklist_of(world.process).decision_by_action.values():
        address = world.process.address("office-decide", arrived.pk, one.action)
        status = client.get(address).status_code
        assert status in ({200} if one.has_button else {404, 405}), one.action


def test_taking_up_is_done_at_once(world: World) -> None:
    arrived = world.arrived()
    assert decide(world, arrived, "take-up") == 302
    assert world.again(arrived).phase == Phase.WORKING


def test_deciding_takes_up_first_and_both_steps_are_in_the_trail(world: World) -> None:
    arrived = world.arrived()
    assert decide(world, arrived, world.case.keeps) == 302
    assert world.again(arrived).state == world.case.kept_state
    verbs = [event.verb for event in history(arrived)]
    assert verbs[-2:] == ["take_up", world.case.keeps]


def test_a_refusal_needs_a_reason_the_author_reads(world: World) -> None:
    arrived = world.arrived()
    assert decide(world, arrived, world.case.refuses, reason=" ") == 422
    assert decide(world, arrived, world.case.refuses, reason="已有同类") == 302
    refused = world.again(arrived)
    assert (refused.state, refused.outcome_reason) == (world.case.refused_state, "已有同类")
    page = words_of(client_of(world.author).get(world.process.address("record", arrived.pk)))
    assert "已有同类" in page


def test_a_return_needs_a_reason_and_a_day(world: World) -> None:
    arrived = world.arrived()
    assert decide(world, arrived, "return", reason="请补充") == 422
    sent = {"reason": "请补充", "due_on": "2024-03-10", "on-title": "再具体些"}
    assert decide(world, arrived, "return", **sent) == 302
    back = world.again(arrived)
    assert (back.phase, str(back.due_on)) == (Phase.CORRECTING, "2024-03-10")
    assert [one.field for one in back.remarks] == ["title"]


def test_a_decision_nobody_knows_is_not_found(world: World) -> None:
    assert decide(world, world.arrived(), "no-such-step") == 404


def test_many_are_decided_after_a_page_that_names_them(world: World) -> None:
    both, client = [world.arrived(), world.arrived()], client_of(world.officer)
    address = world.process.address("office-decide-many")
    sent = {"action": world.case.keeps, "chosen": [one.pk for one in both], "key": "many"}
    asked = client.post(address, sent)
    assert all(one.title in html_of(asked) for one in both)
    assert {world.again(one).phase for one in both} == {Phase.ARRIVED}
    client.post(address, {**sent, "sure": "1"})
    assert {world.again(one).state for one in both} == {world.case.kept_state}


def test_every_decision_for_many_has_its_page(world: World) -> None:
    arrived, client = world.arrived(), client_of(world.officer)
    address = world.process.address("office-decide-many")
    for one in worklist_of(world.process).for_many:
        answer = client.post(address, {"action": one.action, "chosen": [arrived.pk]})
        assert answer.status_code == 200, one.action
        assert arrived.title in html_of(answer)
        assert one.consequence_for_many() in unescape(html_of(answer))


def test_nothing_of_another_office_is_decided_in_bulk(world: World) -> None:
    arrived, client = world.arrived(), client_of(world.officer_elsewhere)
    sent = {"action": "take-up", "chosen": [arrived.pk], "sure": "1", "key": "x"}
    client.post(world.process.address("office-decide-many"), sent)
    assert world.again(arrived).phase == Phase.ARRIVED


def test_a_note_is_for_colleagues_and_can_be_taken_back(world: World) -> None:
    arrived, client = world.arrived(), client_of(world.officer)
    client.post(world.process.address("office-note", arrived.pk), {"text": "演示备注", "key": "n"})
    address = world.process.address("office-record", arrived.pk)
    assert "演示备注" in html_of(client_of(world.colleague).get(address))
    page = client_of(world.author).get(world.process.address("record", arrived.pk))
    assert "演示备注" not in html_of(page)
    note = Note.objects.get()
    client.post(world.process.address("office-note-withdraw", arrived.pk, note.pk), {"key": "w"})
    assert "演示备注" not in html_of(client_of(world.colleague).get(address))


def test_a_record_is_given_to_a_colleague(world: World) -> None:
    arrived, sent = world.arrived(), {"handler": world.colleague.pk, "key": "g"}
    client_of(world.officer).post(world.process.address("office-give", arrived.pk), sent)
    assert world.again(arrived).handler == world.colleague
    assert world.colleague.name in inbox(world)


def test_planning_routes_what_no_rule_covers_and_may_remember_it(world: World) -> None:
    waiting, client = world.arrived(domain=world.case.unrouted), client_of(world.planner)
    assert waiting.title in html_of(client.get(world.process.address("office-triage")))
    sent = {"office": "gaoxin", "remember": "on", "key": "t"}
    client.post(world.process.address("office-assign", waiting.pk), sent)
    assert world.again(waiting).office == world.officer.office
    assert world.arrived(domain=world.case.unrouted).office == world.officer.office


def test_the_load_page_counts_what_waits(world: World) -> None:
    world.arrived()
    page = client_of(world.head).get(world.process.address("office-load"))
    assert page.status_code == 200
    assert re.search(r">\s*1\s*<", html_of(page))


def test_what_waited_two_weeks_is_marked(world: World) -> None:
    arrived = world.arrived()
    assert "久未办理" not in inbox(world)
    with travel_to(arrived.state_since + timedelta(days=15)):
        assert "久未办理" in inbox(world)


def test_a_colleague_who_left_is_told_on_the_row(world: World) -> None:
    arrived = world.arrived()
    colleagues.give_to(arrived, world.colleague, by=world.officer)
    type(world.colleague).objects.filter(pk=world.colleague.pk).update(is_active=False)
    assert "已离开" in inbox(world)
