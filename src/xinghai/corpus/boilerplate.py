"""What everybody writes: the parts of a text that so many units hold that nobody copied them."""

from itertools import pairwise

import numpy as np

from xinghai.corpus.copy_detection import suspects_of
from xinghai.similarity.normalising import normalise


def customs_in(text: str) -> list[str]:
    """Return the stretches of a text that are common among everything in the index.

    Known of all documents, whoever may see them; only words of the text given come back.
    """
    here = normalise(text)
    if not len(here):
        return []
    marks = suspects_of(here, but_for=None).marks
    edges = [0, *(np.flatnonzero(np.diff(marks)) + 1).tolist(), len(marks)]
    spans = [here.original(start, end) for start, end in pairwise(edges) if marks[start]]
    return [text[first:last] for first, last in spans]
