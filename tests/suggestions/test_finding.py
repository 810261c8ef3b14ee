"""Words typed into a list: full text, the best first, marked; nobody finds what is not theirs."""

import pytest

from tests.factories import join, make_organisation, make_user
from tests.pages import client_of, html_of, queries_of, words_of
from tests.suggestions.factories import in_the_window, make_submitted
from tests.suggestions.scenes import Bureau
from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.corpus.selectors import search
from xinghai.submissions import indexing
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

WORD = "蓝鲸型缠绕膜"
INSIDE = f"{WORD}在冷链箱里的耐寒性能还没有数据。" * 8


@pytest.fixture
def suggestions(call: Call, bureau: Bureau) -> list[Suggestion]:
    """In the title, in the text alone, and in neither."""
    with in_the_window():
        made = [
            make_submitted(call, domain="ai", title="冷链箱体检测的装备", background=INSIDE),
            make_submitted(call, domain="ai", title=f"{WORD}的在线检测"),
            make_submitted(call, domain="ai", title="海参酶解的稳态化"),
        ]
    indexing.keep_everything()
    return made


def titles(page: str) -> list[str]:
    rows = page.split('class="mail-title"')[1:]
    return [row.partition('title="')[2].partition('"')[0] for row in rows]


def test_the_text_is_searched_too_and_the_best_stands_first(
    suggestions: list[Suggestion], bureau: Bureau
) -> None:
    ranked = search(WORD, audiences=[f"office:{bureau.officer.office_id}"]).hits
    by_key = {str(suggestion.pk): suggestion.title for suggestion in suggestions}
    for address in ("/office/suggestions/?tab=all", "/office/suggestions/all/?tab=all"):
        page = html_of(client_of(bureau.officer).get(f"{address}&q={WORD}"))
        assert titles(page) == [by_key[hit.key] for hit in ranked]
        assert set(titles(page)) == {suggestions[0].title, suggestions[1].title}
        assert f'<mark class="found">{WORD}</mark>' in page
    answer = client_of(bureau.officer).get(f"/office/suggestions/all/rows.csv?q={WORD}")
    export = b"".join(answer).decode()
    assert suggestions[0].title in export
    assert suggestions[2].title not in export


def test_a_unit_and_a_number_are_found_as_before(
    suggestions: list[Suggestion], bureau: Bureau
) -> None:
    client = client_of(bureau.officer)
    for words in (suggestions[2].number, suggestions[2].organisation.name):
        assert titles(html_of(client.get(f"/office/suggestions/?tab=all&q={words}"))) == [
            suggestions[2].title
        ]


def test_another_office_finds_nothing(suggestions: list[Suggestion], bureau: Bureau) -> None:
    """Neither by a stale index, nor in the list, nor while typing."""
    office.hand_over(
        suggestions[1], bureau.other_officer.office, by=bureau.officer, reason="归口不同"
    )
    client = client_of(bureau.officer)
    for address in (
        "/office/suggestions/?tab=all&",
        "/office/suggestions/all/?",
        "/office/search/offers/?",
    ):
        page = words_of(client.get(f"{address}q={WORD}"))
        assert "冷链箱体检测的装备" in page
        assert f"{WORD}的在线检测" not in page
    assert (
        client_of(suggestions[0].author).get(f"/office/search/offers/?q={WORD}").status_code == 403
    )


def test_while_typing_the_best_are_offered_marked(
    suggestions: list[Suggestion], bureau: Bureau
) -> None:
    client = client_of(bureau.planner)
    page = html_of(client.get(f"/office/search/offers/?q={WORD}"))
    assert page.count('role="option"') == 2
    assert f'<mark class="found">{WORD}</mark>' in page
    assert f"/office/suggestions/{suggestions[1].pk}/" in page
    assert client.get("/office/search/offers/?q=").content.strip() == b""
    assert "没有找到" in words_of(client.get("/office/search/offers/?q=完全没有的词语组合"))
    hostile = html_of(client.get("/office/search/offers/?q=<script>x</script>%00"))
    assert "<script>" not in hostile


def test_the_own_list_and_the_units_list_search_the_text_too(call: Call) -> None:
    science, writer = make_user(), make_user()
    university = make_organisation("university", administrator=science)
    join(writer, university)
    writer, science = User.objects.get(pk=writer.pk), User.objects.get(pk=science.pk)
    with in_the_window():
        suggestion = make_submitted(
            call,
            "CXJJ-HM",
            author=writer,
            organisation=university,
            title="冷链箱体检测的装备",
            background=INSIDE,
        )
    indexing.keep_everything()
    assert suggestion.title in words_of(client_of(writer).get(f"/my/suggestions/?q={WORD}"))
    assert suggestion.title in words_of(client_of(science).get(f"/unit/suggestions/?q={WORD}"))
    assert suggestion.title not in words_of(client_of(science).get("/unit/suggestions/?q=海参"))


def test_a_search_costs_the_same_with_one_found_and_with_many(
    suggestions: list[Suggestion], bureau: Bureau, call: Call
) -> None:
    client, address = client_of(bureau.officer), f"/office/suggestions/?tab=all&q={WORD}"
    few = queries_of(client, address)
    with in_the_window():
        for number in range(4):
            make_submitted(call, domain="ai", title=f"{WORD}的用途之{number}")
    indexing.keep_everything()
    assert queries_of(client, address) == few
