"""Terms: what a text is counted by, and where a term stands in the text as written."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinghai.similarity.terms import CHARACTER, PAIR, RUN, WORD, bags_of, marked_places

TEXT = "基于SOS方法的计算机视觉，机器人学 研究"
texts = st.text(st.sampled_from("量子计算机技术ab5 ，\u200b繁體"), max_size=40)


def _marked(text: str, wanted: str) -> list[str]:
    hashes, _ = bags_of([wanted])[0]
    return [text[begin:end] for begin, end in marked_places(text, hashes)]


def _kinds(text: str) -> list[int]:
    return sorted((bags_of([text])[0][0] & np.uint64(3)).tolist())


def test_a_run_of_letters_is_one_unit_and_words_are_of_three_characters() -> None:
    assert _kinds("SOS2") == [RUN]
    assert _kinds("量子") == [CHARACTER, CHARACTER, PAIR]
    assert _kinds("计算机") == [CHARACTER] * 3 + [PAIR, PAIR, WORD]


def test_terms_are_counted_and_kinds_can_be_kept_alone() -> None:
    bags = bags_of(["量子量子", "", "，。", "量"])
    assert sorted(bags[0][1].tolist()) == [1, 2, 2, 2]
    assert bags.lengths.tolist() == [7, 0, 0, 1]
    assert len(bags) == 4
    assert bags.only(PAIR).lengths.tolist() == [3, 0, 0, 0]
    with pytest.raises(IndexError):
        bags[4]


def test_no_text_has_no_terms() -> None:
    assert len(bags_of([])) == 0


@settings(max_examples=40)
@given(st.lists(texts, max_size=4))
def test_many_at_once_are_what_each_is_alone(some: list[str]) -> None:
    together = bags_of(some)
    for number, text in enumerate(some):
        (hashes, counts), (alone, times) = together[number], bags_of([text])[0]
        assert hashes.tolist() == alone.tolist() == sorted(set(alone.tolist()))
        assert counts.tolist() == times.tolist()


@pytest.mark.parametrize(
    ("before", "text"),
    [("发展中", "国家级科技计划"), ("北京大", "学生会活动"), ("中华人民", "共和国史研究")],
)
def test_no_word_begins_in_one_text_and_ends_in_the_next(before: str, text: str) -> None:
    assert bags_of([before, text])[1][0].tolist() == bags_of([text])[0][0].tolist()


@pytest.mark.parametrize("same", ["計算機視覺", "计 算,机\u200b视觉", "计算机视觉。"])
def test_script_spacing_and_marks_do_not_count(same: str) -> None:
    plain, other = bags_of(["计算机视觉", same], words=False)[0], bags_of([same], words=False)[0]
    assert plain[0].tolist() == other[0].tolist()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("sos", ["SOS"]),
        ("視覺", ["视觉"]),
        ("计算机", ["计算机"]),
        ("sos方", ["SOS方"]),
        ("觉机", ["觉", "机"]),
        ("机", ["机", "机"]),
        ("量子", []),
        ("", []),
    ],
)
def test_marks_stand_where_the_term_stands(wanted: str, found: list[str]) -> None:
    assert _marked(TEXT, wanted) == found


@settings(max_examples=40)
@given(texts)
def test_every_text_is_found_whole_in_itself(text: str) -> None:
    assert "".join(_marked(text, text)) == "".join(c for c in text if c.isalnum())


def test_a_very_long_text_takes_bounded_time() -> None:
    bags = bags_of(["同一句话" * 2_500_000])
    assert len(bags.hashes) <= 10
    assert bags.counts.max() == 65535
