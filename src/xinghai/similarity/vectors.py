"""Where texts stand by what they are about: vectors, and which others each is near.

Weighted terms, brought down to a few dozen dimensions by a singular value decomposition; then
every text is drawn towards its neighbours, which words alone leave apart. All of it is the same
on every run, and a text more or less moves the others little: even the random start of the
decomposition hangs on the terms themselves.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit
from xinghai.similarity.cpu_count import in_threads, shared
from xinghai.similarity.ranking import best_rows
from xinghai.similarity.terms import CHARACTER, PAIR, RUN, Bags

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

DIMENSIONS, STARTS, PASSES = 50, 64, 4
# A term of one text joins nothing; one that a fifth of the texts hold tells little.
FEWEST, MOST, FEW_TEXTS = 2, 0.2, 10
RARITY = 1.5
NEIGHBOURS, PULL, PULLS = 10, 0.7, 5
# Texts less alike than this share no more than the common words of the language.
LEAST = 0.04


@dataclass(frozen=True)
class Rows:
    """A sparse matrix: row n has values[begins[n]:begins[n + 1]] in those columns."""

    begins: Places
    columns: NDArray[np.int32]
    values: Floats
    width: int

    def __len__(self) -> int:
        return len(self.begins) - 1

    def turned(self) -> "Rows":
        """Return the transposed matrix."""
        order = np.argsort(self.columns, kind="stable")
        numbers = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.begins))
        begins = np.zeros(self.width + 1, np.int64)
        np.cumsum(np.bincount(self.columns, minlength=self.width), out=begins[1:])
        return Rows(begins, numbers[order], self.values[order], len(self))

    def times(self, dense: Floats) -> Floats:
        return _times(self.begins, self.columns, self.values, np.ascontiguousarray(dense))


@dataclass(frozen=True)
class Meaning:
    """A row per text, of length one (zero where the text says nothing), and a graph of nearness."""

    space: Floats
    graph: Rows

    def __len__(self) -> int:
        return len(self.space)


def meaning_of(bags: Bags, encoded: Floats | None = None) -> Meaning:
    """Compute the vectors of texts; vectors of an encoder, where given, count for half."""
    rows, terms = weighted(bags.only(CHARACTER, RUN, PAIR))
    columns = rows.turned()
    graph = _graph(*_nearest(rows, columns), len(rows))
    space = _reduced(rows, columns, terms)
    if encoded is not None:
        space = as_units(np.hstack([space, as_units(encoded.astype(np.float32))]))
    return Meaning(_drawn_together(space, graph), graph)


def as_units(rows: Floats) -> Floats:
    """Scale every row to length one; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 1e-9, lengths, 1)).astype(np.float32)


def weighted(bags: Bags) -> tuple[Rows, NDArray[np.uint64]]:
    """Return the texts as rows of length one over the terms that tell them apart."""
    texts = len(bags)
    terms, places = np.unique(bags.hashes, return_inverse=True)
    held = np.bincount(places, minlength=len(terms))
    wanted = (held >= FEWEST) & ((held <= MOST * texts) | (texts < FEW_TEXTS))
    kept = wanted[places]
    numbers = np.repeat(np.arange(texts), np.diff(bags.starts))[kept]
    columns = (np.cumsum(wanted) - 1)[places[kept]].astype(np.int32)
    worth = np.log((1 + texts) / (1 + held[wanted])) ** RARITY
    values = (1 + np.log(bags.counts[kept])) * worth[columns]
    lengths = np.sqrt(np.bincount(numbers, values**2, minlength=texts))
    values /= np.where(lengths > 0, lengths, 1)[numbers]
    begins = np.zeros(texts + 1, np.int64)
    np.cumsum(np.bincount(numbers, minlength=texts), out=begins[1:])
    rows = Rows(begins, columns, values.astype(np.float32), int(wanted.sum()))
    return rows, terms[wanted]


def _nearest(rows: Rows, columns: Rows) -> tuple[NDArray[np.int32], Floats]:
    """Return for every text the numbers and the cosines of those most alike."""
    most = min(NEIGHBOURS + 1, len(rows))
    near = np.full((len(rows), most), -1, np.int32)
    alike = np.zeros((len(rows), most), np.float32)
    if most:
        asked = (rows.columns, rows.values, rows.begins)
        best_rows(*asked, columns.begins, columns.columns, columns.values, len(rows), near, alike)
    alike[near == np.arange(len(rows))[:, None]] = 0
    return near, alike


def _graph(near: NDArray[np.int32], alike: Floats, texts: int) -> Rows:
    """Join two texts where either is near the other."""
    wanted = alike >= LEAST
    here = np.repeat(np.arange(texts), wanted.sum(axis=1))
    there, values = near[wanted].astype(np.int64), alike[wanted]
    ones, others = np.concatenate([here, there]), np.concatenate([there, here])
    edges, first = np.unique(ones * texts + others, return_index=True)
    begins = np.zeros(texts + 1, np.int64)
    np.cumsum(np.bincount(edges // max(texts, 1), minlength=texts), out=begins[1:])
    columns = (edges % max(texts, 1)).astype(np.int32)
    return Rows(begins, columns, np.concatenate([values, values])[first], texts)


def _reduced(rows: Rows, columns: Rows, terms: NDArray[np.uint64]) -> Floats:
    """Return the texts in the space of the largest singular values, rows of length one."""
    starts = min(STARTS, len(rows))
    if not starts or not rows.width:
        return np.zeros((len(rows), 1), np.float32)
    base = rows.times(_signs(terms, starts))
    for _ in range(PASSES):
        base = rows.times(columns.times(np.linalg.qr(base)[0]))
    base = np.linalg.qr(base)[0].astype(np.float32)
    across = columns.times(base).astype(np.float64)
    squares, turns = np.linalg.eigh(across.T @ across)
    order = np.argsort(-squares, kind="stable")[:DIMENSIONS]
    turns = turns[:, order] * np.sqrt(np.maximum(squares[order], 0))
    space = base @ turns.astype(np.float32)
    # The side of an axis is arbitrary: let the heaviest text be on the right of it.
    heaviest = np.abs(space).argmax(axis=0)
    return as_units(space * np.where(space[heaviest, np.arange(space.shape[1])] < 0, -1, 1))


def _signs(terms: NDArray[np.uint64], count: int) -> Floats:
    """Return +1 or -1 per term and start, out of the bits of the term's hash."""
    mixed = terms * np.uint64(0xD6E8FEB86659FD93)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0xD6E8FEB86659FD93)
    bits = mixed[:, None] >> np.arange(count, dtype=np.uint64) & np.uint64(1)
    return bits.astype(np.float32) * 2 - 1


def _drawn_together(space: Floats, graph: Rows) -> Floats:
    sums = np.bincount(
        np.repeat(np.arange(len(graph)), np.diff(graph.begins)), graph.values, len(graph)
    )
    shares = graph.values / np.repeat(np.where(sums > 0, sums, 1), np.diff(graph.begins))
    around = Rows(graph.begins, graph.columns, shares.astype(np.float32), graph.width)
    drawn = space
    for _ in range(PULLS):
        drawn = as_units((1 - PULL) * space + PULL * around.times(drawn))
    return drawn


def _times(begins, columns, values, dense):
    found = np.zeros((len(begins) - 1, dense.shape[1]), np.float32)
    given = (begins, columns, values, dense, found)
    in_threads(lambda part: _rows_times(*part, *given), shared(len(found), least=256))
    return found


@njit(cache=True, nogil=True)
def _rows_times(first, last, begins, columns, values, dense, found):
    for row in range(first, last):
        for place in range(begins[row], begins[row + 1]):
            value, column = values[place], columns[place]
            for spot in range(dense.shape[1]):
                found[row, spot] += value * dense[column, spot]
