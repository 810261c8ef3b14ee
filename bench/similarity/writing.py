"""Invented Chinese, as fast as it can be compared: words with a long tail, a topic for each text.

Two documents share common words and stock phrases, as real proposals do, but no long run by
chance. A seed always writes the same, so that no text needs to be kept.
"""

import random
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray
from pypinyin.phrases_dict import phrases_dict

from bench.similarity import synonyms

STOPS = "的是在和了有不为对中上以及其与等将由"
EVERYBODY, TOPIC = 600, 160
FULL_STOP = ord("。")
_STEP, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


@cache
def words() -> list[str]:
    chosen = [word for word in phrases_dict if 2 <= len(word) <= 4 and word.isalpha()]
    chosen.sort()
    random.Random(7).shuffle(chosen)
    return chosen


@cache
def _vocabulary() -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.uint16]]:
    """Everybody's words first (the language of proposals among them), then the rare ones."""
    known = synonyms.pairs()
    others = [word for word in words() if word not in known and max(word) < "\U00010000"]
    every = [*known, *others]
    codes = np.frombuffer("".join(every).encode("utf-16-le"), np.uint16)
    starts = np.cumsum([0, *map(len, every)])
    return codes, starts, np.frombuffer(STOPS.encode("utf-16-le"), np.uint16)


def write(seed: int, length: int) -> str:
    """Return sentences of at least so many characters."""
    return _write(np.uint64(seed), length, *_vocabulary()).tobytes().decode("utf-16-le")


@njit(cache=True)
def _write(seed, length, codes, starts, stops):
    state = np.array([seed * _MIX + _STEP], np.uint64)
    every = len(starts) - 1
    topic = np.empty(TOPIC, np.int64)
    for number in range(TOPIC):
        topic[number] = EVERYBODY + _roll(state, every - EVERYBODY)
    text = np.empty(length + 120, np.uint16)
    at = 0
    while at < length:
        for _word in range(6 + _roll(state, 11)):
            roll = _roll(state, 100)
            if roll >= 88:
                text[at] = stops[_roll(state, len(stops))]
                at += 1
                continue
            if roll < 30:
                word = _roll(state, EVERYBODY)
            elif roll < 75:
                word = topic[_roll(state, TOPIC)]
            else:
                word = EVERYBODY + _roll(state, every - EVERYBODY)
            for place in range(starts[word], starts[word + 1]):
                text[at] = codes[place]
                at += 1
        text[at] = FULL_STOP
        at += 1
    return text[:at]


@njit(cache=True)
def _roll(state, sides):
    """One of so many, by splitmix64."""
    state[0] += _STEP
    value = state[0]
    value = (value ^ (value >> np.uint64(30))) * _MIX
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    value ^= value >> np.uint64(31)
    return np.int64(value % np.uint64(sides))
