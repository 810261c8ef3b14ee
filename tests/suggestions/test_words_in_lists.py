"""Words typed into a list: a fragment of a title or a unit's name, in any case of its letters."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import make_organisation, make_user
from tests.suggestions.factories import make_draft
from xinghai.calls.models import Call
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


def titled(call: Call, *titles: str, unit: str = "演示单位") -> list[int]:
    author = make_user()
    organisation = make_organisation(administrator=author, name=unit)
    made = [make_draft(call, author=author, organisation=organisation) for _title in titles]
    for draft, title in zip(made, titles, strict=True):
        Suggestion.objects.filter(pk=draft.pk).update(title=title)
    return [draft.pk for draft in made]


def mentioning(text: str, *found: int) -> list[int]:
    rows = Suggestion.objects.order_by("pk").mentioning(text, found)
    return list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("关键技术", [0, 2]),
        ("关键技术 12", [2]),
        ("ai", [1, 3]),
        ("AI", [1, 3]),
        ("ＡＩ", []),
        ("100%", [0]),
        ("_", [3]),
        ("\\", []),
        ("北方", [0, 1, 2, 3]),
        ("北方 Tech", []),
        ("tech", [0, 1, 2, 3]),
    ],
)
def test_a_fragment_is_found_in_titles_and_names_of_units(
    call: Call, text: str, places: list[int]
) -> None:
    titles = ("关键技术 100%", "海洋AI装备", "关键技术 12", "Ai_辅助")
    made = titled(call, *titles, unit="北方TECH公司")
    assert mentioning(text) == [made[place] for place in places]


def test_what_the_full_text_answers_leads_in_its_order(call: Call) -> None:
    first, second, third, fourth = titled(call, "甲膜", "乙", "丙", "丁膜")
    assert mentioning("膜", third, fourth, second) == [third, fourth, second, first]


def test_no_title_is_folded_for_words_without_case(call: Call) -> None:
    assert "UPPER" not in str(Suggestion.objects.mentioning("锂电池 12").query)
    assert "UPPER" in str(Suggestion.objects.mentioning("锂电池 AI").query)


@settings(max_examples=60)
@given(name=WORDS.filter(bool), start=st.integers(0, 11), length=st.integers(1, 4), other=WORDS)
def test_the_quicker_way_finds_what_folding_everything_finds(
    name: str, start: int, length: int, other: str
) -> None:
    """The database's own folding decides: what has another case there has one here."""
    with connection.cursor() as cursor:
        for text in filter(None, (name[start : start + length], other)):
            if text.upper() == text.lower():
                folds = "SELECT strpos(upper(%s), upper(%s)) > 0, strpos(%s, %s) > 0"
                cursor.execute(folds, [name, text, name, text])
                folded, plain = cursor.fetchone()
                assert folded == plain
