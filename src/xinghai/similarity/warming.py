"""Load the dictionary, the character table and the compiled loops before the first request
needs them.
"""

import numpy as np

from xinghai.similarity import postings
from xinghai.similarity.aligning import align_all
from xinghai.similarity.masking import Stock
from xinghai.similarity.normalising import normalise
from xinghai.similarity.packing import shelve
from xinghai.similarity.ranking import strengths_of
from xinghai.similarity.terms import bags_of, marked_places

SAMPLE = "科技计划项目申报指南建议征集，a sample of text 2026"


def warm() -> None:
    """Run one query of each kind, so that the first real query of a process is quick."""
    bags = bags_of([SAMPLE])
    marked_places(SAMPLE, bags.hashes)
    strengths_of(bags.hashes, [bags], [1.0], [10.0])
    one = np.ones(1)
    postings.summed(
        np.array([1 << 32], np.uint64), np.ones(1, np.int64), np.zeros(1, np.int32), one, one
    )
    codes = normalise(SAMPLE).codes
    postings.prints_of(codes)
    align_all(codes, codes[3:], Stock(shelve([SAMPLE])).marks_in(codes))
