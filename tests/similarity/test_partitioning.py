"""Everything against everything in parts, however they are cut, finds what it finds as a whole.

The parts are carried by hand here; by Daft and Ray in `./xinghai bench spread`.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.similarity.planting import Library, make_library
from bench.similarity.writing import write
from xinghai.similarity.candidate_pairs import are_versions
from xinghai.similarity.comparing import compare_everything
from xinghai.similarity.fingerprint_index import common_among, holders
from xinghai.similarity.masking import Stock
from xinghai.similarity.packing import shelve
from xinghai.similarity.partitioning import (
    MEETING,
    Heap,
    Known,
    Met,
    Pair,
    align_pair,
    candidates,
    families_of,
    meet,
    prints_of,
    shared_in_units,
)

Found = dict[tuple[int, int], list[tuple[Any, ...]]]


def make_units(count: int) -> Library:
    """Copies of all kinds; and a unit that writes so in two papers only, one in three versions."""
    library = make_library(count, share=0.2)
    account = write(1, 300)
    for number in range(4):
        text = write(40 + max(number - 2, 0), 900) + account + write(60 + number, 100)
        library.texts.append(text)
        library.units.append(99)
        library.writers.append(-1)
    library.texts.append(write(80, 700) + account)
    library.units.append(3)
    library.writers.append(-1)
    return library


def as_a_whole(library: Library, labels: dict[str, Any]) -> Found:
    return {
        (one.here, one.there): [
            (part.here, part.there, part.matched, part.longest, part.why) for part in one.passages
        ]
        for one in compare_everything(library.texts, **labels)
    }


def in_parts(library: Library, labels: dict[str, Any], heaps: int, at_once: int) -> Found:
    units = np.asarray(labels.get("units", np.empty(0)), np.int64)
    most = common_among(holders(len(library.texts), units))
    known = Known(most, tuple(labels.get("stock", ())), len(units) > 0)
    parts = list(cut_into_heaps(library, heaps, at_once))
    families = the_families(parts, known) if len(units) else {}
    met = [meet(part, known, families) for part in parts]
    return dict(aligned(library, met, known, labels))


def cut_into_heaps(library: Library, heaps: int, at_once: int) -> Iterator[Heap]:
    """Let the texts come in handfuls, and their fingerprints go to heaps in any order."""
    columns: list[list[NDArray[Any]]] = [[] for _column in range(7)]
    for first in range(0, len(library.texts), at_once):
        prints, sizes = prints_of(library.texts[first : first + at_once])
        own = np.arange(first, first + len(sizes))
        of_each = own, np.array(library.units)[own], sizes, prints.counts, prints.little
        said = [np.repeat(one, prints.counts) for one in of_each]
        parts = prints.hashes, said[0], prints.places, *said[1:]
        for column, part in zip(columns, parts, strict=True):
            column.append(part)
    whole = [np.concatenate(column) for column in columns]
    chance = np.random.default_rng(7)
    for number in range(heaps):
        [own] = np.nonzero(whole[0] % np.uint64(heaps) == number)
        chance.shuffle(own)
        yield Heap(*(one[own] for one in whole))


def the_families(heaps: list[Heap], known: Known) -> dict[int, int]:
    both: Counter[tuple[int, int]] = Counter()
    fewer: dict[tuple[int, int], int] = {}
    for found in (shared_in_units(heap, known) for heap in heaps):
        pairs = zip(found.heres.tolist(), found.theres.tolist(), strict=True)
        for pair, shared, least in zip(pairs, found.shared, found.fewer, strict=True):
            both[pair] += int(shared)
            fewer[pair] = int(least)
    return families_of(pair for pair, shared in both.items() if are_versions(shared, fewer[pair]))


def aligned(
    library: Library, met: list[Met], known: Known, labels: dict[str, Any]
) -> Iterator[tuple[tuple[int, int], list[tuple[Any, ...]]]]:
    names = ("heres", "theres", "places", "enough", "kinds")
    heres, theres, places, enough, kinds = (
        np.concatenate([getattr(one, name) for one in met]) for name in names
    )
    is_meeting = kinds == MEETING
    stock = Stock(shelve(known.stock))
    pairs = candidates(*(one[is_meeting] for one in (heres, theres, places, enough)))
    for here, there in zip(*(one.tolist() for one in pairs), strict=True):
        grey = (heres == here) & ~is_meeting
        pair = Pair(
            library.texts[here],
            library.texts[there],
            places[grey],
            kinds[grey],
            known.has_units and library.units[here] == library.units[there],
            "writers" in labels and library.writers[here] == library.writers[there] >= 0,
        )
        if row := align_pair(pair, stock):
            told = [one for _here, _there, one in row.passages]
            yield (
                (here, there),
                [(one.here, one.there, one.matched, one.longest, one.why) for one in told],
            )


@pytest.mark.parametrize(("heaps", "at_once"), [(1, 1000), (7, 31)])
@pytest.mark.parametrize("is_labelled", [False, True], ids=["words alone", "with labels"])
def test_parts_find_the_pairs_and_passages_of_the_whole(
    heaps: int, at_once: int, is_labelled: bool
) -> None:
    library = make_units(150)
    labels = library.labels if is_labelled else {}
    whole = as_a_whole(library, labels)
    assert len(whole) >= 25
    assert in_parts(library, labels, heaps, at_once) == whole


@pytest.mark.parametrize(
    "texts",
    [
        ["关于建设低温余热循环利用中试平台的建议", "关于建设低温余热循环利用中试平台的建议书"],
        ["研究内容与路线。" * 60, write(5, 600) + "研究内容与路线。" * 20],
    ],
    ids=["short", "saying one thing over and over"],
)
def test_texts_with_few_fingerprints_need_only_one_in_common(texts: list[str]) -> None:
    library = Library(texts=texts, units=[0, 1], writers=[-1, -1])
    whole = as_a_whole(library, {})
    assert list(whole) == [(0, 1)]
    assert in_parts(library, {}, 3, 1) == whole
