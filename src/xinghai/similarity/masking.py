"""Texts that are known and never count: forms, notices, policies; found to the character."""

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity import kernels
from xinghai.similarity.packing import Shelf

WIDTH = 8
# A shorter run is a phrase of the language, not a quotation of the form.
LEAST = 12


class Stock:
    """Every run of eight characters of some texts, to be found again in others."""

    def __init__(self, shelf: Shelf) -> None:
        runs = [kernels.grams(shelf[number], WIDTH) for number in range(len(shelf))]
        self.table = kernels.known(np.concatenate(runs)) if runs else None

    def marks_in(
        self, codes: NDArray[np.uint16], marks: NDArray[np.uint8] | None = None
    ) -> NDArray[np.uint8]:
        """Mark the characters that stand in these texts; other marks stay as they are."""
        found = np.zeros(len(codes), np.uint8) if marks is None else marks
        if self.table is not None:
            hashes = kernels.grams(codes, WIDTH)
            kernels.mark_known(hashes, self.table, WIDTH, LEAST, kernels.STOCK, found)
        return found
