"""Handler and notes: who may, what stays, who is told, and that no applicant ever reads them."""

import pytest
from django.urls import reverse

from tests.factories import make_staff
from tests.pages import client_of, words_of
from tests.suggestions.factories import administrator_of, again, in_the_window, make_submitted
from tests.suggestions.scenes import Bureau, suggestion_in
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.casework.models import Note
from xinghai.casework.services import colleagues
from xinghai.casework.services import deciding as office
from xinghai.kernel.events import broken_links, history
from xinghai.kernel.models import Message
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db
SECRET = "预算明显偏高，先压一压"


@pytest.fixture
def suggestion(call: Call, bureau: Bureau) -> Suggestion:
    return suggestion_in("submitted", call, bureau)


@pytest.fixture
def colleague(bureau: Bureau) -> User:
    return make_staff(Role.OFFICER, office=bureau.officer.office)


def test_an_officer_takes_it_and_gives_it_on_with_an_event_each(
    suggestion: Suggestion, bureau: Bureau, colleague: User
) -> None:
    address = reverse("suggestions:office-give", args=[suggestion.pk])
    client = client_of(bureau.officer)
    for _click in range(2):
        client.post(address, {"key": "one", "handler": bureau.officer.pk})
    client.post(address, {"key": "two", "handler": colleague.pk})
    suggestion = again(suggestion)
    assert suggestion.handler == colleague
    given = [event.data["handler"] for event in history(suggestion).filter(verb="give")]
    assert given == [[None, bureau.officer.pk], [bureau.officer.pk, colleague.pk]]
    assert broken_links(history(suggestion), bytes(suggestion.event_head)) == []
    told = Message.objects.filter(recipient=colleague, subject_text__startswith="交给您办理")
    assert [notice.url for notice in told] == [f"/office/suggestions/{suggestion.pk}/"]


def test_only_the_office_gives_and_only_to_its_own(
    suggestion: Suggestion, bureau: Bureau, colleague: User
) -> None:
    with pytest.raises(NotAllowed):
        colleagues.give_to(suggestion, bureau.planner, by=bureau.planner)
    with pytest.raises(NotAllowed):
        colleagues.give_to(suggestion, bureau.other_officer, by=bureau.other_officer)
    for stranger in (bureau.other_officer, bureau.leader, suggestion.author):
        with pytest.raises(Refused):
            colleagues.give_to(suggestion, stranger, by=bureau.officer)
    assert again(suggestion).handler is None


def test_handing_over_and_recalling_leave_no_handler(
    call: Call, suggestion: Suggestion, bureau: Bureau
) -> None:
    assert bureau.other_officer.office is not None
    colleagues.give_to(suggestion, bureau.officer, by=bureau.officer)
    office.hand_over(
        again(suggestion), bureau.other_officer.office, by=bureau.officer, reason="属于你处"
    )
    assert again(suggestion).handler is None
    with in_the_window():
        other = make_submitted(call, domain="ai")
        colleagues.give_to(other, bureau.officer, by=bureau.officer)
        handing_in.recall(again(other), by=other.author)
    assert again(other).handler is None


def test_a_handler_who_left_is_shown_as_gone_and_found(
    suggestion: Suggestion, bureau: Bureau, colleague: User
) -> None:
    colleagues.give_to(suggestion, colleague, by=bureau.officer)
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    client = client_of(bureau.officer)
    assert "（已离开）" in words_of(client.get("/office/suggestions/?handler=gone"))
    reading = words_of(client.get(f"/office/suggestions/{suggestion.pk}/"))
    assert "已离开本处，请重新安排" in reading


def test_notes_are_read_by_who_may_work_on_it_and_by_nobody_else(
    call: Call, bureau: Bureau
) -> None:
    suggestion = suggestion_in("submitted", call, bureau, kind="university")
    holder = make_staff(Role.OFFICER, office=suggestion.office)
    colleagues.write_note(suggestion, SECRET, by=holder)
    page = f"/office/suggestions/{suggestion.pk}/"
    for reader in (holder, bureau.planner):
        assert SECRET in words_of(client_of(reader).get(page))
    for reader in (bureau.leader, make_staff(Role.AUDIT_ADMIN)):
        answer = client_of(reader).get(page)
        assert answer.status_code == 200
        assert SECRET not in words_of(answer)
    for audience, addresses in {
        suggestion.author: ["", "print/", "history/"],
        administrator_of(suggestion.organisation): [],
    }.items():
        client = client_of(audience)
        found = [f"/my/suggestions/{suggestion.pk}/{part}" for part in addresses] or [
            f"/unit/suggestions/{suggestion.pk}/"
        ]
        for address in found:
            answer = client.get(address)
            assert answer.status_code == 200
            assert SECRET not in words_of(answer)
            assert holder.name not in words_of(answer)


def test_who_wrote_the_suggestion_never_reads_the_notes_even_inside_the_bureau(
    suggestion: Suggestion, bureau: Bureau, colleague: User
) -> None:
    colleagues.write_note(suggestion, SECRET, by=colleague)
    Suggestion.objects.filter(pk=suggestion.pk).update(author=bureau.officer)
    page = client_of(bureau.officer).get(f"/office/suggestions/{suggestion.pk}/")
    assert SECRET not in words_of(page)


def test_a_note_is_written_once_and_withdrawn_by_its_writer_alone(
    suggestion: Suggestion, bureau: Bureau, colleague: User
) -> None:
    client = client_of(bureau.officer)
    address = reverse("suggestions:office-note", args=[suggestion.pk])
    for _click in range(2):
        client.post(address, {"key": "one", "text": f"<b>{SECRET}</b>"})
    note = Note.objects.get()
    assert "&lt;b&gt;" in client.get(f"/office/suggestions/{suggestion.pk}/").content.decode()
    withdraw = reverse("suggestions:office-note-withdraw", args=[suggestion.pk, note.pk])
    client_of(colleague).post(withdraw, {"key": "two"})
    assert Note.objects.get().withdrawn_at is None
    for key in ("three", "four"):
        client.post(withdraw, {"key": key})
    words = words_of(client.get(f"/office/suggestions/{suggestion.pk}/"))
    assert "已撤回" in words
    assert SECRET not in words
    verbs = history(suggestion).filter(verb__contains="note").values_list("verb", flat=True)
    assert list(verbs) == ["note", "withdraw_note"]


def test_the_handler_and_who_wrote_before_are_told(
    suggestion: Suggestion, bureau: Bureau, colleague: User
) -> None:
    colleagues.give_to(suggestion, bureau.officer, by=bureau.officer)
    colleagues.write_note(suggestion, "规划处看过", by=bureau.planner)
    Message.objects.all().delete()
    colleagues.write_note(suggestion, SECRET, by=colleague)
    told = Message.objects.filter(key__startswith="note:")
    assert {one.recipient for one in told} == {bureau.officer, bureau.planner}
    assert {one.url for one in told} == {f"/office/suggestions/{suggestion.pk}/#notes"}
    assert all(SECRET not in one.body for one in told), "mail leaves the house"


@pytest.mark.parametrize("text", ["", "  \n", "\x00", "长" * 1_001])
def test_an_empty_or_endless_note_is_refused(
    suggestion: Suggestion, bureau: Bureau, text: str
) -> None:
    with pytest.raises(Refused):
        colleagues.write_note(suggestion, text, by=bureau.officer)
    assert not Note.objects.exists()


def test_what_is_decided_has_no_handler_any_more(call: Call, bureau: Bureau) -> None:
    declined = suggestion_in("declined", call, bureau)
    with pytest.raises(Refused, match="已经办结"):
        colleagues.give_to(declined, bureau.officer, by=bureau.officer)
    address = reverse("suggestions:office-give", args=[declined.pk])
    sent = {"key": "k", "handler": bureau.officer.pk}
    assert "已经办结" in words_of(client_of(bureau.officer).post(address, sent, follow=True))


def test_a_handler_of_another_office_is_refused_by_the_page(
    suggestion: Suggestion, bureau: Bureau
) -> None:
    address = reverse("suggestions:office-give", args=[suggestion.pk])
    sent = {"key": "k", "handler": bureau.other_officer.pk}
    words = words_of(client_of(bureau.officer).post(address, sent, follow=True))
    assert "只能交给本处室在岗的同事" in words
    assert again(suggestion).handler is None


def test_giving_to_who_has_it_changes_nothing(suggestion: Suggestion, bureau: Bureau) -> None:
    for _twice in range(2):
        colleagues.give_to(again(suggestion), bureau.officer, by=bureau.officer)
    assert history(suggestion).filter(verb="give").count() == 1


def test_nobody_handles_the_own_former_suggestion(
    suggestion: Suggestion, bureau: Bureau, colleague: User
) -> None:
    Suggestion.objects.filter(pk=suggestion.pk).update(author=bureau.officer)
    with pytest.raises(Refused, match="填报人本人"):
        colleagues.give_to(again(suggestion), bureau.officer, by=colleague)


def test_where_no_office_has_it_planning_alone_is_told(call: Call, bureau: Bureau) -> None:
    unrouted, other = suggestion_in("triage", call, bureau), make_staff(Role.PLANNER)
    colleagues.write_note(unrouted, "规划处看过", by=bureau.planner)
    colleagues.write_note(unrouted, SECRET, by=other)
    told = Message.objects.filter(key__startswith="note:")
    assert [one.recipient for one in told] == [bureau.planner]


def test_what_is_given_can_be_given_to_nobody_again(suggestion: Suggestion, bureau: Bureau) -> None:
    colleagues.give_to(suggestion, bureau.officer, by=bureau.officer)
    colleagues.give_to(again(suggestion), None, by=bureau.officer)
    assert again(suggestion).handler is None
    given = [event.data["handler"] for event in history(suggestion).filter(verb="give")]
    assert given == [[None, bureau.officer.pk], [bureau.officer.pk, None]]


def test_who_may_not_read_notes_neither_writes_nor_withdraws_one(
    suggestion: Suggestion, bureau: Bureau
) -> None:
    note = colleagues.write_note(suggestion, SECRET, by=bureau.officer)
    for stranger in (bureau.other_officer, bureau.leader, suggestion.author):
        with pytest.raises(NotAllowed):
            colleagues.write_note(suggestion, SECRET, by=stranger)
        with pytest.raises(NotAllowed):
            colleagues.withdraw_note(suggestion, note.pk, by=stranger)
    assert [(one.pk, one.withdrawn_at) for one in Note.objects.all()] == [(note.pk, None)]
