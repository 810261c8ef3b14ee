"""Texts that read the same have one normal form, and each span leads back to the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinghai.similarity.normalising import normalise, normalise_many


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("低温余热", "低溫餘熱"),
        ("ＬＮＧ罐箱", "lng罐箱"),
        ("研制 样机，1 台。", "研制样机1台"),
        ("研\u200b制\ufeff样\u00ad机", "研制样机"),
        ("研\x00制\x07样机", "研制样机"),
        ("研制\ue000样机", "研制样机"),
        ("後續發展", "后续发展"),
        ("第①项", "第1项"),
        ("⽔产养殖⻋间", "水产养殖车间"),
        ("⾞⻢", "车马"),
        ("研\ufe00制", "研制"),
    ],
)
def test_width_case_script_spacing_and_marks_do_not_count(one: str, other: str) -> None:
    assert normalise(one).codes.tolist() == normalise(other).codes.tolist()


def test_different_words_stay_different() -> None:
    assert normalise("样机一台").codes.tolist() != normalise("样机二台").codes.tolist()


@pytest.mark.parametrize("text", ["", "，。！", "\u200b\u200b", "   \n\t"])
def test_what_says_nothing_is_empty(text: str) -> None:
    assert len(normalise(text)) == 0
    assert normalise(text).original(0, 0) == (0, 0)


@given(st.text(max_size=300), st.data())
def test_a_normal_span_quotes_what_stands_in_the_text(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    if len(normal) == 0:
        return
    start = data.draw(st.integers(0, len(normal) - 1))
    end = data.draw(st.integers(start + 1, len(normal)))
    first, last = normal.original(start, end)
    assert 0 <= first < last <= len(text)
    quoted = normalise(text[first:last])
    assert quoted.codes.tolist() == normal.codes[start:end].tolist()


@given(st.lists(st.text(max_size=80), max_size=8))
def test_many_at_once_are_the_same_as_one_by_one(texts: list[str]) -> None:
    codes, counts = normalise_many(texts)
    assert counts.tolist() == [len(normalise(text)) for text in texts]
    assert codes.tolist() == [code for text in texts for code in normalise(text).codes.tolist()]


def test_other_languages_and_lone_surrogates_are_taken_as_they_are() -> None:
    assert len(normalise("Forschung für das Meer")) == 19
    assert len(normalise("\ud800研制")) == 2
