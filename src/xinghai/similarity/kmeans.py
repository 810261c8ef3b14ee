"""Points around centres: how many centres, where they are, and which point goes to which."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.must_link import Pair

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
Edges = tuple[Labels, Labels, NDArray[np.float64]]

# Several starts, of which the tightest is kept; fewer where each takes long.
TRIES, FEWER_TRIES, MANY = 8, 3, 4_000
ROUNDS = 40
# So much nearer (of a squared distance) another centre must be before a text leaves its group.
MARGIN = 0.1
# Twice the square root of the points is more groups than anybody wants: what joining starts from.
FINE = 2.0
# How many times as often as by chance neighbours share groups that are joined: among many texts
# there is more to tell apart, and groups are still to be read by a person.
CHANCE, GROWTH = 2.0, 0.2


@dataclass(frozen=True)
class Points:
    """Rows of length one with a weight each; silent ones have no place; some must not meet."""

    rows: Floats
    weights: Floats
    silent: NDArray[np.bool_]
    apart: frozenset[Pair]

    @cached_property
    def enemies(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        for one, other in sorted(self.apart):
            found[one].append(other)
        return found


def gather(points: Points, edges: Edges, count: int | None) -> Labels:
    """Return a label per point, -1 for a silent one.

    With a count, so many groups: fewer where there are no more different points, more where
    points that must not meet need them.
    """
    heard = int((~points.silent).sum())
    if not heard:
        return np.full(len(points.rows), -1, np.int64)
    wanted = max(min(count, heard), 1) if count is not None else 0
    fine = max(int(np.ceil(FINE * np.sqrt(heard))), wanted + wanted // 3)
    joined = _joined(_tightest(points, min(heard, fine)), edges, points.apart, wanted)
    return settle(points, joined, int(joined.max()) + 1, margin=0)


def settle(points: Points, labels: Labels, count: int, *, margin: float = MARGIN) -> Labels:
    """Move points to the nearest centre, again and again until none moves.

    Points without a label (-1) find one; a point leaves its group only for a centre that is
    nearer by the margin.
    """
    for _ in range(ROUNDS):
        centres = _centres(points, labels, count)
        moved = _assigned(points, centres, labels, margin)
        count = max(count, int(moved.max(initial=-1)) + 1)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels


def _tightest(points: Points, count: int) -> Labels:
    tries = TRIES if len(points.rows) <= MANY else FEWER_TRIES
    best, least = None, np.inf
    for number in range(tries):
        start = _spread(points, count, np.random.default_rng(number))
        labels = _numbered(settle(points, start, count, margin=0))
        spread = _spread_of(points, labels)
        if spread < least - 1e-6:
            best, least = labels, spread
    assert best is not None  # noqa: S101 - the first try is always better than none
    return best


def _spread(points: Points, count: int, chance: np.random.Generator) -> Labels:
    """Choose centres among the points, far from one another; return the nearest to each point."""
    heard = np.flatnonzero(~points.silent)
    rows, weights = points.rows[heard], points.weights[heard].astype(np.float64)
    nearest = np.full(len(heard), np.inf)
    labels = np.full(len(points.rows), -1, np.int64)
    for number in range(count):
        odds = weights * (nearest if number else 1.0)
        if odds.sum() <= 1e-9:
            break
        chosen = np.searchsorted(np.cumsum(odds), chance.random() * odds.sum(), side="right")
        away = np.maximum(2 - 2 * (rows @ rows[min(int(chosen), len(heard) - 1)]), 0)
        closer = away < nearest
        labels[heard[closer]] = number
        nearest = np.where(closer, away, nearest)
    return labels


def _centres(points: Points, labels: Labels, count: int) -> Floats:
    """Return the means; one without members lies nowhere, out of everybody's reach."""
    held = labels >= 0
    sums = np.zeros((count, points.rows.shape[1]), np.float64)
    order = np.flatnonzero(held)[np.argsort(labels[held], kind="stable")]
    if len(order):
        numbers, first = np.unique(labels[order], return_index=True)
        heavy = points.rows[order].astype(np.float64) * points.weights[order, None]
        sums[numbers] = np.add.reduceat(heavy, first, axis=0)
    weights = np.bincount(labels[held], points.weights[held], minlength=count)
    sums[weights > 0] /= weights[weights > 0, None]
    sums[weights == 0] = np.inf
    return sums.astype(np.float32)


def _assigned(points: Points, centres: Floats, labels: Labels, margin: float) -> Labels:
    away = _distances(points.rows, centres)
    held = np.flatnonzero(labels >= 0)
    away[held, labels[held]] -= margin
    found = away.argmin(axis=1).astype(np.int64)
    found[points.silent] = -1
    if points.enemies:
        _part(points, away, found)
    return found


def _distances(rows: Floats, centres: Floats) -> Floats:
    there = np.isfinite(centres[:, 0])
    away = np.full((len(rows), len(centres)), np.inf, np.float32)
    away[:, there] = 1 + (centres[there] ** 2).sum(axis=1) - 2 * (rows @ centres[there].T)
    return away


def _part(points: Points, away: Floats, found: Labels) -> None:
    """Give points that must not meet the nearest group free of their enemies, or a new one.

    Those that lose least by it come last: who stands closest to a group has it first.
    """
    bound = sorted(points.enemies, key=lambda one: (float(away[one].min()), one))
    given: dict[int, int] = {}
    following = away.shape[1]
    for one in bound:
        taken = {given[other] for other in points.enemies[one] if other in given}
        order = np.argsort(away[one], kind="stable")
        free = [int(place) for place in order if int(place) not in taken]
        if free and np.isfinite(away[one][free[0]]):
            given[one] = free[0]
        else:
            fresh = range(away.shape[1], following + 1)
            given[one] = next(place for place in fresh if place not in taken)
            following = max(following, given[one] + 1)
        found[one] = given[one]


def _spread_of(points: Points, labels: Labels) -> float:
    held = labels >= 0
    centres = _centres(points, labels, int(labels.max()) + 1)
    away = ((points.rows[held] - centres[labels[held]]) ** 2).sum(axis=1)
    return float((away * points.weights[held]).sum())


def _numbered(labels: Labels) -> Labels:
    """Number the groups in the order in which they first appear."""
    held = labels >= 0
    known, first, places = np.unique(labels[held], return_index=True, return_inverse=True)
    order = np.empty(len(known), np.int64)
    order[np.argsort(first)] = np.arange(len(known))
    found = np.full(len(labels), -1, np.int64)
    found[held] = order[places]
    return found


def _joined(labels: Labels, edges: Edges, apart: Iterable[Pair], wanted: int) -> Labels:
    """Join the two groups whose texts are neighbours most beyond chance, again and again.

    Until so many are left as are wanted; when none are said, until no two groups are neighbours
    sufficiently more often than chance would have it (modularity, at a finer grain).
    """
    count = int(labels.max()) + 1
    here, there, values = edges
    inside = (labels[here] >= 0) & (labels[there] >= 0)
    shared = np.zeros((count, count))
    np.add.at(shared, (labels[here[inside]], labels[there[inside]]), values[inside])
    shared /= max(shared.sum(), 1e-9)
    barred = np.eye(count, dtype=np.bool_)
    for one, other in apart:
        if labels[one] >= 0 and labels[other] >= 0:
            barred[labels[one], labels[other]] = True
    into = np.arange(count)
    chance = CHANCE if wanted else max(CHANCE, len(labels) ** GROWTH)
    while len(np.unique(into)) > wanted:
        sides = shared.sum(axis=1)
        gain = np.where(barred, -np.inf, shared + shared.T - 2 * chance * np.outer(sides, sides))
        one, other = divmod(int(gain.argmax()), count)
        if gain[one, other] <= (-np.inf if wanted else 0):
            break
        into[into == other] = one
        shared[one] += shared[other]
        shared[:, one] += shared[:, other]
        barred[one] |= barred[other]
        barred[:, one] |= barred[:, other]
        shared[other], shared[:, other], barred[other], barred[:, other] = 0, 0, True, True
    return _numbered(np.where(labels >= 0, into[labels], -1))
