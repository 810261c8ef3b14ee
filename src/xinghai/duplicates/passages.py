"""Which answer of one submission faces which of the other: passages numbered as people read them.

Texts are compared joined, so one passage may run through several answers. A person reads answer
by answer: what one answer shares with one other answer is one finding with one number.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xinghai.similarity.normalising import normalise
from xinghai.similarity.reporting import Piece
from xinghai.submissions.index_text import Said

# So little of a passage between different questions is how the texts happen to run on.
STRAY = 16
# So few characters in all are no finding: any two texts share them.
SHORTEST = 6
# Where a word was put in or taken out the piece is not there whole; short cuts find its place.
PROBE, MOST_PROBES = 6, 64

# A passage, an answer here and the answer there it faces.
Key = tuple[int, str, str]


@dataclass(frozen=True)
class Part:
    """A piece of the joined text as far as it lies in one answer."""

    field: str
    text: str
    passage: int | None
    grey: str


def parts_of(answers: Sequence[Said], pieces: Sequence[Piece]) -> list[Part]:
    """Cut the pieces of the joined text where one answer ends and the next begins."""
    return list(_cut(answers, pieces))


def _cut(answers: Sequence[Said], pieces: Sequence[Piece]) -> Iterator[Part]:
    waiting = iter(answers)
    one = next(waiting, None)
    left = len(one.text) + 1 if one else 0
    for piece in pieces:
        text = piece.text
        while text and one is not None:
            part, text = text[:left], text[left:]
            left -= len(part)
            if words := (part if left else part.removesuffix("\n")):
                yield Part(one.field, words, piece.passage, piece.grey)
            if not left:
                one = next(waiting, None)
                left = len(one.text) + 1 if one else 0


def numbered(
    ours: Sequence[Part], theirs: Sequence[Part], here: Sequence[Said], there: Sequence[Said]
) -> tuple[list[int], list[int]]:
    """Return the number of every part of both sides, 0 for none, in the order of the first."""
    left = _keys(ours, theirs, there)
    right = [(key[0], key[2], key[1]) if key else None for key in _keys(theirs, ours, here)]
    sizes: Counter[Key | None] = Counter()
    for key, part in zip(left, ours, strict=True):
        sizes[key] += len(part.text)
    both = {key for key in left if key} & {key for key in right if key}
    trifles = {key for key in both if sizes[key] < SHORTEST}
    known = [key for key in dict.fromkeys(left) if key in both - trifles]
    numbers: dict[Key | None, int] = {key: at for at, key in enumerate(known, 1)}
    return (
        [numbers.get(_nearest(key, known, side=1), 0) if key not in trifles else 0 for key in left],
        [
            numbers.get(_nearest(key, known, side=2), 0) if key not in trifles else 0
            for key in right
        ],
    )


def _keys(
    ours: Sequence[Part], theirs: Sequence[Part], answers: Sequence[Said]
) -> list[Key | None]:
    """Map each part to the matching answer on the other side."""
    texts = {one.field: _codes(one.text) for one in answers}
    held: dict[int, dict[str, None]] = {}
    for part in theirs:
        if part.passage is not None and not part.grey:
            held.setdefault(part.passage, {})[part.field] = None
    return [_key(part, held, texts) for part in ours]


def _key(part: Part, held: dict[int, dict[str, None]], texts: dict[str, bytes]) -> Key | None:
    if part.passage is None or part.grey:
        return None
    fields = sorted(held.get(part.passage, {}), key=lambda field: field != part.field)
    whole = _codes(part.text)
    for wanted in ([whole], list(_probes(whole))):
        for field in fields:
            if any(one in texts[field] for one in wanted):
                is_stray = field != part.field and len(whole) < 2 * STRAY
                return None if is_stray else (part.passage, part.field, field)
    return None


def _probes(whole: bytes) -> Iterator[bytes]:
    """Cut short pieces from beginning to end, of a long text fewer than there are."""
    size = 2 * PROBE
    places = range(0, len(whole) - size + 1, size)
    yield from (whole[at : at + size] for at in places[:: len(places) // MOST_PROBES + 1])


def _codes(text: str) -> bytes:
    """Return the text as the comparison reads it, two bytes a character."""
    return normalise(text).codes.tobytes()


def _nearest(key: Key | None, known: Sequence[Key], *, side: int) -> Key | None:
    """A sentence that stands twice on one side goes with the finding of its answer."""
    if key is None or key in known:
        return key
    same = [one for one in known if one[0] == key[0]]
    own = [one for one in same if one[side] == key[side]]
    return next(iter([*own, *same]), None)
