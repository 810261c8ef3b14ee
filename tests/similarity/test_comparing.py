"""Everything against everything: copies of every kind are found once each, and shown exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.similarity.planting import BOILERPLATE, FORM, KINDS, OWN, UNIT, make_library
from bench.similarity.quality import judge
from bench.similarity.writing import write
from xinghai.similarity.aligning import align
from xinghai.similarity.comparing import compare_everything
from xinghai.similarity.fingerprint_index import find_candidates
from xinghai.similarity.normalising import normalise
from xinghai.similarity.packing import shelve

ALPHABET = "研制样机低温余热循环一二三四五六七八九十，。 \u200b"


def a_text(seed: int, length: int = 1500) -> str:
    return write(seed, length)


def test_a_document_matches_itself_wholly() -> None:
    codes = normalise(a_text(1)).codes
    [passage] = align(codes, codes)
    assert passage.here == passage.there == (0, len(codes))
    assert passage.matched == passage.longest == len(codes)


def test_copies_of_every_kind_are_found_once_and_nothing_else_is() -> None:
    library = make_library(400, share=0.1)
    told = judge(library, compare_everything(library.texts, **library.labels))
    assert set(told.kinds) == set(KINDS)
    for kind, tally in told.kinds.items():
        assert tally.found == tally.planted, kind
    assert told.recall >= 0.95
    assert told.precision >= 0.95
    assert told.granularity <= 1.05
    assert {kind: custom.counted for kind, custom in told.customs.items()} == {
        BOILERPLATE: 0,
        FORM: 0,
        UNIT: 0,
        OWN: 0,
    }


def test_what_everybody_writes_makes_no_pair_and_no_list_is_needed() -> None:
    stock = a_text(7, 240)
    texts = [a_text(100 + n, 800) + stock + a_text(900 + n, 400) for n in range(60)]
    assert list(compare_everything(texts)) == []


def test_a_copy_around_common_words_is_shown_without_them() -> None:
    stock = a_text(7, 240)
    others = [a_text(100 + n, 800) + stock for n in range(60)]
    original = a_text(1, 600)
    copy = a_text(2, 500) + original[100:400] + stock
    found = compare_everything([original + stock, copy, *others])
    [match] = [one for one in found if one.here == 0]
    assert match.there == 1
    text = original + stock
    start, end = normalise(text).original(*match.passages[0].here)
    assert abs(start - 100) <= 2
    assert abs(end - 400) <= 20, "the stock that follows does not count"


def test_two_passages_from_two_places_are_two_findings() -> None:
    original = a_text(1, 3000)
    copy = original[2000:2200] + a_text(2, 800) + original[300:500]
    [match] = compare_everything([original, copy])
    assert len(match.passages) == 2


@settings(max_examples=60)
@given(
    st.text(alphabet="研制样机低温余热循环一二三四五六七八九十，。 \u200b", max_size=200),
    st.integers(0, 99),
)
def test_spans_always_quote_what_stands_there(middle: str, seed: int) -> None:
    one = a_text(seed, 200) + middle + a_text(seed + 1000, 120)
    other = a_text(seed + 2000, 150) + middle + a_text(seed, 200)
    here, there = normalise(one), normalise(other)
    for passage in align(here.codes, there.codes):
        for place, place_there, length in passage.segments:
            first = here.original(place, place + length)
            second = there.original(place_there, place_there + length)
            quoted = normalise(one[slice(*first)]).codes
            assert quoted.tolist() == normalise(other[slice(*second)]).codes.tolist()


def test_nothing_against_nothing() -> None:
    assert list(compare_everything([])) == []
    assert len(find_candidates(shelve(["", ""])).pairs) == 0


def test_the_answer_does_not_hang_on_the_order() -> None:
    library = make_library(120, share=0.2)
    order = [*range(0, 120, 2), *range(119, 0, -2)]
    straight = {frozenset((one.here, one.there)) for one in compare_everything(library.texts)}
    turned = compare_everything([library.texts[number] for number in order])
    assert {frozenset((order[one.here], order[one.there])) for one in turned} == straight


@settings(max_examples=20)
@given(st.permutations(range(12)), st.integers(0, 50))
def test_pairs_are_the_same_in_any_order(order: list[int], seed: int) -> None:
    texts = [a_text(seed * 100 + number, 300) for number in range(10)]
    texts += [texts[0][:150] + a_text(seed + 7000, 200), texts[1]]
    found = compare_everything([texts[number] for number in order])
    assert {frozenset((order[one.here], order[one.there])) for one in found} == {
        frozenset((0, 10)),
        frozenset((1, 11)),
    }


@settings(max_examples=20)
@given(st.integers(0, 11), st.integers(0, 50))
def test_a_document_more_changes_nothing_among_the_others(place: int, seed: int) -> None:
    texts = make_library(40, share=0.4, length=600, seed=seed + 1).texts
    more = [*texts[:place], a_text(seed + 9000, 500), *texts[place:]]
    assert told(more, but_for=place) == told(texts)
    assert told([*more[:place], *more[place + 1 :]]) == told(texts)


def told(
    texts: list[str], *, but_for: int | None = None
) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Return the pairs and what they share, numbered as if one document were not there."""
    numbers = [number for number in range(len(texts)) if number != but_for]
    return [
        (
            numbers.index(one.here),
            numbers.index(one.there),
            [(each.matched, each.longest) for each in one.passages],
        )
        for one in compare_everything(texts)
        if but_for not in (one.here, one.there)
    ]


# Who wrote what: units, writers, texts that are known.


def test_what_three_papers_of_a_unit_say_is_how_it_speaks_of_itself() -> None:
    account = a_text(7, 240)
    texts = [a_text(100 + n, 500) + account + a_text(900 + n, 300) for n in range(3)]
    assert len(list(compare_everything(texts))) == 3
    assert list(compare_everything(texts, units=[1, 1, 1])) == []
    assert len(list(compare_everything(texts, units=[1, 1, 2]))) == 3, "two are no custom yet"
    assert len(list(compare_everything(texts, units=[-1, -1, -1]))) == 3


def test_copies_of_one_paper_within_a_unit_are_no_account_of_it() -> None:
    text = a_text(1, 1500)
    found = list(compare_everything([text, text + a_text(2, 100), text, text], units=[1] * 4))
    assert len(found) == 6
    assert all(one.counted[0].matched > 1300 for one in found)


def test_a_copy_that_holds_a_units_account_of_itself_is_one_finding() -> None:
    account = a_text(7, 240)
    papers = [a_text(100 + n, 500) + account + a_text(900 + n, 500) for n in range(4)]
    copy = a_text(3, 300) + papers[0]
    [match] = compare_everything([*papers, copy], units=[1, 1, 1, 1, 1])
    [passage] = match.passages
    assert (match.here, match.there) == (0, 4)
    assert passage.matched < passage.here[1] - passage.here[0] - 180, "the account is not counted"
    [stolen] = compare_everything([*papers, copy], units=[1, 1, 1, 1, 2])
    assert stolen.passages[0].matched > passage.matched + 180, "by another unit it is"


def test_many_papers_of_one_unit_make_no_custom_of_everybody() -> None:
    shared = a_text(7, 240)
    texts = [a_text(100 + n, 500) + shared for n in range(10)]
    assert list(compare_everything(texts)) == [], "ten documents, nobody knows whose"
    stranger = a_text(1, 500) + shared
    assert list(compare_everything([*texts, stranger], units=[1] * 10 + [2])) == []


def test_known_texts_do_not_count_and_do_not_break_a_copy() -> None:
    form = a_text(9, 100)
    apart = [a_text(n, 500) + form + a_text(50 + n, 300) for n in range(2)]
    assert list(compare_everything(apart, stock=[form])) == []
    assert len(list(compare_everything(apart))) == 1
    original = a_text(1, 400) + form + a_text(2, 400)
    [match] = compare_everything([original, a_text(3, 300) + original], stock=[form])
    [passage] = match.passages
    assert passage.why == ""
    assert abs(passage.matched - len(normalise(original)) + len(normalise(form))) <= 24


def test_ones_own_earlier_version_is_told_and_not_counted() -> None:
    text = a_text(1, 900)
    texts = [text, a_text(2, 300) + text]
    [match] = compare_everything(texts, writers=[5, 5])
    assert [one.why for one in match.passages] == ["own"]
    assert match.counted == []
    assert match.passages[0].matched == 0
    [other] = compare_everything(texts, writers=[-1, -1])
    assert other.counted


def test_labels_are_one_for_each_document() -> None:
    with pytest.raises(ValueError, match="one label"):
        list(compare_everything(["研制", "样机"], units=[1]))


def test_short_texts_are_copies_as_wholes() -> None:
    title = "面向远洋船舶的低温余热循环发电装置研制"
    titles = [title, title + "！", "智能航行辅助决策系统研究", a_text(1) + title]
    [match] = compare_everything(titles)
    assert (match.here, match.there) == (0, 1)
