"""Matching: what fits comes first and says why; an encoder joins in and may fall silent."""

from collections.abc import Sequence

import numpy as np
import pytest

from xinghai.similarity.encoding import EncodingFailed, Floats
from xinghai.similarity.matching import Matching
from xinghai.similarity.ranking import fuse

OFFERS = [
    "面向储能电站的锂离子电池热失控预警方法与装置",
    "深海养殖网箱的抗风浪结构设计",
    "基于AI的海洋牧场环境监测平台",
    "",
]


def test_what_fits_comes_first_and_says_why_the_weightiest_first() -> None:
    found = Matching(OFFERS).best("我们需要锂离子电池的热失控预警，以及电池回收")
    assert found[0].number == 0
    assert set(found[0].reasons[:2]) == {"锂离子电池", "热失控预警"}
    assert found[0].score > max([one.score for one in found[1:]], default=0)


def test_a_title_weighs_more_than_a_body() -> None:
    offers = ["网箱结构与养殖", "其他内容与养殖"]
    assert Matching(offers, titles=["其他", "网箱结构"]).best("网箱结构")[0].number == 1


def test_reasons_stand_in_both_and_a_short_run_of_letters_is_not_found_inside_a_longer() -> None:
    plain = "AI监测平台"
    assert Matching(OFFERS).best(plain)[0].number == 2
    assert "AI" not in str(Matching(["MAIN监测平台"]).best(plain)[0].reasons)
    assert Matching(["海洋环境監測平臺"]).best("海洋环境监测平台")[0].reasons


def test_what_no_dictionary_knows_is_still_a_reason() -> None:
    assert Matching(["关于鑫垚淼的报告"]).best("鑫垚淼")[0].reasons == ["鑫垚淼"]


@pytest.mark.parametrize("asked", ["", "，。", "xyz", "\u200b"])
def test_nothing_asked_or_nothing_shared_finds_nothing(asked: str) -> None:
    assert Matching(OFFERS).best(asked) == []
    assert Matching([]).best(asked) == []


class _Meanings:
    """Knows that ships and vessels are one thing; may stop answering."""

    silent = False

    def encode(self, texts: Sequence[str]) -> Floats:
        if self.silent:
            raise EncodingFailed("gone")
        rows = [[("船" in one) or ("舰艇" in one), "电" in one] for one in texts]
        return np.array(rows, np.float32)


def test_an_encoder_finds_what_words_do_not_and_its_silence_costs_no_answer() -> None:
    encoder = _Meanings()
    matching = Matching(["舰艇动力", "电池"], encoder=encoder)
    assert [one.number for one in matching.best("船")] == [0]
    encoder.silent = True
    assert matching.best("船") == []
    assert [one.number for one in matching.best("电池")] == [1]


def test_no_more_is_returned_than_asked_for_when_the_encoder_falls_silent() -> None:
    encoder = _Meanings()
    matching = Matching(["锂电池回收", "锂电池拆解", "锂电池再生"], encoder=encoder)
    encoder.silent = True
    assert len(matching.best("锂电池", 2)) == 2


def test_who_is_early_in_both_orders_is_first_in_the_joined_one() -> None:
    numbers, _ = fuse([np.array([4, 1, 2]), np.array([3, 1, 4])], 3)
    assert numbers.tolist() == [4, 1, 3]
