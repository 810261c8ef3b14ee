"""Handing in: to the office directly, through the research office, once, in time."""

from datetime import datetime, timedelta

import pytest

from tests.factories import join, load_notice, make_organisation, make_user
from tests.suggestions.factories import (
    CITY,
    IN_THE_WINDOW,
    administrator_of,
    again,
    fill,
    hand_in,
    in_the_window,
    key,
    make_draft,
    make_submitted,
    start,
)
from xinghai.accounts.kinds import OrganisationKind
from xinghai.accounts.models import Office
from xinghai.calls.models import Call
from xinghai.calls.windows import CallClosed
from xinghai.kernel.clock import travel_to
from xinghai.kernel.events import broken_links, history
from xinghai.kernel.idempotency import KeyReused
from xinghai.kernel.workflow import NotAllowed, WrongState
from xinghai.submissions.answers import proposed_receivers
from xinghai.submissions.exceptions import BatchBlocked, NotReady, StaleVersion, UnitNotReady
from xinghai.submissions.models import Batch, Receipt
from xinghai.submissions.receipts import receipt_hash
from xinghai.submissions.services.submitting import recall, return_to_author, submit, submit_batch
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db


def test_an_enterprise_hands_in_directly_and_gets_a_receipt(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call, "ZDYF")
    receipt = Receipt.objects.get(dossier=suggestion.pk)
    assert (suggestion.state, suggestion.number) == ("submitted", "2024-00001")
    assert (receipt.number, receipt.content_hash) == ("2024-00001", receipt_hash(suggestion))
    assert abs(receipt.received_at - IN_THE_WINDOW) < timedelta(minutes=1)
    assert suggestion.office is not None
    assert suggestion.office.name == "高新处"
    assert broken_links(history(suggestion), suggestion.event_head) == []


def test_a_university_suggestion_goes_through_its_research_office(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call, "CXJJ-ZD", kind=OrganisationKind.UNIVERSITY)
    assert (suggestion.state, suggestion.number) == ("unit_review", "")
    assert not Receipt.objects.exists()


def test_a_batch_of_twenty_suggestions_gives_twenty_numbers_and_one_batch_receipt(
    call: Call,
) -> None:
    author = make_user()
    university = make_organisation(OrganisationKind.UNIVERSITY, administrator=author)
    with in_the_window():
        suggestions = [
            make_submitted(call, "CXJJ-ZD", author=author, organisation=university)
            for _suggestion in range(20)
        ]
        batch = submit_batch(
            SUGGESTIONS,
            [suggestion.pk for suggestion in suggestions],
            organisation=university,
            by=author,
            key=key(),
        )
    numbers = sorted(Suggestion.objects.values_list("number", flat=True))
    assert numbers == [f"2024-{value:05d}" for value in range(1, 21)]
    assert (batch.count, batch.receipts.count(), Batch.objects.count()) == (20, 20, 1)


def test_the_key_of_one_batch_hands_in_no_other(call: Call) -> None:
    author, pressed = make_user(), key()
    university = make_organisation(OrganisationKind.UNIVERSITY, administrator=author)
    with in_the_window():
        first, second = (
            make_submitted(call, "CXJJ-ZD", author=author, organisation=university)
            for _suggestion in range(2)
        )
        submit_batch(SUGGESTIONS, [first.pk], organisation=university, by=author, key=pressed)
        with pytest.raises(KeyReused):
            submit_batch(SUGGESTIONS, [second.pk], organisation=university, by=author, key=pressed)
    assert again(second).state == "unit_review"


def test_one_unready_suggestion_holds_the_whole_batch_and_is_named(call: Call) -> None:
    author = make_user()
    university = make_organisation(OrganisationKind.UNIVERSITY, administrator=author)
    with in_the_window():
        good, bad = (
            make_submitted(call, "CXJJ-ZD", author=author, organisation=university)
            for _suggestion in range(2)
        )
        recall(bad, by=author)
        with pytest.raises(BatchBlocked) as blocked:
            submit_batch(
                SUGGESTIONS, [good.pk, bad.pk], organisation=university, by=author, key=key()
            )
    assert [suggestion.pk for suggestion, _reason in blocked.value.blocked] == [bad.pk]
    assert again(good).state == "unit_review"
    assert not Receipt.objects.exists()


def test_the_research_office_returns_a_suggestion_and_the_author_hands_in_again(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call, "CXJJ-ZD", kind=OrganisationKind.UNIVERSITY)
        administrator = administrator_of(suggestion.organisation)
        return_to_author(suggestion, by=administrator, reason="请补充合作企业的需求")
        assert again(suggestion).state == "returned_by_unit"
        suggestion = hand_in(again(suggestion))
        batch = submit_batch(
            SUGGESTIONS,
            [suggestion.pk],
            organisation=suggestion.organisation,
            by=administrator,
            key=key(),
        )
    assert (again(suggestion).state, batch.count) == ("submitted", 1)


def test_another_unit_cannot_submit_a_suggestion(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call, "CXJJ-ZD", kind=OrganisationKind.UNIVERSITY)
        with pytest.raises(NotAllowed):
            submit_batch(
                SUGGESTIONS,
                [suggestion.pk],
                organisation=suggestion.organisation,
                by=make_user(),
                key=key(),
            )


def test_a_double_click_gives_one_record_and_the_same_receipt(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call)
        pressed = key()
        answers = {
            submit(draft, by=draft.author, key=pressed, version=draft.version)
            for _click in range(3)
        }
    assert len(answers) == 1
    assert Receipt.objects.count() == 1


def test_a_second_submission_with_another_key_finds_it_gone(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call)
        version = draft.version
        hand_in(draft)
        with pytest.raises(WrongState):
            submit(draft, by=draft.author, key=key(), version=version)


def test_what_is_shown_is_what_is_submitted(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call)
        shown = draft.version
        fill(again(draft), title="另一个窗口里改过的演示名称")
        with pytest.raises(StaleVersion):
            submit(draft, by=draft.author, key=key(), version=shown)


def test_an_incomplete_form_is_held_with_every_problem_named(call: Call) -> None:
    author = make_user()
    enterprise = make_organisation(administrator=author)
    with in_the_window():
        draft = start(call, "ZDYF", author=author, organisation=enterprise)
        with pytest.raises(NotReady) as held:
            submit(draft, by=author, key=key(), version=draft.version)
    names = {problem.field for problem in held.value.report.blocking}
    assert {"title", "domain", "background", "not_secret"} <= names


def test_a_draft_may_begin_before_verification_but_not_be_submitted(call: Call) -> None:
    author = make_user()
    enterprise = make_organisation(administrator=author, verified=False)
    with in_the_window():
        draft = fill(
            start(call, "ZDYF", author=author, organisation=enterprise), title="演示的名称名称"
        )
        with pytest.raises(UnitNotReady, match="核实"):
            submit(draft, by=author, key=key(), version=draft.version)


def test_somebody_not_yet_confirmed_by_the_unit_cannot_submit(call: Call) -> None:
    author = make_user()
    enterprise = make_organisation()
    with in_the_window():
        draft = fill(
            start(call, "ZDYF", author=author, organisation=enterprise), title="演示的名称名称"
        )
        with pytest.raises(UnitNotReady, match="成员身份"):
            submit(draft, by=author, key=key(), version=draft.version)
        join(author, enterprise)
        assert hand_in(draft).state == "submitted"


@pytest.mark.parametrize(
    ("moment", "window"),
    [
        (datetime(2024, 1, 30, 23, 59, 59, tzinfo=CITY), None),
        (datetime(2024, 1, 31, 0, 0, 0, tzinfo=CITY), "collect"),
        (datetime(2024, 2, 29, 23, 59, 58, tzinfo=CITY), "collect"),
        (datetime(2024, 3, 1, 0, 0, 0, tzinfo=CITY), "rolling"),
        (datetime(2026, 11, 20, 12, 0, 0, tzinfo=CITY), "rolling"),
    ],
)
def test_the_database_clock_decides_by_the_second(
    call: Call, moment: datetime, window: str | None
) -> None:
    with in_the_window():
        draft = make_draft(call)
    with travel_to(moment):
        if window is None:
            with pytest.raises(CallClosed):
                hand_in(draft)
            return
        suggestion = hand_in(draft)
    assert suggestion.is_rolling == (window == "rolling")
    assert suggestion.pool_tag == ("2025" if window == "rolling" else "2024")


def test_the_2022_call_is_closed_after_its_last_day() -> None:
    call = load_notice("2022-1")
    with travel_to(datetime(2021, 11, 10, 23, 59, 50, tzinfo=CITY)):
        draft = make_draft(call, "JBGS")
    with travel_to(datetime(2021, 11, 11, 0, 0, 0, tzinfo=CITY)), pytest.raises(CallClosed) as no:
        hand_in(draft)
    assert "2021-11-10 23:59:59" in no.value.reason


def test_the_eight_undefined_cells_reach_triage(call: Call) -> None:
    undefined = {
        (route.category.code, route.domain.code)
        for route in call.routes.filter(office=None).select_related("category", "domain")
    }
    assert len(undefined) == 8
    with in_the_window():
        for category, domain in sorted(undefined):
            kind = "enterprise" if category in {"JBGS", "ZDYF"} else "university"
            suggestion = make_submitted(call, category, kind=kind, domain=domain)
            if suggestion.state == "unit_review":
                by = administrator_of(suggestion.organisation)
                submit_batch(
                    SUGGESTIONS,
                    [suggestion.pk],
                    organisation=suggestion.organisation,
                    by=by,
                    key=key(),
                )
            assert again(suggestion).state == "triage", (category, domain)


def test_the_proposal_for_the_triage_goes_by_the_answer_too(call: Call) -> None:
    """Two records of one open cell: a rule the notice leaves open may ask for an answer."""
    livelihood = call.categories.get(code="CXJJ-HM")
    other_office = Office.objects.get(code="fagui")
    call.routes.filter(value="medicine").delete()
    facts = {"category": livelihood, "field": "cx_benefit", "value": "medicine"}
    call.routes.create(proposed=other_office, **facts)
    with in_the_window():
        drafts = [
            make_draft(call, "CXJJ-HM", kind="university", domain="energy", cx_benefit=benefit)
            for benefit in ("medicine", "other")
        ]
    assert list(proposed_receivers(drafts).values()) == ["fagui", "chengguo"]


def test_recalling_keeps_the_number_for_the_next_submission(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call)
        recall(suggestion, by=suggestion.author)
        draft = again(suggestion)
        assert (draft.state, draft.number, draft.office) == ("draft", "2024-00001", None)
        second = hand_in(fill(draft, title="改过之后的演示名称"))
    assert (second.number, second.receipts.count()) == ("2024-00001", 2)


def test_what_comes_again_unchanged_gets_a_receipt_of_its_own(call: Call) -> None:
    with in_the_window():
        suggestion = make_submitted(call)
        recall(suggestion, by=suggestion.author)
        suggestion = hand_in(again(suggestion))
    first, second = Receipt.objects.order_by("pk")
    assert (first.number, second.number) == (suggestion.number, suggestion.number)
    assert second.version == first.version + 1 == suggestion.version
    assert second.content_hash == receipt_hash(suggestion) != first.content_hash
    assert suggestion.revisions.get(version=second.version).answers == suggestion.answers
