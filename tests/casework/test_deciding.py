"""The office's work: every decision leaves a state, an event and a message, or changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from tests.factories import load_notice, make_staff
from tests.suggestions.factories import (
    IN_THE_WINDOW,
    administrator_of,
    again,
    fill,
    hand_in,
    in_the_window,
    key,
    make_submitted,
)
from tests.suggestions.scenes import Bureau, back, make_bureau, suggestion_in
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Office
from xinghai.calls.models import Call, Route
from xinghai.casework.services import deciding as office
from xinghai.kernel import workflow
from xinghai.kernel.clock import travel_to
from xinghai.kernel.events import history
from xinghai.kernel.models import Message
from xinghai.kernel.workflow import NotAllowed, ReasonMissing, WrongState
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db


def verbs(suggestion: Suggestion) -> list[str]:
    return [event.verb for event in history(suggestion)]


def test_a_decision_on_an_untouched_suggestion_takes_it_up_first(
    call: Call, bureau: Bureau
) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    with in_the_window():
        deciding.accept(suggestion, by=bureau.officer)
    assert again(suggestion).state == "pooled"
    assert verbs(suggestion)[-2:] == ["take_up", "accept"]


def test_a_declined_author_reads_the_reason(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    with in_the_window():
        deciding.decline(suggestion, by=bureau.officer, reason="已有在研项目覆盖")
    assert again(suggestion).outcome_reason == "已有在研项目覆盖"
    message = Message.objects.filter(recipient=suggestion.author).latest("pk")
    assert "已有在研项目覆盖" in message.body


@pytest.mark.parametrize("reason", ["", "   "])
def test_nobody_is_declined_without_a_reason(call: Call, bureau: Bureau, reason: str) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    with in_the_window(), pytest.raises(ReasonMissing):
        deciding.decline(suggestion, by=bureau.officer, reason=reason)
    assert again(suggestion).state == "with_office"


def test_a_return_carries_reason_date_and_remarks_and_comes_back(
    call: Call, bureau: Bureau
) -> None:
    suggestion = suggestion_in("returned_by_office", call, bureau)
    assert (suggestion.due_on, suggestion.outcome_reason) == (back().due_on, "请补充考核方式")
    assert [(one.field, one.side) for one in suggestion.remarks.all()] == [("title", "office")]
    with travel_to(IN_THE_WINDOW.replace(month=6)):
        corrected = hand_in(fill(suggestion, title="按意见改过的演示名称"))
    assert (corrected.state, corrected.number) == ("with_office", "2024-00001")
    assert corrected.office == bureau.officer.office


def test_a_universitys_correction_passes_its_research_office_again(
    call: Call, bureau: Bureau
) -> None:
    suggestion = suggestion_in("returned_by_office", call, bureau, kind="university")
    with in_the_window():
        waiting = hand_in(fill(suggestion, title="按意见改过的演示名称"))
        assert waiting.state == "unit_review_again"
        handing_in.submit_batch(
            SUGGESTIONS,
            [waiting.pk],
            organisation=waiting.organisation,
            by=administrator_of(waiting.organisation),
            key=key(),
        )
    assert (again(waiting).state, again(waiting).number) == ("with_office", "2024-00001")
    assert again(waiting).receipts.count() == 2


def test_a_return_needs_a_date_to_come(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    past = office.Return(reason="请改", due_on=IN_THE_WINDOW.date())
    with in_the_window(), pytest.raises(Refused, match="晚于今天"):
        office.return_for_correction(suggestion, past, by=bureau.officer)


def test_merging_keeps_where_each_came_from(call: Call, bureau: Bureau) -> None:
    merged = suggestion_in("merged", call, bureau)
    target = merged.merged_into
    assert target is not None
    assert list(target.absorbed.all()) == [merged]
    assert history(target).last().data == {"from": merged.pk}


@pytest.mark.parametrize(
    "state", ["submitted", "returned_by_office", "declined", "merged", "triage"]
)
def test_only_what_is_at_work_or_in_the_pool_can_absorb(
    call: Call, bureau: Bureau, state: str
) -> None:
    target = suggestion_in(state, call, bureau)
    suggestion = suggestion_in("with_office", call, bureau)
    with in_the_window(), pytest.raises(Refused):
        deciding.merge_into(suggestion, target, by=bureau.officer)
    assert again(suggestion).state == "with_office"


def test_a_suggestion_cannot_be_merged_into_itself(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    with in_the_window(), pytest.raises(Refused):
        deciding.merge_into(suggestion, again(suggestion), by=bureau.officer)


def test_handing_over_moves_it_to_the_other_offices_inbox(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    other = bureau.other_officer.office
    with in_the_window():
        office.hand_over(suggestion, other, by=bureau.officer, reason="属于化工方向")
        with pytest.raises(NotAllowed):
            office.take_up(again(suggestion), by=bureau.officer)
        office.take_up(again(suggestion), by=bureau.other_officer)
    assert (again(suggestion).state, again(suggestion).office) == ("with_office", other)
    assert again(suggestion).domain.code == "ai", "the author's own choice stays"


def test_the_offices_type_stands_beside_the_authors(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    with in_the_window():
        deciding.reclassify(
            suggestion,
            call.categories.get(code="JBGS"),
            call.domains.get(code="safety"),
            by=bureau.officer,
            reason="更适合揭榜挂帅",
        )
    stored = again(suggestion)
    assert (stored.category.code, stored.assigned_category.code) == ("ZDYF", "JBGS")
    assert (stored.domain.code, stored.assigned_domain.code) == ("ai", "safety")


def test_the_trail_keeps_what_stood_there_when_the_row_was_locked(
    call: Call, bureau: Bureau
) -> None:
    as_read = suggestion_in("with_office", call, bureau)
    first, second = call.categories.get(code="JBGS"), as_read.category
    with in_the_window():
        deciding.reclassify(again(as_read), first, None, by=bureau.officer, reason="更合适")
        deciding.reclassify(as_read, second, None, by=bureau.officer, reason="还是原来的合适")
    *_earlier, last = history(as_read)
    assert last.data == {"old": [first.pk, None], "new": [second.pk, None]}


def test_another_office_cannot_reclassify(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    with in_the_window(), pytest.raises(NotAllowed):
        deciding.reclassify(
            suggestion, suggestion.category, None, by=bureau.other_officer, reason="越权"
        )


@pytest.mark.parametrize("remember", [True, False])
def test_planning_assigns_and_may_make_it_the_calls_rule(
    call: Call, bureau: Bureau, remember: bool
) -> None:
    suggestion = suggestion_in("triage", call, bureau)
    gaoxin = Office.objects.get(code="gaoxin")
    with in_the_window():
        office.assign(suggestion, gaoxin, by=bureau.planner, remember=remember)
        following = make_submitted(call, "ZDYF", domain="popularisation")
    assert (again(suggestion).state, again(suggestion).office) == ("with_office", gaoxin)
    assert following.state == ("submitted" if remember else "triage")
    assert Route.objects.filter(origin="remembered").count() == int(remember)


def test_after_taking_up_the_author_can_no_longer_recall(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    with in_the_window(), pytest.raises(WrongState, match="已受理"):
        handing_in.recall(suggestion, by=suggestion.author)


@pytest.mark.django_db(transaction=True)
def test_two_officers_deciding_at_once_one_wins_and_the_other_is_told() -> None:
    outcomes = two_decide_at_once()
    assert sorted(outcomes) == ["WrongState", "done"]
    assert Suggestion.objects.get().state in {"pooled", "declined"}


@pytest.mark.django_db(transaction=True)
def test_without_the_rows_lock_both_would_try_to_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: both look before either writes."""
    both_looked = Barrier(2)
    locked = workflow.events.lock

    def look_only(record: Suggestion, *, towards: str = "") -> object:
        if not isinstance(record, Suggestion):
            return locked(record, towards=towards)
        head = type(record).objects.values_list("state", "event_head").get(pk=record.pk)
        with connection.cursor() as cursor:
            state_pass = f"suggestions_suggestion:{record.pk}:{towards}"
            cursor.execute("SELECT set_config('xinghai.transition', %s, true)", [state_pass])
        if head[0] == "with_office":
            both_looked.wait()
        return workflow.events.Head(head[0], bytes(head[1]), IN_THE_WINDOW)

    call, bureau = prepared()
    suggestion = suggestion_in("with_office", call, bureau)
    monkeypatch.setattr(workflow.events, "lock", look_only)
    outcomes = decide_in_threads(suggestion, bureau)
    monkeypatch.setattr(workflow.events, "lock", locked)
    assert sorted(outcomes) == ["IntegrityError", "done"], "only the chain's constraint is left"


def prepared() -> tuple[Call, Bureau]:
    call = load_notice("2024")
    return call, make_bureau()


def two_decide_at_once() -> list[str]:
    call, bureau = prepared()
    return decide_in_threads(suggestion_in("with_office", call, bureau), bureau)


def decide_in_threads(suggestion: Suggestion, bureau: Bureau) -> list[str]:
    colleague = make_staff(Role.OFFICER, office=bureau.officer.office)
    begin = Barrier(2)

    def act(which: int) -> str:
        record = Suggestion.objects.select_related("call", "author", "category").get(
            pk=suggestion.pk
        )
        begin.wait()
        try:
            with in_the_window():
                if which == 0:
                    deciding.accept(record, by=bureau.officer)
                else:
                    deciding.decline(record, by=colleague, reason="已有在研项目覆盖")
        except Exception as fault:
            return type(fault).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(act, range(2)))


def test_nothing_is_handed_over_to_the_office_that_has_it(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    assert bureau.officer.office is not None
    with pytest.raises(Refused, match="已经在这个处室"):
        office.hand_over(suggestion, bureau.officer.office, by=bureau.officer, reason="再看看")
