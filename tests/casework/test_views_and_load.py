"""Saved views and the head's figures: names, limits, sharing; every number has its rows."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from tests.factories import make_staff
from tests.pages import client_of, html_of, queries_of, words_of
from tests.suggestions.factories import again, in_the_window, make_submitted
from tests.suggestions.scenes import Bureau, suggestion_in
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.casework.models import Note, SavedView
from xinghai.casework.services import colleagues, saved_views
from xinghai.kernel.clock import database_now
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import Refused
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db
VIEWS = "/office/suggestions/views/"
NUMBER = re.compile(
    r'<a href="(/office/[^"]*\?[^"]*)"[^>]*>(?:<strong[^>]*>)?(?:<svg.*?</svg>)?(\d+)'
)


@pytest.fixture
def head(bureau: Bureau) -> User:
    return make_staff(Role.OFFICE_HEAD, office=bureau.officer.office)


def test_filters_are_kept_under_a_name_and_found_above_the_list(bureau: Bureau) -> None:
    client = client_of(bureau.officer)
    words = "age=7&handler=none&nonsense=%00<script>"
    sent = {"name": " 等久了的 ", "words": words, "place": "inbox"}
    answer = client.post(VIEWS, sent)
    assert answer["Location"] == "/office/suggestions/?tab=todo&handler=none&age=7", (
        "only known words stay"
    )
    page = html_of(client.get(answer["Location"]))
    assert 'aria-current="true" title="等久了的"' in page


def test_the_same_name_is_replaced_and_the_number_is_limited(bureau: Bureau) -> None:
    def save(name: str, words: str = "tab=todo") -> bool:
        return saved_views.save_view(
            name, process=SUGGESTIONS, words=words, place="inbox", by=bureau.officer
        )

    assert not save("常看")
    assert save("常看", "tab=all")
    assert [one.words for one in SavedView.objects.all()] == ["tab=all"]
    for number in range(saved_views.MOST_VIEWS - 1):
        save(f"视图{number}")
    with pytest.raises(Refused, match="最多保存"):
        save("再来一个")
    assert save("常看"), "replacing needs no room"


def test_what_another_window_deleted_is_said_and_not_saved_again(bureau: Bureau) -> None:
    saved_views.save_view(
        "常看", process=SUGGESTIONS, words="tab=all", place="inbox", by=bureau.officer
    )
    view = SavedView.objects.get()
    SavedView.objects.all().delete()
    with pytest.raises(Refused, match="刚刚被删除"):
        saved_views.rename_view(view, "改了", by=bureau.officer)


@pytest.mark.parametrize("name", ["", " \t", "\x00\u202e\u200b", "长" * 21])
def test_a_name_nobody_can_read_is_refused(bureau: Bureau, name: str) -> None:
    with pytest.raises(Refused):
        saved_views.save_view(
            name, process=SUGGESTIONS, words="tab=todo", place="inbox", by=bureau.officer
        )


def test_a_head_shares_with_the_office_and_colleagues_cannot_change_it(
    bureau: Bureau, head: User
) -> None:
    saved_views.save_view(
        "本周", process=SUGGESTIONS, words="tab=todo&age=7", place="inbox", by=head, is_shared=True
    )
    view = SavedView.objects.get()
    assert "本周" in words_of(client_of(bureau.officer).get("/office/suggestions/"))
    assert "本周" not in words_of(client_of(bureau.other_officer).get("/office/suggestions/"))
    change = reverse("suggestions:office-view", args=[view.pk])
    client_of(bureau.officer).post(change, {"do": "delete"})
    client_of(bureau.officer).post(change, {"do": "rename", "name": "改了"})
    assert client_of(bureau.other_officer).post(change, {"do": "delete"}).status_code == 404
    assert SavedView.objects.get().name == "本周"
    client_of(head).post(change, {"do": "keep"})
    assert "本周" not in words_of(client_of(bureau.officer).get("/office/suggestions/"))
    client_of(head).post(change, {"do": "delete"})
    assert not SavedView.objects.exists()
    with pytest.raises(NotAllowed):
        saved_views.save_view(
            "全处", process=SUGGESTIONS, words="", place="inbox", by=bureau.officer, is_shared=True
        )


def test_what_another_window_deleted_cannot_be_changed_in_this_one(bureau: Bureau) -> None:
    saved_views.save_view(
        "常看", process=SUGGESTIONS, words="tab=todo", place="inbox", by=bureau.officer
    )
    here, there = SavedView.objects.get(), SavedView.objects.get()
    saved_views.delete_view(there, by=bureau.officer)
    with pytest.raises(Refused, match="被删除"):
        saved_views.rename_view(here, "改了", by=bureau.officer)


def make_load(call: Call, bureau: Bureau, head: User) -> None:
    """Waiting ones of two ages and two handlers, one returned too long ago, one decided."""
    with in_the_window():
        rows = [make_submitted(call, domain="ai") for _row in range(4)]
    now = database_now()
    for suggestion, days, handler in zip(
        rows, (0, 8, 15, 30), (None, head, bureau.officer, bureau.officer), strict=True
    ):
        if handler is not None:
            colleagues.give_to(again(suggestion), handler, by=head)
        Suggestion.objects.filter(pk=suggestion.pk).update(state_since=now - timedelta(days=days))
    late = suggestion_in("returned_by_office", call, bureau)
    pooled = suggestion_in("pooled", call, bureau)
    Suggestion.objects.filter(pk=late.pk).update(due_on=now.date() - timedelta(days=2))
    Suggestion.objects.filter(pk=pooled.pk).update(
        state_since=now - timedelta(days=1), submitted_at=now - timedelta(days=5)
    )


@pytest.mark.parametrize("who", ["head", "planner"])
def test_every_number_of_the_load_opens_exactly_its_rows(
    call: Call, bureau: Bureau, head: User, who: str
) -> None:
    make_load(call, bureau, head)
    client = client_of(head if who == "head" else bureau.planner)
    page = html_of(client.get("/office/suggestions/load/?office=gaoxin"))
    links = NUMBER.findall(page)
    assert len(links) > 10
    for address, count in links:
        listed = client.get(unescape(address)).context["page"].paginator.count
        assert (address, listed) == (address, int(count))
    totals = {int(count) for _address, count in links[:5]}
    assert totals == {4, 3, 2, 1}
    assert "从收到到办结的中位数是 4.0 天" in words_of(
        client.get("/office/suggestions/load/?office=gaoxin")
    )


def test_the_load_costs_the_same_with_more_rows_and_people(
    call: Call, bureau: Bureau, head: User
) -> None:
    client = client_of(head)
    make_load(call, bureau, head)
    once = queries_of(client, "/office/suggestions/load/")
    make_load(call, bureau, head)
    make_staff(Role.OFFICER, office=head.office)
    assert queries_of(client, "/office/suggestions/load/") == once <= 15


@pytest.mark.parametrize("who", ["officer", "leader"])
def test_others_have_no_business_with_the_load(bureau: Bureau, who: str) -> None:
    assert client_of(getattr(bureau, who)).get("/office/suggestions/load/").status_code == 403


def test_a_head_cannot_look_into_another_office(call: Call, bureau: Bureau, head: User) -> None:
    page = words_of(client_of(head).get("/office/suggestions/load/?office=chengguo"))
    assert "高新处 · 办理情况" in page


def test_a_view_is_renamed_to_a_name_that_is_free(bureau: Bureau) -> None:
    for name in ("常看", "本周"):
        saved_views.save_view(
            name, process=SUGGESTIONS, words="tab=all", place="inbox", by=bureau.officer
        )
    view = SavedView.objects.get(name="本周")
    with pytest.raises(Refused, match="已经有一个叫"):
        saved_views.rename_view(view, "常看", by=bureau.officer)
    saved_views.rename_view(view, "这一周", by=bureau.officer)
    assert {str(one) for one in SavedView.objects.all()} == {"常看", "这一周"}


def test_a_view_is_shared_later_by_a_head(head: User) -> None:
    saved_views.save_view("本周", process=SUGGESTIONS, words="", place="inbox", by=head)
    view = SavedView.objects.get()
    saved_views.share_view(view, by=head, is_shared=True)
    assert SavedView.objects.get().office == head.office


def test_what_cannot_be_kept_is_said_and_nonsense_is_not_found(bureau: Bureau) -> None:
    with pytest.raises(Refused, match="条件太多"):
        saved_views.save_view(
            "常看", process=SUGGESTIONS, words="x" * 5_000, place="inbox", by=bureau.officer
        )
    client = client_of(bureau.officer)
    said = client.post(VIEWS, {"name": " ", "words": "", "place": "inbox"}, follow=True)
    assert "请给视图起个名称" in words_of(said)
    saved_views.save_view("常看", process=SUGGESTIONS, words="", place="inbox", by=bureau.officer)
    change = reverse("suggestions:office-view", args=[SavedView.objects.get().pk])
    assert client.post(change, {"do": "paint"}).status_code == 404


def test_a_note_names_itself_by_its_first_words() -> None:
    assert str(Note(text="预算明显偏高" * 5)) == ("预算明显偏高" * 5)[:20]


def test_a_view_of_a_place_that_is_none_is_not_found(bureau: Bureau) -> None:
    sent = {"name": "常看", "words": "", "place": "nowhere"}
    assert client_of(bureau.officer).post(VIEWS, sent).status_code == 404
    assert not SavedView.objects.exists()
