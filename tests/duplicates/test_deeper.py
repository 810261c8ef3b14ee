"""What the worker finds said again in other words: a sign, and sentences to compare."""

import pytest

from tests.pages import client_of, html_of, words_of
from tests.similarity.test_rewording import AGAIN, SOURCE
from tests.suggestions.factories import in_the_window, make_submitted
from tests.suggestions.scenes import Bureau
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.duplicates import deeper
from xinghai.duplicates.deeper import look_deeper
from xinghai.duplicates.models import Rewording
from xinghai.submissions import indexing
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

SAID = "可能换词改写"


def say(one: Suggestion, text: str) -> None:
    """Leave one answer in the record, and let the index follow."""
    Suggestion.objects.filter(pk=one.pk).update(answers={"background": text})
    indexing.keep_in_index(one.process, one.pk)


@pytest.fixture
def pair(call: Call, bureau: Bureau) -> tuple[Suggestion, Suggestion]:
    """Of two units: one says the other's background in other words."""
    with in_the_window():
        one = make_submitted(call, domain="ai", title="曲轴应力检测装备的研制")
        other = make_submitted(call, domain="ai", title="船用轴颈的在线测量")
    say(one, SOURCE)
    say(other, AGAIN)
    return one, other


def test_what_is_said_again_is_signed_beside_the_record_and_shown_sentence_by_sentence(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    one, other = pair
    client = client_of(bureau.officer)
    address = f"/office/suggestions/{one.pk}/"
    assert SAID not in html_of(client.get(address))

    assert look_deeper() == 2

    for here in pair:
        assert SAID in html_of(client.get(f"/office/suggestions/{here.pk}/"))
    page = html_of(client.get(f"{address}like/{other.pk}/")).partition('id="again"')[2]
    page = page.partition("</section>")[0]
    assert "只作提示" in page
    assert "超差的曲轴到装机试车时才会暴露" in page
    assert "装机试车时超差曲轴才暴露出来" in page


def test_a_text_is_looked_at_once_and_again_when_it_has_changed(
    pair: tuple[Suggestion, Suggestion],
) -> None:
    look_deeper()
    assert Rewording.objects.count() == 1
    assert look_deeper() == 0

    say(pair[1], "海参育苗池夜间缺氧，幼参成片死亡，养殖户凭经验增氧，电费居高不下。")

    assert look_deeper() == 1
    assert not Rewording.objects.exists()


def test_a_run_ends_where_its_bound_is_and_the_next_goes_on(
    pair: tuple[Suggestion, Suggestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeper, "MOST_RECORDS", 1)
    assert [look_deeper(), look_deeper(), look_deeper()] == [1, 1, 0]
    monkeypatch.setattr(deeper, "MOST_SECONDS", -1.0)
    say(pair[1], SOURCE)
    assert look_deeper() == 0


def test_an_authors_own_words_are_nobodys_rewording(
    pair: tuple[Suggestion, Suggestion],
) -> None:
    Suggestion.objects.filter(pk=pair[1].pk).update(author=pair[0].author)
    look_deeper()
    assert not Rewording.objects.exists()


def test_who_may_not_read_the_other_is_not_told_of_it(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    one, other = pair
    look_deeper()
    office.hand_over(other, bureau.other_officer.office, by=bureau.officer, reason="归口不同")
    page = words_of(client_of(bureau.officer).get(f"/office/suggestions/{one.pk}/"))
    assert other.title not in page
    assert SAID not in page
    assert SAID in words_of(client_of(bureau.planner).get(f"/office/suggestions/{one.pk}/"))
