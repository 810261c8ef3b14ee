"""What everybody writes: the parts of a text that so many units hold that nobody copied them."""

from itertools import pairwise

import numpy as np

from xinghai.corpus.copying import suspects_of
from xinghai.similarity.normalising import normalise


def customs_in(text: str) -> list[str]:
    """Return the stretches of a text that are common among everything in the index.

    Known of all documents, whoever may see them; only words of the text given come back.
    """
    here = normalise(text)
    if not len(here):
        return []
    common = suspects_of(here, but_for=None).common
    edges = [0, *(np.flatnonzero(np.diff(common)) + 1).tolist(), len(common)]
    spans = [here.original(start, end) for start, end in pairwise(edges) if common[start]]
    return [text[first:last] for first, last in spans]
