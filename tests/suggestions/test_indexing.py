"""Which suggestions stand in the index, with which words, and who finds them."""

from collections.abc import Sequence
from time import process_time

import pytest

from tests.suggestions.factories import again, in_the_window, make_draft, make_submitted
from tests.suggestions.scenes import ENTERPRISE_STATES, Bureau, suggestion_in
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.corpus.models import Document
from xinghai.corpus.selectors import search
from xinghai.submissions import indexing
from xinghai.submissions.index_text import CONTACT
from xinghai.submissions.selectors import visible_to
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db

CANARY = "蓝鲸型缠绕膜"


def found_by(audiences: Sequence[str]) -> list[str]:
    return [hit.key for hit in search(CANARY, audiences=audiences).hits]


def written(call: Call, **facts: object) -> Suggestion:
    with in_the_window():
        return make_submitted(call, domain="ai", title=f"{CANARY}的在线检测", **facts)


@pytest.mark.parametrize("state", ENTERPRISE_STATES)
def test_who_finds_a_suggestion_is_who_may_see_it(state: str, call: Call, bureau: Bureau) -> None:
    """The reverse need not be: an author sees the draft that no index holds."""
    suggestion = suggestion_in(state, call, bureau)
    indexing.keep_everything()
    stood = Document.objects.filter(kind=SUGGESTIONS.key, key=str(suggestion.pk)).first()
    audiences = set(stood.audiences) if stood else set()
    for user in (bureau.officer, bureau.other_officer, bureau.planner, bureau.leader):
        may_see = visible_to(user, SUGGESTIONS).filter(pk=suggestion.pk).exists()
        assert bool(audiences & set(indexing.audiences_in_bureau(user))) == may_see
    assert bool(audiences) == (state != "draft")


def test_it_says_what_was_written_and_nothing_about_people(call: Call) -> None:
    goals = (
        f"{CANARY}完成样机。" * 20 + "联系 13812345678 或 zhang.san@example.com、0411-84001234。"
    )
    suggestion = written(call, goals=goals)
    indexing.keep_in_index(SUGGESTIONS, suggestion.pk)
    stood = Document.objects.get(key=str(suggestion.pk))
    assert CANARY in stood.title
    assert CANARY in stood.body
    author = suggestion.author
    for secret in (
        author.mobile,
        author.email,
        author.name,
        suggestion.organisation.profile,
        "zhang",
    ):
        assert secret not in stood.body
    assert "13812345678" not in stood.body
    assert "84001234" not in stood.body


def test_the_index_follows_a_move(call: Call, bureau: Bureau) -> None:
    suggestion = written(call)
    indexing.keep_in_index(SUGGESTIONS, suggestion.pk)
    unit, here = f"unit:{suggestion.organisation_id}", f"office:{suggestion.office_id}"
    there = f"office:{bureau.other_officer.office_id}"
    assert [bool(found_by([one])) for one in (unit, here, "bureau", there)] == [1, 1, 1, 0]

    office.hand_over(suggestion, bureau.other_officer.office, by=bureau.officer, reason="归口不同")
    indexing.keep_in_index(SUGGESTIONS, suggestion.pk)
    assert [bool(found_by([one])) for one in (unit, here, "bureau", there)] == [1, 0, 1, 1]


def test_what_is_taken_back_is_found_by_nobody(call: Call) -> None:
    suggestion = written(call)
    indexing.keep_in_index(SUGGESTIONS, suggestion.pk)
    handing_in.recall(suggestion, by=suggestion.author)
    indexing.keep_in_index(SUGGESTIONS, suggestion.pk)
    assert not Document.objects.exists()


def test_what_was_missed_is_swept_up_and_then_there_is_nothing_left_to_do(call: Call) -> None:
    suggestions = [written(call) for _number in range(3)]
    with in_the_window():
        make_draft(call, title=f"{CANARY}的草稿")
    assert indexing.keep_everything() == 3
    assert indexing.keep_everything() == 0
    assert sorted(found_by(["bureau"])) == sorted(str(suggestion.pk) for suggestion in suggestions)

    handing_in.recall(suggestions[0], by=suggestions[0].author)
    assert indexing.keep_everything() == 1
    assert indexing.keep_everything() == 0
    assert len(found_by(["bureau"])) == 2


def test_a_move_that_changes_no_word_writes_no_postings_again(call: Call, bureau: Bureau) -> None:
    suggestion = written(call)
    indexing.keep_in_index(SUGGESTIONS, suggestion.pk)
    number = Document.objects.get().number
    office.take_up(again(suggestion), by=bureau.officer)
    indexing.keep_everything()
    assert Document.objects.get().number == number


def test_addresses_go_however_they_are_strung_together() -> None:
    strung = "甲a@b.com+d@e.com，x@y@z.cn，a@b.c.+d@e.f 温度@20 a@b 电话13812345678。"
    assert CONTACT.sub("", strung) == "，x@， 温度@20 a@b 电话。"


def test_a_megabyte_without_a_blank_is_looked_through_once() -> None:
    for endless in ("电" * 1_000_000, "a@" * 500_000, "a." * 500_000, "a@" + "b." * 500_000):
        before = process_time()
        CONTACT.sub("", endless)
        assert process_time() - before < 5
