"""Two at the same moment: one wins, and without the lock or the key both do (the twin)."""

from collections.abc import Iterator
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import F, QuerySet

from tests import racing
from tests.submissions.contract.cases import CASES, Case
from tests.submissions.contract.world import IN_THE_WINDOW, World, fresh_key
from xinghai.casework.services import deciding
from xinghai.kernel import events
from xinghai.kernel.clock import travel_to
from xinghai.kernel.events import broken_links, history
from xinghai.kernel.workflow import TransitionRefused
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.models import Submission
from xinghai.submissions.services import drafting, submitting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def world(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[World]:
    case: Case = request.param
    with travel_to(IN_THE_WINDOW):
        yield World.put_back(case)


def at_once(acts: list[Any]) -> list[object]:
    """Run the acts together; return what each answered or the refusal it met."""

    def run(client: int) -> object:
        with travel_to(IN_THE_WINDOW):
            try:
                return acts[client]()
            except (Refused, TransitionRefused) as refusal:
                return refusal

    return racing.at_once(run, clients=len(acts))


def test_two_clicks_with_one_key_hand_in_once(world: World) -> None:
    draft, pressed = world.draft(), fresh_key()

    def click() -> object:
        one = world.again(draft)
        return submitting.submit(one, by=world.author, key=pressed, version=draft.version)

    answers = at_once([click, click])
    assert answers[0] == answers[1]
    assert [one.verb for one in history(draft)].count("send_to_unit") == 1


def test_the_same_without_a_common_key_refuses_the_second(world: World) -> None:
    """The twin: each click with a key of its own is no longer known as the same click."""
    draft = world.draft()

    def click() -> object:
        one = world.again(draft)
        return submitting.submit(one, by=world.author, key=fresh_key(), version=draft.version)

    answers = at_once([click, click])
    assert sum(isinstance(one, Exception) for one in answers) == 1
    assert [one.verb for one in history(draft)].count("send_to_unit") == 1


def test_of_two_decisions_at_once_one_is_refused(world: World) -> None:
    taken = world.taken_up()
    answers = at_once(_two_decisions(world, taken))
    assert sum(isinstance(one, TransitionRefused) for one in answers) == 1
    decided = world.again(taken)
    assert decided.state in (world.case.kept_state, world.case.refused_state)
    assert broken_links(history(decided), decided.event_head) == []


def test_the_same_without_the_rows_lock_breaks_the_chain_of_events(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: both read before either writes; only the chain's constraint stops the second."""
    taken, both_have_read = world.taken_up(), Barrier(2)
    unlocked = QuerySet.all

    def lock_nothing(rows: Any, *_given: Any, **_more: Any) -> Any:
        return unlocked(rows)

    lock = events.lock

    def read_together(record: Any, **more: Any) -> Any:
        head = lock(record, **more)
        both_have_read.wait(5)
        return head

    monkeypatch.setattr(QuerySet, "select_for_update", lock_nothing)
    monkeypatch.setattr(events, "lock", read_together)
    with pytest.raises(IntegrityError, match="event_chain"):
        at_once(_two_decisions(world, taken))


def _two_decisions(world: World, taken: Submission) -> list[Any]:
    officer = world.officer
    return [
        lambda: deciding.decide(world.case.keeps, world.again(taken), by=officer),
        lambda: deciding.decide(world.case.refuses, world.again(taken), by=officer, reason="不"),
    ]


def test_two_saves_on_one_version_keep_both_texts(world: World) -> None:
    draft = world.draft()
    answers = at_once(_two_saves(world, draft))
    assert [one for one in answers if isinstance(one, Exception)] == []
    both = world.again(draft)
    assert both.title == "演示：第一窗口"
    assert both.answers[world.case.text_field] == "第二窗口写的内容。" * 20
    assert both.version == draft.version + 2


def _two_saves(world: World, draft: Submission) -> list[Any]:
    def save(**typed: Any) -> object:
        one = world.again(draft)
        drafting.save(one, by=world.author, base_version=draft.version, answers=typed)
        return None

    return [
        lambda: save(title="演示：第一窗口"),
        lambda: save(**{world.case.text_field: "第二窗口写的内容。" * 20}),
    ]


def test_the_same_without_the_version_in_the_condition_loses_a_text(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: a save that asks for the record alone writes over the other window's words."""
    draft, both_have_read = world.draft(), Barrier(2)

    def store_naively(submission: Submission, new: Any, *, by: Any, note: str) -> bool:
        both_have_read.wait(5)
        facts = drafting.promoted(submission, new)
        rows = type(submission).objects.filter(pk=submission.pk)
        rows.update(answers=new, version=F("version") + 1, **facts)
        return True

    monkeypatch.setattr(drafting, "store", store_naively)
    at_once(_two_saves(world, draft))
    both = world.again(draft)
    kept = (
        both.title == "演示：第一窗口",
        both.answers[world.case.text_field].startswith("第二窗口"),
    )
    assert kept != (True, True)
