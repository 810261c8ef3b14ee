"""Groups: alike together, the same on every run, steady when one comes, corrected by hand."""

import numpy as np
import pytest

from xinghai.similarity.grouping import ALONE, Groups, group
from xinghai.similarity.key_phrases import phrases_of
from xinghai.similarity.must_link import Contradiction, bind
from xinghai.similarity.terms import bags_of

SUBJECTS = {
    "电池": ["锂离子电池", "正极材料", "电解液", "快充", "热失控预警", "储能电站"],
    "渔业": ["大黄鱼", "深海养殖", "网箱", "鱼苗繁育", "饵料", "病害防控"],
    "芯片": ["国产芯片", "光刻胶", "封装测试", "晶圆", "栅极工艺", "良率"],
    "医疗": ["肿瘤早筛", "基因检测", "临床试验", "影像诊断", "靶向药物", "患者随访"],
}


def _texts(each: int = 6) -> list[str]:
    """A subject's texts share half of its words; all share what everybody writes."""
    return [
        f"关于{words[n % 6]}与{words[(n + 1) % 6]}的研究，重点突破{words[(n + 2) % 6]}等关键问题"
        for n in range(each)
        for words in SUBJECTS.values()
    ]


def _sets(groups: Groups) -> set[frozenset[int]]:
    numbers = set(groups.labels.tolist()) - {ALONE}
    return {frozenset(np.flatnonzero(groups.labels == one).tolist()) for one in numbers}


def test_texts_of_one_subject_come_together_and_are_named_by_it() -> None:
    groups = group(_texts())
    assert _sets(groups) == {frozenset(range(start, 24, 4)) for start in range(4)}
    for number, words in enumerate(SUBJECTS.values()):
        first = groups.names[int(groups.labels[number])][0]
        assert any(part in first or first in part for part in words)
    assert groups.places.shape == (24, 2)
    assert np.abs(groups.places).max() <= 1


def test_the_same_texts_give_the_same_groups_names_and_map() -> None:
    one, other = group(_texts()), group(_texts())
    assert one.labels.tolist() == other.labels.tolist()
    assert one.names == other.names
    assert one.places.tolist() == other.places.tolist()


def test_a_new_text_finds_its_group_and_moves_nobody() -> None:
    texts = _texts()
    before = group(texts)
    after = group(["晶圆与光刻胶的良率提升", *texts], before=before.carried([-1, *range(24)]))
    assert after.labels[1:].tolist() == before.labels.tolist()
    assert after.labels[0] == before.labels[2]
    assert after.places[1:] == pytest.approx(before.places, abs=1e-6)


def test_a_number_belongs_to_its_group_even_when_all_is_grouped_anew() -> None:
    texts = _texts()
    before = group(texts)
    renamed = Groups(before.labels + 7, [[]] * 7 + before.names, before.places)
    anew = group(texts, before=renamed, count=3)
    assert set(anew.labels.tolist()) < set(renamed.labels.tolist())
    assert [bool(names) for names in anew.names[:7]] == [False] * 7


def test_the_number_of_a_group_that_is_gone_is_given_to_no_other() -> None:
    texts = _texts()
    before = group(texts)
    left = np.flatnonzero(before.labels != before.labels.max()).tolist()
    after = group([texts[n] for n in left], before=before.carried(left), count=4)
    again = group([texts[n] for n in left[:9]], before=after.carried(range(9)), count=4)
    for groups, known in ((after, before), (again, after)):
        assert len(groups.names) >= len(known.names)
    assert set(after.labels.tolist()) == {0, 1, 2, 4}
    assert 3 not in again.labels


def test_who_is_put_together_or_apart_stays_so() -> None:
    texts = _texts()
    plain = group(texts)
    groups = group(texts, together=[(0, 1)], apart=[(2, 6), (6, 10), (2, 10)])
    assert groups.labels[0] == groups.labels[1]
    assert len({int(groups.labels[n]) for n in (2, 6, 10)}) == 3
    kept = group(texts, together=[(0, 1)], apart=[(2, 6)], before=plain)
    assert kept.labels[0] == kept.labels[1]
    assert kept.labels[2] != kept.labels[6]
    assert (kept.labels == plain.labels).sum() >= 22


def test_apart_asks_for_more_groups_than_were_wanted() -> None:
    groups = group(_texts(1), apart=[(0, 1), (1, 2), (0, 2)], count=1)
    assert len({int(one) for one in groups.labels[:3]}) == 3


def test_what_contradicts_itself_is_refused_with_the_pairs() -> None:
    with pytest.raises(Contradiction, match="2 apart from 0, but 2 with 1, 1 with 0") as refused:
        bind(3, [(0, 1), (1, 2)], [(2, 0)])
    assert refused.value.apart == (2, 0)
    assert refused.value.together == [(2, 1), (1, 0)]
    with pytest.raises(Contradiction):
        bind(1, [], [(0, 0)])
    with pytest.raises(ValueError, match="no such text"):
        bind(2, [(0, 2)], [])


def test_identical_texts_are_one_group_and_a_count_is_no_more_than_there_are() -> None:
    same = group([_texts()[0]] * 4 + [_texts()[1]] * 3)
    assert _sets(same) == {frozenset(range(4)), frozenset(range(4, 7))}
    assert len(_sets(group(_texts(), count=2))) == 2
    assert np.isfinite(same.places).all()


@pytest.mark.parametrize(
    "texts", [[], ["电池"], ["电池", "渔业"], ["", "，。", "\u200b"], ["a", "b", "c"], ["一"] * 5]
)
def test_few_or_empty_texts_have_an_answer(texts: list[str]) -> None:
    groups = group(texts)
    assert len(groups.labels) == len(texts) == len(groups.places)
    assert np.isfinite(groups.places).all()


def test_texts_that_say_nothing_are_alone_unless_put_together() -> None:
    texts = [*_texts(), "", "……"]
    assert group(texts).labels[24:].tolist() == [ALONE, ALONE]
    bound = group(texts, together=[(24, 25)]).labels
    assert bound[24] == bound[25] != ALONE


def test_terms_alone_can_be_grouped_with_titles_beside_them() -> None:
    texts = _texts()
    assert group(bags_of(texts), titles=texts).labels.tolist() == group(texts).labels.tolist()
    with pytest.raises(ValueError, match="title"):
        group(texts, titles=["one"])


def test_a_label_is_no_fragment() -> None:
    phrases = phrases_of("基于深度学习的机器人视觉系统及其在储能电站中的应用研究")
    assert "储能电站" in phrases
    assert not {one for one in phrases if one[0] in "的及其中" or one[-1] in "的及在中"}
    assert "研究" not in phrases
    assert phrases_of("") == phrases_of("，。\ud800") == {}
