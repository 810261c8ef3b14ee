"""Groups of similar texts: named, placed on a map, corrected by hand, and keeping who they are.

Texts gather around centres in the space of `vectors`. How many groups there are comes from the
texts: many small ones are joined as long as their members are near one another more often than
chance would have it. What a person decided (these together, those apart) always holds. Given the
groups of before, a text stays where it was unless another group has become clearly nearer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.key_phrases import name_groups
from xinghai.similarity.kmeans import Points, gather, settle
from xinghai.similarity.must_link import Bound, Pair, bind
from xinghai.similarity.projection import place
from xinghai.similarity.terms import Bags, bags_of
from xinghai.similarity.vectors import Floats, Meaning, as_units, meaning_of

Labels = NDArray[np.int64]
ALONE = -1
# With fewer of the texts known from before, groups are made anew and only keep their numbers.
KNOWN = 0.7
# A text without a title is named by how it begins.
HEADING = 60


@dataclass(frozen=True)
class Groups:
    """A label per text (ALONE: nothing to go by), key phrases per label, and places on a map.

    A label is a group's identity: what is gone leaves its number unused, its names empty.
    """

    labels: Labels
    names: list[list[str]]
    places: Floats

    def carried(self, numbers: Sequence[int]) -> "Groups":
        """Return these groups for a new list of texts: where each was in the old, or -1."""
        old = np.array(numbers, np.int64).reshape(-1)
        labels = np.full(len(old), ALONE, np.int64)
        places = np.full((len(old), 2), np.nan, np.float32)
        labels[old >= 0], places[old >= 0] = self.labels[old[old >= 0]], self.places[old[old >= 0]]
        return Groups(labels, self.names, places)


def group(
    texts: Sequence[str] | Bags,
    *,
    titles: Sequence[str] = (),
    together: Sequence[Pair] = (),
    apart: Sequence[Pair] = (),
    before: Groups | None = None,
    count: int | None = None,
    encoded: Floats | None = None,
) -> Groups:
    """Group texts by what they are about.

    `before` is about the same texts in the same order (see `carried`), -1 where one is new.
    `encoded` are an encoder's vectors. Raises Contradiction where together and apart cannot both
    hold. Names come from the titles and, where texts are given as such, from the texts.
    """
    bags = texts if isinstance(texts, Bags) else bags_of(texts, words=False)
    bound = bind(len(bags), together, apart)
    if titles and len(titles) != len(bags):
        raise ValueError("there is not a title per text")
    if before is not None and len(before.labels) != len(bags):
        raise ValueError("the groups of before are of other texts: use carried()")
    meaning = meaning_of(bags, encoded)
    given = len(before.names) if before else 0
    labels = label(
        meaning, bound, before=before.labels if before else None, given=given, count=count
    )
    bodies = [""] * len(bags) if isinstance(texts, Bags) else texts
    names = name_groups(labels, titles or [text[:HEADING] for text in bodies], bodies)
    names += [[] for _ in range(len(names), given)]
    places = place(meaning, labels, before=before.places if before else None)
    return Groups(labels, names, places)


def label(
    meaning: Meaning,
    bound: Bound,
    *,
    before: Labels | None = None,
    given: int = 0,
    count: int | None = None,
) -> Labels:
    """Return the group of every text; the numbers of groups of before stay theirs.

    Numbers below `given` have been given to groups, of which some may be gone.
    """
    points = _points(meaning, bound)
    known = before is not None and len(before) and (before >= 0).mean() >= KNOWN
    numbers = np.unique(before[before >= 0]) if before is not None else np.empty(0, np.int64)
    if before is not None and known and count in (None, len(numbers)):
        found = _settled(points, bound, before, numbers, given)
    else:
        found = gather(points, _between(meaning, bound), count)
        if before is not None:
            found = _renumbered(found, _majorities(bound, before), points.weights, given)
    return found[bound.members]


def _points(meaning: Meaning, bound: Bound) -> Points:
    """One point for texts that belong together, as heavy as they are many."""
    sums = np.zeros((bound.count, meaning.space.shape[1]), np.float32)
    np.add.at(sums, bound.members, meaning.space)
    weights = np.bincount(bound.members, minlength=bound.count).astype(np.float32)
    rows = as_units(sums)
    # Texts that say nothing have no place; those a person put together keep each other company.
    silent = ~rows.any(axis=1) & (weights < 2)
    return Points(rows, weights, silent, bound.apart)


def _between(meaning: Meaning, bound: Bound) -> tuple[Labels, Labels, NDArray[np.float64]]:
    """Return the edges of the graph of nearness, between points."""
    graph = meaning.graph
    here = np.repeat(np.arange(len(graph)), np.diff(graph.begins))
    return bound.members[here], bound.members[graph.columns], graph.values.astype(np.float64)


def _settled(points: Points, bound: Bound, before: Labels, numbers: Labels, given: int) -> Labels:
    """Let the new find their group among the old ones, and the old move only when they must."""
    held = _majorities(bound, before)
    start = np.where(held >= 0, np.searchsorted(numbers, held), -1)
    found = settle(points, start, len(numbers))
    fresh = max(int(found.max(initial=-1)) + 1 - len(numbers), 0)
    first = max(int(numbers.max(initial=-1)) + 1, given)
    return np.concatenate([numbers, np.arange(first, first + fresh), [ALONE]])[found]


def _majorities(bound: Bound, before: Labels) -> Labels:
    """Return for every point the label most of its texts had, or -1."""
    found = np.full(bound.count, ALONE, np.int64)
    known = before >= 0
    if known.any():
        pairs, times = np.unique(
            np.stack([bound.members[known], before[known]]), axis=1, return_counts=True
        )
        for place in np.argsort(times, kind="stable"):
            found[pairs[0, place]] = pairs[1, place]
    return found


def _renumbered(found: Labels, held: Labels, weights: Floats, given: int) -> Labels:
    """Give each group the number of the one of before it shares most with; others a new one."""
    both = (found >= 0) & (held >= 0)
    shared: dict[tuple[int, int], float] = {}
    for one, other, weight in zip(found[both], held[both], weights[both], strict=True):
        shared[int(one), int(other)] = shared.get((int(one), int(other)), 0.0) + float(weight)
    numbers: dict[int, int] = {}
    for one, other in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if one not in numbers and other not in numbers.values():
            numbers[one] = other
    following = max(int(held.max(initial=-1)) + 1, given)
    for one in range(int(found.max(initial=-1)) + 1):
        if one not in numbers:
            numbers[one], following = following, following + 1
    return np.array([numbers[int(one)] if one >= 0 else ALONE for one in found], np.int64)
