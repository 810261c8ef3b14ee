"""`./xinghai bench groups`: groups beside labels people gave; steadiness, map, names, growth."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.preprocessing import normalize

from bench.similarity.records import Labelled, read_records
from xinghai.similarity.encoding import Encoder
from xinghai.similarity.grouping import Groups, group
from xinghai.similarity.terms import CHARACTER, PAIR, RUN, bags_of
from xinghai.similarity.vectors import weighted

ADDED, NEIGHBOURS, MAPPED = 10, 10, 3_000
Labels = NDArray[np.int64]


def run(*, file: str, count: int, encoder: Encoder | None) -> None:
    records = read_records(file, count)
    kinds = len({one.label for one in records})
    print(f"\ngroups of abstracts against {kinds} labels\n")
    print("| records | method | groups | NMI | ARI | CPU s |\n|--:|---|--:|--:|--:|--:|")
    group([one.abstract for one in records[:50]])  # compiled before the clock runs
    for size in (len(records) // 4, len(records) // 2, len(records)):
        _compare(records[:size], encoder)
    found = group([one.abstract for one in records], titles=[one.title for one in records])
    _add(records, found)
    _map(records[:MAPPED])
    _names(records, found)


def _compare(records: Sequence[Labelled], encoder: Encoder | None) -> None:
    texts, truth = [one.abstract for one in records], [one.label for one in records]
    kinds = len(set(truth))
    encoded = encoder.encode(texts) if encoder else None
    methods: dict[str, Callable[[], Labels]] = {
        "LSA-50 over characters and pairs, k-means": lambda: _peer(texts, kinds),
        "xinghai, as many": lambda: group(texts, count=kinds).labels,
        "xinghai, as many as it finds": lambda: group(texts).labels,
    }
    if encoder:
        methods["xinghai with encoder, as many"] = lambda: (
            group(texts, count=kinds, encoded=encoded).labels
        )
    for name, act in methods.items():
        begun = time.process_time()
        labels = act()
        spent = time.process_time() - begun
        nmi = normalized_mutual_info_score(truth, labels)
        ari = adjusted_rand_score(truth, labels)
        told = f"{len(set(labels.tolist()))} | {nmi:.4f} | {ari:.4f} | {spent:.1f}"
        print(f"| {len(texts):,} | {name} | {told} |", flush=True)


def _peer(texts: Sequence[str], kinds: int) -> Labels:
    space = normalize(TruncatedSVD(50, random_state=0).fit_transform(_characters(texts)))
    return KMeans(kinds, n_init=10, random_state=0).fit_predict(space)


def _characters(texts: Sequence[str]) -> NDArray[np.float64]:
    how = {"analyzer": "char", "ngram_range": (1, 2), "sublinear_tf": True}
    return TfidfVectorizer(**how, min_df=2, max_df=0.5).fit_transform(texts)


def _add(records: Sequence[Labelled], before: Groups) -> None:
    """Add one text at a time: half of one, joined to half of another."""
    chance, moved, shifted = random.Random(3), [], []
    texts = [one.abstract for one in records]
    for _ in range(ADDED):
        one, other = chance.sample(texts, 2)
        new = one[: len(one) // 2] + other[len(other) // 2 :]
        after = group([*texts, new], before=before.carried([*range(len(texts)), -1]))
        moved.append(int((after.labels[:-1] != before.labels).sum()))
        shifted.append(float(np.abs(after.places[:-1] - before.places).max()))
    print(f"\none text more, {ADDED} times, on {len(texts):,}: others that change their group,")
    print(
        f"at most {max(moved)}, mean {np.mean(moved):.1f}; on the map, at most {max(shifted):.1g}"
    )


def _map(records: Sequence[Labelled]) -> None:
    """How far neighbours on the map are neighbours in their words, and carry the same label."""
    texts = [one.abstract for one in records]
    rows, _ = weighted(bags_of(texts).only(CHARACTER, RUN, PAIR))
    dense = np.zeros((len(rows), rows.width), np.float32)
    dense[np.repeat(np.arange(len(rows)), np.diff(rows.begins)), rows.columns] = rows.values
    away = np.maximum(1 - dense @ dense.T, 0)
    np.fill_diagonal(away, 0)
    flat = TruncatedSVD(2, random_state=0).fit_transform(_characters(texts))
    print(f"\n| map of {len(texts):,} | trustworthiness | neighbours of the same label |")
    print("|---|--:|--:|")
    for name, places in {"LSA-2": flat, "xinghai": group(texts).places}.items():
        trust = trustworthiness(away, places, n_neighbors=NEIGHBOURS, metric="precomputed")
        same = _same_label(places, np.array([one.label for one in records]))
        print(f"| {name} | {trust:.4f} | {same:.4f} |", flush=True)


def _same_label(places: NDArray[np.float32], labels: NDArray[np.str_]) -> float:
    shares = []
    for number, place in enumerate(places):
        away = ((places - place) ** 2).sum(axis=1)
        away[number] = np.inf
        near = np.argpartition(away, NEIGHBOURS)[:NEIGHBOURS]
        shares.append(float((labels[near] == labels[number]).mean()))
    return float(np.mean(shares))


def _names(records: Sequence[Labelled], found: Groups) -> None:
    """For a reader to judge: names, size, and the labels most of a group carry."""
    print("\n| group | texts | most of them |\n|---|--:|---|")
    for number, names in enumerate(found.names):
        members = np.flatnonzero(found.labels == number)
        common = Counter(records[one].label for one in members).most_common(2)
        told = ", ".join(f"{label} {times}" for label, times in common)
        print(f"| {'、'.join(names)} | {len(members)} | {told} |")
