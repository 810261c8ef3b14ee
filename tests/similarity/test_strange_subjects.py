"""Whatever is handed in is grouped, ranked, matched and marked in bounded time."""

import numpy as np
import pytest

from tests.similarity.bounding import bounded
from xinghai.similarity.grouping import group
from xinghai.similarity.matching import Matching
from xinghai.similarity.terms import bags_of, marked_places

PLAIN = ["锂离子电池热失控预警", "深海养殖网箱", "锂离子电池回收", "网箱与养殖工船"]

STRANGE = {
    "empty": "",
    "one character": "一",
    "marks alone": "，。！？——",
    "control, zero-width and private-use characters": "\x00\x01\u200b\ue000" * 1000,
    "halves of surrogate pairs": "\ud800\udfff电池" * 1000,
    "one sentence ten thousand times": "锂离子电池热失控预警。" * 10_000,
    "one character two hundred thousand times": "研" * 200_000,
    "a run of letters without end": "ab1" * 100_000,
    "ten megabytes": "电池与网箱的研究，" * 400_000,
    "another language": "Lithium-ion batteries and their recycling. " * 200,
    "rare characters": "𠀀𠀁𪜀電池" * 500,
}


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    groups = group(PLAIN)
    group([*PLAIN, "电池"], before=groups.carried([0, 1, 2, 3, -1]))
    Matching(PLAIN).best("鑫垚电池")
    marked_places(PLAIN[0], bags_of(PLAIN).hashes)


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_text_among_plain_ones(name: str) -> None:
    text = STRANGE[name]
    with bounded():
        groups = group([*PLAIN, text, text])
        assert groups.labels[4] == groups.labels[5]
        assert np.isfinite(groups.places).all()
        matching = Matching([*PLAIN, text])
        assert matching.best("深海养殖网箱")[0].number == 1
        for match in matching.best(text, 3):
            assert all(len(one) <= len(text) for one in match.reasons)
        places = marked_places(text, bags_of(["电池"])[0][0])
        assert {text[begin:end] for begin, end in places} <= {"电池", "電池"}
