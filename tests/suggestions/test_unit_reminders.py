"""A research office reminds authors: by count, once a day, with a sentence of its own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import join, make_organisation, make_user
from tests.pages import client_of, html_of, words_of
from tests.suggestions.factories import (
    again,
    endorse,
    make_draft,
    make_submitted,
    return_by_office,
)
from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.services import decide_membership
from xinghai.calls.models import Call
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.events import broken_links, history
from xinghai.kernel.models import Message
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.services import submitting as handing_in
from xinghai.submissions.services.reminding import remind_authors
from xinghai.submissions.unit_reminders import writers
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db

LIST, SEND = reverse("suggestions:unit-reminders"), reverse("suggestions:unit-remind")
SUBJECT = "%(unit)s提醒您：%(count)s 条%(nouns)s还没有提交"


@pytest.fixture
def author(university: Organisation) -> User:
    author = make_user(name="演示陈教授")
    join(author, university)
    return author


@pytest.fixture
def draft(call: Call, author: User, university: Organisation) -> Suggestion:
    return make_draft(
        call, "CXJJ-HM", author=author, organisation=university, title="不给人看的演示草稿"
    )


def letters(author: User) -> list[Message]:
    return list(Message.objects.filter(recipient=author, subject_text=SUBJECT).order_by("pk"))


def test_the_list_names_people_and_counts_but_no_draft(
    science: User, author: User, draft: Suggestion
) -> None:
    said = words_of(client_of(science).get(LIST))
    assert author.name in said
    assert "1 条正在填写" in said
    assert draft.title not in said


def test_a_reminder_is_asked_for_once_more_then_reaches_the_author_and_the_trail(
    science: User, author: User, draft: Suggestion
) -> None:
    client, chosen = client_of(science), {"chosen": [author.pk]}
    asked = client.post(SEND, chosen)
    assert "提醒 1 人" in words_of(asked)
    assert draft.title not in words_of(asked)
    assert letters(author) == []

    sure = {**chosen, "sure": "yes", "key": "one-form", "sentence": "院内请在周五前交"}
    for _click in range(2):
        assert client.post(SEND, sure).status_code == 302
    [letter] = letters(author)
    assert draft.title in letter.parameters["titles"]
    assert "院内请在周五前交" in letter.parameters["sentence"]
    told = [event for event in history(draft) if event.verb == "remind"]
    assert [(event.actor, event.reason) for event in told] == [(science, "院内请在周五前交")]
    assert broken_links(history(draft), again(draft).event_head) == []
    page = client.get(LIST)
    assert "已于" in words_of(page)
    assert f'value="{author.pk}" disabled' in html_of(page)


def test_nobody_is_reminded_of_a_suggestion_twice_within_a_day_not_even_by_a_colleague(
    science: User, university: Organisation, author: User, draft: Suggestion
) -> None:
    assert remind_authors(SUGGESTIONS, [author.pk], by=science, key="first") == 1
    assert remind_authors(SUGGESTIONS, [author.pk], by=science, key="second") == 0
    with travel_to(database_now() + timedelta(hours=23)):
        assert remind_authors(SUGGESTIONS, [author.pk], by=science, key="third") == 0
    with travel_to(database_now() + timedelta(hours=25)):
        assert remind_authors(SUGGESTIONS, [author.pk], by=science, key="fourth") == 1
    assert len(letters(author)) == 2


def test_a_new_suggestion_is_reminded_of_while_the_old_one_rests(
    call: Call, science: User, university: Organisation, author: User, draft: Suggestion
) -> None:
    remind_authors(SUGGESTIONS, [author.pk], by=science, key="first")
    make_draft(call, "CXJJ-HM", author=author, organisation=university, title="新写的演示草稿")
    assert remind_authors(SUGGESTIONS, [author.pk], by=science, key="second") == 1
    assert letters(author)[-1].parameters["count"] == "1"
    assert "新写的演示草稿" in letters(author)[-1].parameters["titles"]


def test_only_what_can_still_be_handed_in_by_people_who_belong_is_reminded_of(
    call: Call, science: User, university: Organisation, author: User, draft: Suggestion
) -> None:
    returned = make_submitted(call, "CXJJ-HM", author=author, organisation=university)
    handing_in.return_to_author(returned, by=science, reason="请补充")
    corrected = make_submitted(call, "CXJJ-HM", author=author, organisation=university)
    make_submitted(call, "CXJJ-HM", author=author, organisation=university)
    [row] = writers(science, SUGGESTIONS, now=database_now())
    assert (row.drafts, row.returned) == (1, 1)

    return_by_office(endorse(corrected), due_on=database_now().date() + timedelta(days=9))
    [row] = writers(science, SUGGESTIONS, now=database_now())
    assert (row.drafts, row.returned) == (1, 2)
    call.windows.all().delete()
    assert [one.count for one in writers(science, SUGGESTIONS, now=database_now())] == [1]
    decide_membership(Membership.objects.get(user=author), "remove", by=science)
    assert writers(science, SUGGESTIONS, now=database_now()) == []


def test_another_unit_reminds_nobody_here(author: User, draft: Suggestion) -> None:
    other = make_user()
    make_organisation("university", administrator=other)
    client = client_of(other)
    client.post(SEND, {"chosen": [author.pk], "sure": "yes", "key": "k"})
    assert remind_authors(SUGGESTIONS, [author.pk], by=other, key="direct") == 0
    assert client_of(author).post(SEND, {"chosen": [author.pk]}).status_code == 403
    assert letters(author) == []


def test_a_sentence_too_long_and_a_crowd_too_large_are_refused_in_words(
    science: User, author: User, draft: Suggestion
) -> None:
    with pytest.raises(Refused, match="100"):
        remind_authors(SUGGESTIONS, range(1, 200), by=science, key="crowd")
    sent = {"chosen": [author.pk], "sure": "yes", "key": "k", "sentence": "字" * 201}
    answer = client_of(science).post(SEND, sent)
    assert answer.status_code == 422
    assert "最多 200 字" in words_of(answer)
    assert letters(author) == []


def test_the_sentence_is_shown_as_text(science: User, author: User, draft: Suggestion) -> None:
    remind_authors(
        SUGGESTIONS, [author.pk], by=science, key="k", sentence="<script>alert(1)</script>%(unit)s"
    )
    page = client_of(author).get("/my/notices/")
    assert "<script>alert(1)" not in html_of(page)
    assert "alert(1)" in html_of(page)
