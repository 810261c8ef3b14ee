"""Ranking: rare terms and short texts count more, fields count as one, a rescoring is exact."""

import numpy as np
import pytest

from xinghai.similarity.ranking import Ranking, average_length, best_of, strengths_of, weigh
from xinghai.similarity.terms import bags_of

TEXTS = [
    "量子计算机的纠错方法研究",
    "面向城市交通的信号控制方法研究",
    "计算机视觉在农业病虫害识别中的应用",
    "",
    "，。！",
    "交通信号灯的量子点显示材料，以及与之有关的若干方法研究和城市中的应用",
]


def _ranking() -> Ranking:
    return Ranking([bags_of(TEXTS)])


def test_the_text_that_says_it_comes_first_and_others_not_at_all() -> None:
    numbers, scores = _ranking().best("量子计算机")
    assert numbers.tolist() == [0, 5, 2] or numbers.tolist() == [0, 2, 5]
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
    assert _ranking().best("海洋") == _nothing()
    assert _ranking().best("量子", limit=1)[0].tolist() == [0]


class _nothing:  # two empty arrays compare as arrays do, not as answers
    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and [len(one) for one in other] == [0, 0]

    __hash__ = None  # type: ignore[assignment]


@pytest.mark.parametrize("question", ["", "，。", "\u200b", "x"])
def test_a_question_without_known_terms_finds_nothing(question: str) -> None:
    assert _ranking().best(question) == _nothing()


def test_no_documents_or_empty_ones_answer_nothing() -> None:
    for texts in ([], [""], ["，"]):
        ranking = Ranking([bags_of(texts)])
        assert ranking.best("量子") == _nothing()


def test_the_weight_of_a_field_decides_between_equals() -> None:
    title, body = bags_of(["量子", "交通"]), bags_of(["交通", "量子"])
    assert Ranking([title, body], [3, 1]).best("量子")[0].tolist() == [0, 1]
    assert Ranking([title, body], [1, 3]).best("量子")[0].tolist() == [1, 0]
    with pytest.raises(ValueError, match="weight"):
        Ranking([title, body], [1])


def test_equals_come_in_the_order_of_the_documents() -> None:
    assert best_of(np.array([1, 2, 0, 2, 1], np.float32), 3)[0].tolist() == [1, 3, 0]


def test_a_handful_is_rescored_as_the_whole_ranks_it() -> None:
    fields, weights = [bags_of([text[:8] for text in TEXTS]), bags_of(TEXTS)], [2.0, 1.0]
    ranking = Ranking(fields, weights)
    hashes, _counts = bags_of(["城市量子计算机"])[0]
    places, known = ranking.known(hashes)
    worth = weigh(hashes, np.where(known, ranking.held[places], 0), len(TEXTS))
    some = [5, 0, 3]
    handful = [bags_of([TEXTS[n][:8] for n in some]), bags_of([TEXTS[n] for n in some])]
    averages = [average_length(one) for one in fields]
    exact = strengths_of(hashes, handful, weights, averages) @ worth
    assert exact == pytest.approx(ranking.scores("城市量子计算机")[some], rel=1e-5)
