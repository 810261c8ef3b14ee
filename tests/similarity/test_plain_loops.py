"""What the compiled loops answer is what the same loops answer as plain Python."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
import pytest

import xinghai.similarity
from bench.similarity.planting import make_library
from xinghai.corpus import streaming
from xinghai.similarity.comparing import compare_everything
from xinghai.similarity.compiled import Loop, njit
from xinghai.similarity.grouping import group
from xinghai.similarity.normalising import normalise_many
from xinghai.similarity.ranking import Ranking
from xinghai.similarity.terms import bags_of

# Needs the extra `spread`.
ELSEWHERE = "distributed"
LIBRARY = make_library(40, share=0.25)
TEXTS = [text[:260] for text in LIBRARY.texts[:16]]
TEXTS[7] = TEXTS[1][20:200] + TEXTS[9][:120]


def loops() -> Iterator[Loop]:
    names = {one.name for one in pkgutil.iter_modules(xinghai.similarity.__path__)} - {ELSEWHERE}
    modules = [import_module(f"xinghai.similarity.{name}") for name in sorted(names)]
    for module in (*modules, streaming):
        for value in vars(module).values():
            if isinstance(value, Loop):
                yield value


def told() -> dict[str, Any]:
    """Everything that is made of loops, over a few short texts, as plain values."""
    found = compare_everything(TEXTS)
    groups = group(TEXTS)
    codes, counts = normalise_many(TEXTS)
    keys, entries = np.array([4, 4, 4, 9, 11], np.int64), np.arange(5, dtype=np.int64)
    pieces = streaming.rows(keys, entries, segment=7, most=2)
    return {
        "copies": [(one.here, one.there, [str(each) for each in one.passages]) for one in found],
        "groups": (groups.labels.tolist(), groups.names),
        "places": np.round(groups.places, 3).tolist(),
        "ranking": [part.tolist() for part in Ranking([bags_of(TEXTS)]).best(TEXTS[3][:12])],
        "codes": (codes.tolist(), counts.tolist()),
        "rows": b"".join(pieces),
    }


@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
def test_plain_and_compiled_loops_answer_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = told()
    assert compiled["copies"], "there must be something to compare"
    for loop in loops():
        monkeypatch.setattr(loop, "_compiled", loop.py_func)
    assert told() == compiled


def test_what_is_no_plain_function_is_no_loop() -> None:
    with pytest.raises(TypeError, match="a plain function"):
        njit()(len)
