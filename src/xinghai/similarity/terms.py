"""What a text is about, as terms: characters, pairs of characters, words; hashed and counted.

A run of letters or digits that stands together is one unit, and so is a Chinese character; a
term is a unit, two units that follow one another (whatever stands between them that does not
count), or a word of three characters and more. Shorter words are units and pairs already.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xinghai.similarity.compiled import njit
from xinghai.similarity.cpu_count import in_threads, shared
from xinghai.similarity.dictionary import cut
from xinghai.similarity.normalising import LONGEST, code_table

U64 = NDArray[np.uint64]
# The two lowest bits of a hash say what the term is.
CHARACTER, RUN, PAIR, WORD = 0, 1, 2, 3
KIND = np.uint64(3)
# From here on every code is a character by itself; what lies before is written in letters.
IDEOGRAPHS = 0x2E80
AT_ONCE = 1_000_000
# A document of n characters has at most n units, n pairs and n / 3 words.
ROOM = 3
LONGEST_WORD = 32
# So many characters are counted sooner than other cores can be woken.
FEW = 20_000

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_S32, _S29 = np.uint64(32), np.uint64(29)


@dataclass(frozen=True)
class Bags:
    """Terms of document n: hashes[starts[n]:starts[n + 1]], sorted and distinct, and counts."""

    hashes: U64
    counts: NDArray[np.uint16]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> tuple[U64, NDArray[np.uint16]]:
        if not 0 <= number < len(self):
            raise IndexError(number)
        part = slice(self.starts[number], self.starts[number + 1])
        return self.hashes[part], self.counts[part]

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """How many terms each document has, with repetition."""
        sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.counts, dtype=np.int64)])
        return sums[self.starts[1:]] - sums[self.starts[:-1]]

    def only(self, *kinds: int) -> "Bags":
        """Return the same documents with the terms of some kinds alone."""
        kept = np.isin(self.hashes & KIND, np.array(kinds, np.uint64))
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept, dtype=np.int64)])
        return Bags(self.hashes[kept], self.counts[kept], before[self.starts])


def bags_of(texts: Sequence[str], *, words: bool = True) -> Bags:
    """Return the terms of many texts; beyond LONGEST characters a text is not looked at."""
    hashes, counts, sizes = [np.empty(0, np.uint64)], [np.empty(0, np.uint16)], []
    for first, last in _batches(texts):
        codes, starts = _codes_of(texts[first:last])
        places, lengths = _long_words(codes) if words else _no_words()
        room = np.empty(ROOM * len(codes), np.uint64)
        times = np.empty(len(room), np.uint16)
        held = np.empty(last - first, np.int64)
        _fill_all(codes, starts, places, lengths, room, times, held)
        hashes.append(np.empty(int(held.sum()), np.uint64))
        counts.append(np.empty(len(hashes[-1]), np.uint16))
        _gather(room, times, starts, held, hashes[-1], counts[-1])
        sizes.append(held)
    starts = np.zeros(len(texts) + 1, np.int64)
    if sizes:
        np.cumsum(np.concatenate(sizes), out=starts[1:])
    return Bags(np.concatenate(hashes), np.concatenate(counts), starts)


def _fill_all(codes, starts, *rest):
    """Fill few characters at once; with many, each core fills some documents."""
    documents = len(starts) - 1
    parts = shared(documents, least=documents if len(codes) < FEW else 1)
    in_threads(lambda part: _fill(codes, starts, *part, *rest), parts)


def marked_places(text: str, wanted: Collection[int] | U64) -> list[tuple[int, int]]:
    """Return the spans of the text as written where a wanted term stands, touching ones joined.

    A character by itself is marked only when nothing longer is wanted: it stands everywhere.
    """
    terms = np.unique(np.fromiter((int(term) for term in wanted), np.uint64, len(wanted)))
    if np.any(terms & KIND):
        terms = terms[(terms & KIND) != CHARACTER]
    codes, _ = _codes_of([text])
    if not len(terms):
        return []
    places, lengths = _no_words()
    if np.any((terms & KIND) == WORD):
        places, lengths = _long_words(codes)
    mask = np.zeros(len(codes) + 2, np.int8)
    _mark(codes, places, lengths, terms, mask[1:-1])
    edges = np.diff(mask)
    begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return list(zip(begins.tolist(), ends.tolist(), strict=True))


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield runs of documents, first to last, of about AT_ONCE characters."""
    first, held = 0, 0
    for number, text in enumerate(texts):
        if held and held + len(text) > AT_ONCE:
            yield first, number
            first, held = number, 0
        held += len(text)
    if first < len(texts):
        yield first, len(texts)


def _codes_of(texts: Sequence[str]) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """Return the normal code of every character as written, 0 where it does not count.

    A line's end closes each text, so that no word begins in one and ends in the next.
    """
    cut = [text[:LONGEST] + "\n" for text in texts]
    starts = np.zeros(len(cut) + 1, np.int64)
    np.cumsum([len(text) for text in cut], out=starts[1:])
    raw = np.frombuffer("".join(cut).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return code_table()[raw], starts


def _no_words() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.empty(0, np.int64), np.empty(0, np.int64)


def _long_words(codes: NDArray[np.uint16]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where words of three characters and more begin, and how long they are.

    The dictionary decides, never a guess from the context: the same words mean the same terms
    wherever they stand. Halves of surrogate pairs, onto which rare characters fold, are blanks.
    """
    plain = codes.copy()
    plain[(codes == 0) | ((codes >= 0xD800) & (codes < 0xE000))] = ord(" ")
    pieces = cut(plain.tobytes().decode("utf-16-le"))
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    long = (lengths >= 3) & (lengths <= LONGEST_WORD)
    places = (np.cumsum(lengths) - lengths)[long]
    return places, lengths[long]


@njit(cache=True, inline="always")
def _hashed(value, kind):
    value = (value ^ (value >> _S32)) * _MIX
    value = (value ^ (value >> _S29)) * _BASE
    return (value ^ (value >> _S32)) & ~KIND | np.uint64(kind)


@njit(cache=True, inline="always")
def _unit(codes, place, end):
    """Hash the unit that begins at a place; return it and where it ends."""
    value = np.uint64(codes[place]) + np.uint64(1)
    last = place + 1
    if codes[place] >= IDEOGRAPHS:
        return _hashed(value, CHARACTER), last
    while last < end and 0 < codes[last] < IDEOGRAPHS:
        value = value * _BASE + np.uint64(codes[last]) + np.uint64(1)
        last += 1
    return _hashed(value, RUN), last


@njit(cache=True, inline="always")
def _word(codes, place, length):
    """Hash a word; 0 where it is not of characters alone."""
    value = np.uint64(length)
    for spot in range(place, place + length):
        if codes[spot] < IDEOGRAPHS:
            return np.uint64(0)
        value = value * _BASE + np.uint64(codes[spot]) + np.uint64(1)
    return _hashed(value, WORD)


@njit(cache=True)
def _write(codes, begin, end, places, lengths, row):
    """Write every term of one document; return how many."""
    count, place, before = 0, begin, np.uint64(0)
    while place < end:
        if codes[place] == 0:
            place += 1
            continue
        unit, place = _unit(codes, place, end)
        row[count] = unit
        count += 1
        if before:
            row[count] = _hashed(before * _BASE + unit, PAIR)
            count += 1
        before = unit
    number = np.searchsorted(places, begin)
    while number < len(places) and places[number] < end:
        word = _word(codes, places[number], lengths[number])
        if word:
            row[count] = word
            count += 1
        number += 1
    return count


@njit(cache=True)
def _count(codes, begin, end, places, lengths, row, times):
    """Write the distinct terms of one document, sorted, and their counts; return how many."""
    count = _write(codes, begin, end, places, lengths, row)
    row[:count].sort()
    kept = 0
    for place in range(count):
        if kept and row[place] == row[kept - 1]:
            times[kept - 1] += times[kept - 1] < 65535
        else:
            row[kept] = row[place]
            times[kept] = 1
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def _fill(codes, starts, first, last, places, lengths, room, times, held):
    """Count the terms of documents first to last, each in its own part of the room."""
    for document in range(first, last):
        begin, end = starts[document], starts[document + 1]
        part = slice(ROOM * begin, ROOM * end)
        held[document] = _count(codes, begin, end, places, lengths, room[part], times[part])


@njit(cache=True)
def _gather(room, times, starts, held, hashes, counts):
    at = 0
    for document in range(len(held)):
        begin = ROOM * starts[document]
        for place in range(begin, begin + held[document]):
            hashes[at] = room[place]
            counts[at] = times[place]
            at += 1


@njit(cache=True, inline="always")
def _among(terms, term):
    place = np.searchsorted(terms, term)
    return place < len(terms) and terms[place] == term


@njit(cache=True)
def _mark(codes, places, lengths, terms, mask):
    """Mark the characters of the wanted terms; what stands between two units stays unmarked."""
    place, before, begin, last = 0, np.uint64(0), 0, 0
    while place < len(codes):
        if codes[place] == 0:
            place += 1
            continue
        start = place
        unit, place = _unit(codes, place, len(codes))
        if before and _among(terms, _hashed(before * _BASE + unit, PAIR)):
            mask[begin:last] = 1
            mask[start:place] = 1
        if _among(terms, unit):
            mask[start:place] = 1
        before, begin, last = unit, start, place
    for number in range(len(places)):
        if _among(terms, _word(codes, places[number], lengths[number])):
            mask[places[number] : places[number] + lengths[number]] = 1
