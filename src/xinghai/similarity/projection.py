"""A map of texts: two numbers each, neighbours in meaning near one another on the screen.

The two directions in which the texts differ most are the start; then neighbours pull and others
push, some hundred times, in an order that is the same on every run. Who stood on the map before
stays there: only what is new looks for its place.
"""

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit
from xinghai.similarity.vectors import Floats, Meaning, Rows

STEPS, FEWER_STEPS, MANY = 200, 100, 8_000
# Of others that push, so many for each neighbour that pulls.
PUSHES = 5
KNOWN = 0.7
# How wide the start is spread, in the units in which pulling and pushing balance.
WIDTH = 10.0


def place(meaning: Meaning, labels: NDArray[np.int64], *, before: Floats | None = None) -> Floats:
    """Return x and y between -1 and 1 for each text; `before` holds nan for a text that is new."""
    count = len(meaning)
    if count < 3:
        return _in_a_row(count, before)
    start = _start(meaning.space, labels)
    moving = np.ones(count, np.bool_)
    if before is not None and not np.isnan(before).all():
        new: NDArray[np.bool_] = np.asarray(np.isnan(before).any(axis=1))
        start[~new] = before[~new] * WIDTH
        start[new] = _beside(meaning.graph, start, ~new)[new]
        if new.mean() <= 1 - KNOWN:
            moving = new
    steps = STEPS if count <= MANY else FEWER_STEPS
    graph = meaning.graph
    found = start.astype(np.float64)
    if moving.any() and len(graph.columns):
        pull = (graph.values / graph.values.max()).astype(np.float64)
        _settle(graph.begins, graph.columns, pull, moving, steps, found)
    if moving.all():
        return _within(found)
    return np.clip(found / WIDTH, -1, 1).astype(np.float32)


def _in_a_row(count: int, before: Floats | None) -> Floats:
    found = np.zeros((count, 2), np.float32)
    if count == 2:
        found[:, 0] = -0.5, 0.5
    if before is not None:
        known = np.isfinite(before).all(axis=1)
        found[known] = before[known]
    return found


def _start(space: Floats, labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the plane of the groups' centres, each text drawn half towards its own."""
    rows = space.astype(np.float64) - space.mean(axis=0)
    centres = rows.copy()
    for number in np.unique(labels[labels >= 0]):
        members = labels == number
        centres[members] = rows[members].mean(axis=0)
    squares, turns = np.linalg.eigh(centres.T @ centres)
    turns = turns[:, np.argsort(-squares, kind="stable")[:2]]
    flat = (rows + centres) / 2 @ turns
    if flat.shape[1] < 2:
        flat = np.hstack([flat, np.zeros((len(flat), 2 - flat.shape[1]))])
    heaviest = np.abs(flat).argmax(axis=0)
    flat *= np.where(flat[heaviest, [0, 1]] < 0, -1, 1)
    # Equal texts begin a hair apart, or nothing could push them from one another.
    angle = np.arange(len(flat)) * 2.399963
    flat += 1e-3 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return flat / max(float(np.abs(flat).max()), 1e-9) * WIDTH


def _beside(
    graph: Rows, start: NDArray[np.float64], known: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return for each text the middle of its known neighbours, its start where it has none."""
    here = np.repeat(np.arange(len(graph)), np.diff(graph.begins))
    there = graph.columns.astype(np.int64)
    seen = known[there]
    sums, weights = np.zeros_like(start), np.zeros(len(start))
    np.add.at(sums, here[seen], start[there[seen]] * graph.values[seen, None])
    np.add.at(weights, here[seen], graph.values[seen])
    found = start.copy()
    found[weights > 0] = sums[weights > 0] / weights[weights > 0, None]
    return found


def _within(found: NDArray[np.float64]) -> Floats:
    middle = (found.max(axis=0) + found.min(axis=0)) / 2
    return ((found - middle) / max(float(np.abs(found - middle).max()), 1e-9)).astype(np.float32)


@njit(cache=True)
def _settle(begins, columns, pull, moving, steps, found):
    """Pull along every edge, push from chosen others, each step shorter than the last.

    Near one another, texts attract as 1 / (1 + d²) falls and repel as it does for strangers.
    """
    count, chance = len(found), np.uint64(88172645463325252)
    for step in range(steps):
        pace = 1.0 - step / steps
        for one in range(count):
            if not moving[one]:
                continue
            for spot in range(begins[one], begins[one + 1]):
                _drawn(found, one, columns[spot], pace * pull[spot])
                for _ in range(PUSHES):
                    chance ^= chance << np.uint64(13)
                    chance ^= chance >> np.uint64(7)
                    chance ^= chance << np.uint64(17)
                    _pushed(found, one, np.int64(chance % np.uint64(count)), pace * pull[spot])


@njit(cache=True, inline="always")
def _drawn(found, one, other, pace):
    for axis in range(2):
        away = found[other, axis] - found[one, axis]
        across = found[other, 1 - axis] - found[one, 1 - axis]
        force = 2 * away / (1 + away * away + across * across)
        found[one, axis] += pace * min(max(force, -4.0), 4.0)


@njit(cache=True, inline="always")
def _pushed(found, one, other, pace):
    if one == other:
        return
    for axis in range(2):
        away = found[one, axis] - found[other, axis]
        across = found[one, 1 - axis] - found[other, 1 - axis]
        square = away * away + across * across
        force = 2 * away / ((0.001 + square) * (1 + square))
        found[one, axis] += pace * min(max(force, -4.0), 4.0)
