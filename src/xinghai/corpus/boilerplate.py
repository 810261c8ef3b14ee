"""Find boilerplate: the parts of a text that so many units use that they are no sign of copying."""

from itertools import pairwise

import numpy as np

from xinghai.corpus.copy_detection import suspects_of
from xinghai.similarity.normalising import normalise


def customs_in(text: str) -> list[str]:
    """Return the spans of a text that are boilerplate in the index.

    All documents are counted, also those the reader may not see; only words of the given text
    are returned.
    """
    here = normalise(text)
    if not len(here):
        return []
    marks = suspects_of(here, but_for=None).marks
    edges = [0, *(np.flatnonzero(np.diff(marks)) + 1).tolist(), len(marks)]
    spans = [here.original(start, end) for start, end in pairwise(edges) if marks[start]]
    return [text[first:last] for first, last in spans]
