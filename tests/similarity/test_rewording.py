"""What is said again in other words: aligned clause by clause, and bounded whatever is given."""

import random

import pytest

from bench.similarity.rewordings import rewrite
from bench.similarity.writing import write
from tests.similarity.bounding import bounded
from xinghai.similarity.aligning import align
from xinghai.similarity.normalising import normalise
from xinghai.similarity.rewording import READ, reworded

SOURCE = (
    "曲轴在精加工之后的残余应力目前只能抽检，抽检一根要停线四个小时，超差的曲轴到装机试车时才会暴露。"
    "船厂希望在车削工位上就能逐段测出应力的分布，把不合格的轴颈留在机床上处理。"
)
AGAIN = (
    "目前曲轴精加工后只能靠抽检了解残余应力，每抽检一根就要停线约四小时，装机试车时超差曲轴才暴露出来。"
    "厂里希望车削时就能逐段测得应力分布，不合格轴颈便留在机床上处理掉。"
)
WHOLLY_OTHERS = "海参育苗池夜间缺氧，幼参成片死亡，养殖户凭经验增氧，电费居高不下。" * 3


def test_what_is_said_again_in_other_words_is_found_where_no_long_run_stays() -> None:
    here, there = f"{WHOLLY_OTHERS}{AGAIN}", f"{SOURCE}{WHOLLY_OTHERS[::-1].lstrip('。')}"
    assert align(normalise(here).codes, normalise(there).codes) == []

    found = reworded(here, there)

    (stretch,) = found.stretches
    assert stretch.here[0] >= len(WHOLLY_OTHERS)
    assert stretch.there[1] <= len(SOURCE)
    assert 0 < found.share_here < 1
    assert all(AGAIN.find(here[first:last]) >= 0 for (first, last), _ in stretch.clauses)
    assert all(SOURCE.find(there[first:last]) >= 0 for _, (first, last) in stretch.clauses)


@pytest.mark.parametrize("most", [12, 8, 6])
def test_a_passage_with_no_run_left_longer_than_this_is_found(most: int) -> None:
    for seed in range(5):
        source = write(seed, 1_500)
        copied = rewrite(source[400:700], most, random.Random(seed))  # noqa: S311 - to write with
        host = write(100 + seed, 600)
        (stretch,) = reworded(f"{host}{copied}{host[::-1]}", source).stretches
        assert stretch.here[0] < len(host) + 60
        assert stretch.there[0] + 60 > 300
        assert stretch.there[1] < 800


def test_two_texts_of_one_topic_that_took_nothing_are_not_found() -> None:
    for seed in range(30):
        text = write(700 + seed, 2_000)
        assert reworded(text[:1000], text[1000:]).stretches == []


def test_what_stands_in_both_word_for_word_is_not_told_again() -> None:
    text = write(1, 500)
    assert reworded(text, text, known_here=[(0, len(text))]).stretches == []
    assert reworded(text, text, known_there=[(0, len(text))]).stretches == []
    assert reworded(text, text).stretches


def test_width_case_script_and_hidden_characters_do_not_hide_it() -> None:
    other = SOURCE.translate(str.maketrans("轴应检时车厂测", "軸應檢時車廠測"))
    hidden = "\u200b".join(AGAIN).replace("，", ",")
    assert reworded(hidden, other).stretches
    assert reworded(other, hidden).stretches


SENTENCE = "同一句话说了又说。"
STRANGE = {
    "empty": "",
    "one character": "一",
    "marks alone": "，。！？——\n\n",
    "formulas alone": "x²+y²=z²；∑(a_i·b_i)/n=0.95，E=mc^2，" * 200,
    "digits alone": "".join(map(str, range(20_000))),
    "a table of numbers": "12.5\t13.7\t99.1\n" * 2_000,
    "a foreign language": "the system shall measure the residual stress of the crankshaft, " * 90,
    "controls and private use": "\x00\x01\ue000" * 1_000,
    "rare planes": "\U00020000\U0002a6d6，" * 500,
    "halves of pairs": "\ud800，\udfff。" * 500,
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_text_says_nothing_again(name: str) -> None:
    with bounded():
        assert reworded(STRANGE[name], STRANGE[name][::-1]).stretches == []
        assert reworded(STRANGE[name], SOURCE).stretches == []
        assert reworded(SOURCE, STRANGE[name]).stretches == []


@pytest.mark.parametrize(
    "text",
    [SENTENCE * 10_000, "研" * 200_000, write(3, 60_000).replace("。", ""), write(4, 60_000)],
    ids=["one sentence again and again", "one character", "no mark anywhere", "long"],
)
def test_a_long_text_is_read_as_far_as_is_bounded(text: str) -> None:
    with bounded():
        found = reworded(text, text)
    assert all(stretch.here[1] <= READ for stretch in found.stretches)
    assert 0 <= found.share_here <= 1
