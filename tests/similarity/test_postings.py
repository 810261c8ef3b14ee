"""Posting lists: fingerprints spread evenly over the keys they stand under."""

import numpy as np

from xinghai.similarity.postings import BUCKETS, buckets_of, prints_of


def test_fingerprints_though_the_smallest_of_their_windows_fill_all_buckets_alike() -> None:
    codes = np.random.default_rng(1).integers(0x4E00, 0x6000, 400_000).astype(np.uint16)
    prints, _places = prints_of(codes)
    keys, rests = buckets_of(prints)

    expected = len(prints) / (1 << BUCKETS)
    _keys, held = np.unique(keys, return_counts=True)
    assert (held**2).sum() / len(prints) < 1 + 2 * expected
    assert len(np.unique(keys >> 32)) == len(np.unique(keys))
    assert len(np.unique(np.stack([keys, rests]), axis=1).T) == len(np.unique(prints))
