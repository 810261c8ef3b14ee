"""Everything against everything: copies of every kind are found once each, and shown exactly."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.similarity.planting import KINDS, make_library
from bench.similarity.quality import judge
from bench.similarity.writing import write
from xinghai.similarity.aligning import align
from xinghai.similarity.comparing import compare_everything
from xinghai.similarity.gathering import find_candidates
from xinghai.similarity.normalising import normalise
from xinghai.similarity.shelving import shelve

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
    assert told.wrong_pairs == 0


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


@settings(max_examples=60, deadline=None)
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


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一",
        "，。！？",
        "同一句话说了又说。" * 10_000,
        "\x00\x01\ue000" * 1000,
        "Etwas ganz anderes. " * 200,
        "研" * 200_000,
    ],
)
def test_strange_texts_are_answered_in_bounded_time(text: str) -> None:
    usual = [a_text(n) for n in range(5)]
    list(compare_everything(usual))
    begun = time.process_time()
    found = list(compare_everything([*usual, text, text]))
    assert time.process_time() - begun < 20
    assert all(5 <= one.here < one.there for one in found)


def test_nothing_against_nothing() -> None:
    assert list(compare_everything([])) == []
    assert len(find_candidates(shelve(["", ""])).pairs) == 0


def test_the_answer_does_not_hang_on_the_order() -> None:
    library = make_library(120, share=0.2)
    order = [*range(0, 120, 2), *range(119, 0, -2)]
    straight = {frozenset((one.here, one.there)) for one in compare_everything(library.texts)}
    turned = compare_everything([library.texts[number] for number in order])
    assert {frozenset((order[one.here], order[one.there])) for one in turned} == straight
