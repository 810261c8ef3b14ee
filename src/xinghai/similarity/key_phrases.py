"""Readable names of groups: the phrases their texts say and others do not.

Phrases are words, and two or three words that stand side by side, as a person would put them on
a label: they end in a noun or a deed, hold no word that only joins others, and none is a part of
another. Titles are written to be short, so they count more than what follows them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.dictionary import tag

# How many phrases name a group, and how many texts of one are read for them.
PHRASES, READ, BODY = 4, 40, 200
SHORTEST, LONGEST, PARTS = 2, 8, 3
FEW, LONELY = 4, 0.05
TITLE_COUNTS, BODY_COUNTS = 1.0, 0.25
# What nobody needs to read on a label: every paper is a study of an application of a method.
EMPTY_WORDS = """
研究 分析 方法 应用 影响 探讨 问题 对策 进展 探索 作用 实践 思考 设计 实现 比较 效果
技术 系统 基础 现状 关系 建议 措施 结果 情况 目的 结论 我国 中国 本文 文章 作者 过程
方面 部分 特点 特征 条件 因素 意义 能力 水平 内容 途径 策略 及其 理论 时间 例 者 法
性 型 式 文 项 类 种 论 目前 主要 不同 之间 以及 新 高 数 值 量 度 是 为 有 在 应 可
能 不 到 等 为例 综述 研究进展 研讨会 学术研讨会 结果表明 表明 相关 提高 进行 采用
利用 变化 测定 法测定 提供 参考 依据 为了 还有 有关 近年 近年来 近几年 发展起来
存在 包括 具有 通过 根据 试论 浅谈 浅析 回顾 回顾过去 世纪
"""
EMPTY = frozenset(EMPTY_WORDS.split())
# Kinds of word, as the dictionary has them: what may stand alone, end a phrase, or be in one.
NOUNS = ("n", "vn", "an", "l", "i", "j", "eng", "t")
DEEDS = ("v", "vi", "a", "b", "ad", "vd")
DEED_ALONE = 0.5
# A run of such words from end to end is what the writer meant as one.
WHOLE = 1.3


def name_groups(
    labels: NDArray[np.int64], titles: Sequence[str], bodies: Sequence[str]
) -> list[list[str]]:
    """Return the key phrases of every label, the best first; none for an empty label."""
    groups = int(labels.max(initial=-1)) + 1
    held: list[dict[str, float]] = [{} for _ in range(groups)]
    everywhere: dict[str, float] = defaultdict(float)
    read = np.zeros(groups)
    for number, members in _members(labels):
        said: dict[str, float] = defaultdict(float)
        for text in members[:READ]:
            for phrase, weight in phrases_of(titles[text], bodies[text]).items():
                said[phrase] += weight
                everywhere[phrase] += weight
        held[number], read[number] = said, min(len(members), READ)
    names: list[list[str]] = [[] for _ in range(groups)]
    for number in np.flatnonzero(read).tolist():
        names[number] = _telling(held[number], everywhere, read[number], read.sum())
    return names


def phrases_of(title: str, body: str = "") -> dict[str, float]:
    """Return the phrases that could name a text, with weights, in order of appearance."""
    found: dict[str, float] = {}
    for text, counts in ((title, TITLE_COUNTS), (body[:BODY], BODY_COUNTS)):
        for phrase, weight in _phrases(text):
            found[phrase] = max(found.get(phrase, 0), counts * weight)
    return found


def _members(labels: NDArray[np.int64]) -> Iterator[tuple[int, list[int]]]:
    """Yield every group that has texts, with their numbers."""
    found: dict[int, list[int]] = defaultdict(list)
    for text, number in enumerate(labels.tolist()):
        found[number].append(text)
    found.pop(-1, None)
    yield from sorted(found.items())


def _phrases(text: str) -> Iterator[tuple[str, float]]:
    """Yield words and runs of words that could be a label."""
    plain = text.encode("utf-8", "ignore").decode()
    run: list[tuple[str, str]] = []
    for word, kind in [*tag(plain), (" ", "x")]:
        fits = kind in NOUNS or kind in DEEDS or kind[:1] == "n" or kind == "k"
        if fits and any(character.isalpha() for character in word):
            run.append((word, kind))
            continue
        yield from _labels(run)
        run = []


def _labels(run: list[tuple[str, str]]) -> Iterator[tuple[str, float]]:
    for start in range(len(run)):
        length = 0
        for end in range(start, min(start + PARTS, len(run))):
            word = run[end][0]
            length += len(word)
            if length > LONGEST or word in EMPTY:
                break
            if length >= SHORTEST:
                whole = start == 0 and end + 1 == len(run)
                yield from _label(run[start : end + 1], WHOLE if whole else 1.0)


def _label(parts: list[tuple[str, str]], bonus: float) -> Iterator[tuple[str, float]]:
    phrase = "".join(word for word, _ in parts)
    if phrase in EMPTY:
        return
    noun = parts[-1][1] in NOUNS or parts[-1][1][:1] == "n"
    if len(parts) == 1:
        # A deed by itself says little.
        yield phrase, bonus if noun else DEED_ALONE
    elif all(word.isascii() for word, _ in parts) or len(parts[-1][0]) + len(parts[0][0]) < 3:
        return
    elif noun or len(parts[-1][0]) > 1:
        yield phrase, bonus * (1.0 if noun else 0.8)


def _telling(
    said: dict[str, float], everywhere: dict[str, float], size: float, whole: float
) -> list[str]:
    """Return the phrases said often here and seldom elsewhere; long ones before short ones."""
    scores: dict[str, float] = {}
    for phrase, times in said.items():
        here = times / size
        elsewhere = (everywhere[phrase] - times + 0.5) / (whole - size + 1)
        # Among several texts, what one alone says is its own name rather than the group's.
        often = times if size < FEW or times > WHOLE else times * LONELY
        rare = max(float(np.log(1 + here / elsewhere)), 0.0)
        scores[phrase] = often * rare * (1 + 0.3 * min(len(phrase) - SHORTEST, 4))
    chosen: list[str] = []
    # Of equals the one that was read first.
    for phrase in sorted(scores, key=lambda one: -scores[one]):
        if scores[phrase] <= 0 or len(chosen) == PHRASES:
            break
        if not any(_same(phrase, other) for other in chosen):
            chosen.append(phrase)
    return chosen


def _same(one: str, other: str) -> bool:
    """Tell whether two phrases say the same thing: a part of one another, or mostly."""
    one, other = one.lower(), other.lower()
    if one in other or other in one:
        return True
    shared = sum((Counter(one) & Counter(other)).values())
    return shared * 2 >= min(len(one), len(other))
