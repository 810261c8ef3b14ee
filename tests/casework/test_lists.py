"""The desk's rows, empty lists, late decisions, and many at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_staff
from tests.pages import client_of, html_of, queries_of, words_of
from tests.suggestions.factories import again, in_the_window, make_submitted
from tests.suggestions.scenes import Bureau, suggestion_in
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.casework.services import colleagues, saved_views
from xinghai.casework.views import bulk
from xinghai.kernel.clock import database_now
from xinghai.kernel.models import Event
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db
INBOX, MANY = "suggestions:office-inbox", "suggestions:office-decide-many"


def suggestions(call: Call, count: int) -> list[Suggestion]:
    with in_the_window():
        return [make_submitted(call, domain="ai") for _row in range(count)]


def colleague_of(officer: User) -> User:
    return make_staff(Role.OFFICER, office=officer.office)


def test_rows_with_handlers_notes_and_views_cost_the_same(call: Call, bureau: Bureau) -> None:
    client = client_of(bureau.officer)

    def one_more() -> None:
        suggestion = suggestions(call, 1)[0]
        colleagues.give_to(suggestion, colleague_of(bureau.officer), by=bureau.officer)
        colleagues.write_note(suggestion, "先看预算", by=bureau.officer)
        saved_views.save_view(
            suggestion.number,
            process=SUGGESTIONS,
            words="tab=todo",
            place="inbox",
            by=bureau.officer,
        )

    one_more()
    with_one = queries_of(client, reverse(INBOX))
    one_more()
    one_more()
    assert queries_of(client, reverse(INBOX)) == with_one <= 15


@pytest.mark.parametrize("action", ["take-up", "decline", "return", "hand-over", "give"])
def test_asking_about_many_costs_the_same_as_about_one(
    call: Call, bureau: Bureau, action: str
) -> None:
    rows, client = suggestions(call, 3), client_of(bureau.officer)

    def cost(chosen: list[Suggestion]) -> int:
        sent = {"action": action, "chosen": [suggestion.pk for suggestion in chosen]}
        with CaptureQueriesContext(connection) as captured:
            assert client.post(reverse(MANY), sent).status_code == 200
        return len(captured)

    cost(rows)
    assert cost(rows[:1]) == cost(rows) <= 12


def test_a_row_shows_who_handles_it_notes_and_a_corrected_version(
    call: Call, bureau: Bureau
) -> None:
    suggestion = suggestions(call, 1)[0]
    colleagues.give_to(suggestion, bureau.officer, by=bureau.officer)
    colleagues.write_note(suggestion, "先看预算", by=bureau.officer)
    words = words_of(client_of(bureau.officer).get(reverse(INBOX)))
    assert "1 条备注" in words
    assert f"经办人 {bureau.officer.name}" in words
    assert "有修改稿" not in words


def test_an_emptied_inbox_says_so_and_an_overfiltered_one_says_what_to_drop(
    call: Call, bureau: Bureau
) -> None:
    client = client_of(bureau.officer)
    assert "已清空" in words_of(client.get(reverse(INBOX)))
    suggestions(call, 2)
    Suggestion.objects.update(state_since=database_now())
    words = words_of(client.get(reverse(INBOX) + "?tab=todo&age=14&district=high_tech"))
    assert "等候：等候超过 14 天 去掉后有 2 条" in words
    assert "区市县：高新园区 去掉后有 0 条" in words


def test_very_long_and_hostile_words_stay_words(call: Call, bureau: Bureau) -> None:
    with in_the_window():
        suggestion = make_submitted(
            call, domain="ai", title="<script>alert(1)</script>" + "长" * 25
        )
    Organisation.objects.filter(pk=suggestion.organisation_id).update(name="演示" * 50)
    page = html_of(client_of(bureau.officer).get(reverse(INBOX)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_second_window_learns_who_decided_what(call: Call, bureau: Bureau) -> None:
    suggestion = suggestions(call, 1)[0]
    deciding.decline(suggestion, by=bureau.officer, reason="已有在研项目覆盖")
    late = client_of(colleague_of(bureau.officer))
    address = reverse("suggestions:office-decide", args=[suggestion.pk, "accept"])
    words = words_of(late.post(address, {"key": "late"}, follow=True))
    assert "未采纳" in words
    assert f"{bureau.officer.name} 在" in words
    assert "办理了“不采纳”" in words


@pytest.mark.parametrize(
    ("action", "said", "state"),
    [
        ("take-up", {}, "with_office"),
        ("accept", {}, "pooled"),
        ("decline", {"reason": "已有在研项目覆盖"}, "declined"),
        ("return", {"reason": "请补充考核方式", "due_on": "2030-01-31"}, "returned_by_office"),
        ("give", {"handler": "colleague"}, "submitted"),
        ("hand-over", {"reason": "属于你处", "office": "chengguo"}, "submitted"),
    ],
)
def test_many_are_asked_about_first_and_then_decided_one_by_one(
    call: Call, bureau: Bureau, action: str, said: dict[str, str], state: str
) -> None:
    rows, client = suggestions(call, 2), client_of(bureau.officer)
    done = suggestion_in("declined", call, bureau)
    colleague = colleague_of(bureau.officer)
    if "handler" in said:
        said = {"handler": str(colleague.pk)}
    if "office" in said and bureau.other_officer.office is not None:
        said = {**said, "office": str(bureau.other_officer.office.pk)}
    sent = {"key": "many", "action": action, "chosen": [one.pk for one in [*rows, done]]}
    asked = client.post(reverse(MANY), sent)
    words = words_of(asked)
    assert {again(one).state for one in rows} == {"submitted"}, "asking decides nothing"
    assert all(one.title in words for one in rows)
    assert "会跳过的 1 条" in words
    assert "现在是“未采纳”" in words

    sure = {**sent, **said, "chosen": [one.pk for one in rows], "sure": "1"}
    for _click in range(2):
        assert client.post(reverse(MANY), sure).status_code == 302
    assert {again(one).state for one in rows} == {state}
    assert again(done).state == "declined"
    verb = {"give": "give", "hand-over": "hand_over"}.get(action, "take_up")
    events = Event.objects.filter(verb=verb, subject_id__in=[one.pk for one in rows])
    assert events.count() == len(rows), "a second click decides nothing again"


def test_going_back_to_give_them_to_somebody_else_gives_them(call: Call, bureau: Bureau) -> None:
    """The browser's way back shows the same page with the same key: that is no second click."""
    rows, client = suggestions(call, 2), client_of(bureau.officer)
    sent = {"key": "k", "action": "give", "chosen": [one.pk for one in rows], "sure": "1"}
    for handler in (colleague_of(bureau.officer), bureau.officer):
        client.post(reverse(MANY), {**sent, "handler": str(handler.pk)})
        assert {again(one).handler for one in rows} == {handler}


def test_a_missing_reason_is_asked_for_and_nothing_is_decided(call: Call, bureau: Bureau) -> None:
    rows = suggestions(call, 2)
    sent = {"key": "k", "action": "decline", "chosen": [one.pk for one in rows], "sure": "1"}
    answer = client_of(bureau.officer).post(reverse(MANY), {**sent, "reason": " "})
    assert answer.status_code == 422
    assert {again(one).state for one in rows} == {"submitted"}


def test_what_was_decided_meanwhile_is_counted_and_explained(call: Call, bureau: Bureau) -> None:
    first, second = suggestions(call, 2)
    deciding.decline(again(first), by=bureau.officer, reason="已有在研项目覆盖")
    sent = {"key": "k", "action": "accept", "chosen": [first.pk, second.pk], "sure": "1"}
    words = words_of(client_of(colleague_of(bureau.officer)).post(reverse(MANY), sent))
    assert "采纳入库：已办理 1 条" in words
    assert "1 条没有办成" in words
    assert f"{bureau.officer.name} 在" in words


def test_all_that_match_can_be_chosen_at_once(call: Call, bureau: Bureau) -> None:
    rows = suggestions(call, 3)
    sent = {"key": "k", "action": "take-up", "everything": "1", "words": "tab=todo"}
    words = words_of(client_of(bureau.officer).post(reverse(MANY), sent))
    assert all(one.title in words for one in rows)
    outside = client_of(bureau.other_officer).post(reverse(MANY), sent, follow=True)
    assert "请先勾选要办理的建议" in words_of(outside)


def test_nobody_decides_on_the_own_former_suggestion(call: Call, bureau: Bureau) -> None:
    suggestion = suggestions(call, 1)[0]
    Suggestion.objects.filter(pk=suggestion.pk).update(author=bureau.officer)
    sent = {"key": "k", "action": "accept", "chosen": [suggestion.pk]}
    words = words_of(client_of(bureau.officer).post(reverse(MANY), sent))
    assert "是您自己填报的" in words


def test_more_than_can_be_decided_at_once_is_asked_to_be_narrowed(
    call: Call, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 1)
    chosen = [one.pk for one in suggestions(call, 2)]
    sent = {"key": "k", "action": "take-up", "chosen": chosen}
    words = words_of(client_of(bureau.officer).post(reverse(MANY), sent, follow=True))
    assert "一次最多办理 1 条" in words


def test_an_action_nobody_has_is_not_found(call: Call, bureau: Bureau) -> None:
    chosen = [one.pk for one in suggestions(call, 1)]
    sent = {"key": "many", "action": "paint", "chosen": chosen, "sure": "1"}
    assert client_of(bureau.officer).post(reverse(MANY), sent).status_code == 404


def test_the_search_of_one_process_is_its_list(call: Call, bureau: Bureau) -> None:
    found = client_of(bureau.officer).get("/office/search/?q=新材料")
    assert found.status_code == 302
    assert found["Location"].startswith(reverse("suggestions:office-all") + "?q=")
