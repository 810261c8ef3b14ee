"""Two submissions side by side: the same questions beside each other, common passages marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xinghai.calls.models import CallForm
from xinghai.corpus.boilerplate import customs_in
from xinghai.duplicates.passages import Part, numbered, parts_of
from xinghai.kernel.apart import apart
from xinghai.similarity.reporting import Piece, SideBySide, side_by_side
from xinghai.similarity.rewording import Rewording, reworded
from xinghai.submissions.index_text import Said, questions_of, texts_of
from xinghai.submissions.models import Submission

# So many ways of marking there are; the next passage begins with the first again.
TONES = 5
EXCERPT = 28


@dataclass(frozen=True)
class Shown:
    """A stretch of one text: in a passage, greyed with a reason, or neither.

    `opens` marks where a passage begins on its side: there its number and its address stand.
    """

    text: str
    passage: int = 0
    tone: int = 0
    grey: str = ""
    opens: bool = False


@dataclass(frozen=True)
class Block:
    """One question with its answer on one side."""

    field: str
    label: str
    pieces: list[Shown]


@dataclass(frozen=True)
class Found:
    """One passage for the list: how long, its longest piece, and where it stands in both."""

    number: int
    tone: int
    length: int
    excerpt: str
    here: str
    there: str


@dataclass(frozen=True)
class SaidAgain:
    """A stretch of one text that the other may say in other words, clause by clause, and the
    answers they are in.
    """

    here_label: str
    there_label: str
    clauses: list[tuple[str, str]]


@dataclass(frozen=True)
class Pair:
    """Everything the comparison of two submissions shows."""

    here: list[Block]
    there: list[Block]
    passages: list[Found]
    share_here: int
    share_there: int
    longest: int
    greys: list[str]
    again: list[SaidAgain]
    again_here: int
    again_there: int


def compare_pair(here: Submission, there: Submission) -> Pair:
    """Compare what both say; the words of the forms themselves and an author's own do not count."""
    is_own = here.author_id == there.author_id
    stock = (*stock_of(here), *stock_of(there))
    return compare_texts(texts_of(here), texts_of(there), stock=stock, is_own=is_own)


@apart
def compare_texts(
    ours: Sequence[Said], theirs: Sequence[Said], *, stock: Sequence[str], is_own: bool
) -> Pair:
    """Compare the answers of two; `stock` and what the index knows as boilerplate do not count."""
    one, other = _joined(ours), _joined(theirs)
    known = {*stock, *customs_in(one), *customs_in(other)}
    found = side_by_side(one, other, stock=sorted(known, key=len), is_own=is_own)
    left, right = parts_of(ours, found.pieces_here), parts_of(theirs, found.pieces_there)
    numbers = numbered(left, right, ours, theirs)
    again = _said_again(one, other, found, is_own=is_own)
    shown = _blocks(ours, left, numbers[0]), _blocks(theirs, right, numbers[1])
    passages = _passages(*shown)
    return Pair(
        here=shown[0],
        there=shown[1],
        passages=passages,
        share_here=percent(found.share_here),
        share_there=percent(found.share_there),
        longest=max((one.length for one in passages), default=0),
        greys=sorted({part.grey for part in (*left, *right)} - {""}),
        again=[
            SaidAgain(
                _label_at(ours, stretch.here[0]),
                _label_at(theirs, stretch.there[0]),
                [
                    (one[slice(*ours_at)].strip(), other[slice(*theirs_at)].strip())
                    for ours_at, theirs_at in stretch.clauses
                ],
            )
            for stretch in again.stretches
        ],
        again_here=percent(again.share_here),
        again_there=percent(again.share_there),
    )


def _said_again(one: str, other: str, found: SideBySide, *, is_own: bool) -> Rewording:
    """Look for other words for the same, where neither text is the other's word for word.

    What an author says again is not looked for.
    """
    if is_own:
        return Rewording(0.0, 0.0, [])
    known = [list(_painted(pieces)) for pieces in (found.pieces_here, found.pieces_there)]
    return reworded(one, other, known_here=known[0], known_there=known[1])


def _painted(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in pieces:
        if piece.passage is not None or piece.grey:
            yield at, at + len(piece.text)
        at += len(piece.text)


def _joined(answers: Sequence[Said]) -> str:
    return "\n".join(one.text for one in answers)


def _label_at(answers: Sequence[Said], place: int) -> str:
    """Return the question whose answer stands at a place of the joined text."""
    for answer in answers:
        place -= len(answer.text) + 1
        if place < 0:
            return answer.label
    return ""


def stock_of(submission: Submission) -> tuple[str, ...]:
    """Return what its form itself says: words nobody has copied from anybody."""
    return _stock(submission.form)


@lru_cache(maxsize=64)
def _stock(row: CallForm) -> tuple[str, ...]:
    """A form is frozen once it is loaded, so its words are gathered once."""
    return tuple({text for text in questions_of(row.form) if text})


def _blocks(answers: Sequence[Said], parts: Sequence[Part], numbers: Sequence[int]) -> list[Block]:
    opened: set[int] = set()
    pieces: dict[str, list[Shown]] = {one.field: [] for one in answers}
    for part, number in zip(parts, numbers, strict=True):
        opens = bool(number) and number not in opened
        opened.add(number)
        tone = (number - 1) % TONES + 1 if number else 0
        pieces[part.field].append(Shown(part.text, number, tone, part.grey, opens))
    return [Block(one.field, one.label, pieces[one.field]) for one in answers]


def _passages(ours: list[Block], theirs: list[Block]) -> list[Found]:
    """List the passages in the order of the first text."""
    there = {piece.passage: block.label for block, piece in _opening(theirs)}
    lengths: dict[int, int] = {}
    longest: dict[int, str] = {}
    for block in ours:
        for piece in block.pieces:
            lengths[piece.passage] = lengths.get(piece.passage, 0) + len(piece.text)
            longest[piece.passage] = max(longest.get(piece.passage, ""), piece.text, key=len)
    return [
        Found(
            piece.passage,
            piece.tone,
            lengths[piece.passage],
            longest[piece.passage][:EXCERPT],
            block.label,
            there[piece.passage],
        )
        for block, piece in _opening(ours)
    ]


def _opening(blocks: list[Block]) -> Iterator[tuple[Block, Shown]]:
    for block in blocks:
        yield from ((block, piece) for piece in block.pieces if piece.opens)


def percent(share: float) -> int:
    """Whole percents; a trace is not nothing, and all but a trace is not everything."""
    found = round(share * 100)
    if found == 0 and share > 0:
        return 1
    return 99 if found == 100 and share < 1 else found
