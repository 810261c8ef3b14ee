"""Read the index as a given audience: search, similar subject, shared text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db import connection

from xinghai.corpus.copy_detection import seen, suspects_of
from xinghai.corpus.highlighting import Marker, Pieces, marker
from xinghai.corpus.indexing import text_of
from xinghai.corpus.models import LONGEST, Document
from xinghai.corpus.searching import (
    LEAST_MET,
    ROUNDING,
    Question,
    Ranked,
    question_of,
    rank,
    score_again,
)
from xinghai.kernel.apart import apart
from xinghai.similarity.aligning import Passage, align_all
from xinghai.similarity.masking import Stock
from xinghai.similarity.normalising import Normal, normalise
from xinghai.similarity.packing import shelve
from xinghai.similarity.postings import TITLE_WEIGHT

MOST_HITS, DEEPEST = 1_000, 2_000
# Characters, and documents, whose exact scores are worth their time.
SCORED_AGAIN, MOST_SCORED_AGAIN = 40_000, 50
# A subject is asked for by a whole record: where a word stands tells little, and a repeated one
# stops counting later (BM25's usual 1.5).
IN_WORDS, IN_SUBJECT = (TITLE_WEIGHT, 1.0), (0.6, 0.6)


__all__ = ["Copy", "Found", "Hit", "Marker", "Pieces", "copies", "marker", "search", "similar"]


@dataclass(frozen=True)
class Hit:
    """A document found by a search; title and excerpt are split into pieces, each marked or not."""

    kind: str
    key: str
    score: float
    met: float
    title: Pieces
    excerpt: Pieces


@dataclass(frozen=True)
class Found:
    hits: list[Hit]
    has_more: bool


@dataclass(frozen=True)
class Copy:
    """A document that shares text with the given one; `share` is the part of the given text
    found there.

    Passages are positions in the normal forms; `here` and `there` convert them to the texts as
    written.
    """

    kind: str
    key: str
    title: str
    owner: str
    writer: str
    share: float
    longest: int
    passages: list[Passage]
    here: Normal
    there: Normal


@apart
def search(
    text: str,
    *,
    audiences: Sequence[str],
    kinds: Sequence[str] = (),
    facets: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
    least: float = LEAST_MET,
) -> Found:
    """Return the documents these audiences may see that best match a typed query.

    A document must have all the facets and one of the kinds. Documents that match less than
    `least` of the query, by weight of terms, are left out.
    """
    offset, limit = min(max(offset, 0), DEEPEST), min(max(limit, 0), MOST_HITS)
    question = question_of(text)
    wanted = max(offset + limit, MOST_SCORED_AGAIN) + 1
    rows = _chosen(question, Asked(audiences, kinds, facets, wanted, least))
    page, mark = rows[offset : offset + limit], Marker.of(question)
    return Found([_hit(row, mark) for row in page], len(rows) > offset + limit)


@apart
def similar(
    title: str,
    body: str = "",
    *,
    audiences: Sequence[str],
    kinds: Sequence[str] = (),
    facets: Sequence[str] = (),
    limit: int = 5,
    except_for: tuple[str, str] | None = None,
    least: float = 0.0,
) -> list[Hit]:
    """Return the documents nearest in subject, the nearest first.

    None is left out for being far: of what follows an earlier project most share less with its
    title than a search would ask for. `met` of each tells how near it is; whoever must not be
    disturbed by what is far asks for `least`.
    """
    question = question_of(f"{title}\n{title}\n{body}", words=False)
    exactly = max(limit, 0) + 1
    ask = Asked(audiences, kinds, facets, MOST_SCORED_AGAIN, least, exactly, IN_SUBJECT)
    rows = _chosen(question, ask)
    others = [row for row in rows if (row.kind, row.key) != except_for]
    mark = Marker.of(question)
    return [_hit(row, mark) for row in others[: max(limit, 0)]]


def copies(
    text: str,
    *,
    audiences: Sequence[str],
    kinds: Sequence[str] = (),
    limit: int = 10,
    except_for: tuple[str, str] | None = None,
    writer: str = "",
    stock: Sequence[str] = (),
) -> list[Copy]:
    """Return the documents these audiences may see that share text with the given one, the most
    first.

    Boilerplate and text that is in `stock` (forms, notices) is shown grey, and so is everything
    in a document of the same `writer`. Grey passages are returned but not counted. A document
    with grey passages only is left out, unless it is of the same writer.
    """
    here = normalise(text[:LONGEST])
    itself = _number_of(except_for) if except_for else None
    suspects = suspects_of(here, but_for=itself)
    greys = Stock(shelve(stock)).marks_in(here.codes, suspects.marks)
    found = []
    for document in seen(suspects.numbers, audiences, kinds):
        there = normalise(text_of(document))
        is_own = bool(writer) and document.writer == writer
        passages = align_all(here.codes, there.codes, greys, is_own=is_own)
        if passages and (is_own or not all(passage.why for passage in passages)):
            found.append(_copy(document, passages, here, there))
    return sorted(found, key=lambda one: (-one.share, one.key))[: max(limit, 0)]


@dataclass(frozen=True)
class _Row:
    """A document that passed the filters, without what nobody shows."""

    number: int
    kind: str
    key: str
    title: str
    body: str
    score: float = 0.0
    met: float = 0.0


@dataclass(frozen=True)
class Asked:
    """The filters of a query: who reads, which kinds, which facets.

    The first so many of `exactly` are scored from their texts, however long these are.
    """

    audiences: Sequence[str]
    kinds: Sequence[str]
    facets: Sequence[str]
    wanted: int
    least: float
    exactly: int = 1
    weights: tuple[float, float] = IN_WORDS

    def passing(self, numbers: list[int], most: int) -> list[_Row]:
        """Return the first of these documents that pass, in the order given."""
        kinds = list(self.kinds)
        asked = (numbers, list(self.audiences), kinds, kinds, list(self.facets), most)
        with connection.cursor() as cursor:
            cursor.execute(PASSING, asked)
            return [_Row(*row) for row in cursor.fetchall()]


PASSING = """
    SELECT number, kind, key, title, body
    FROM unnest(%s::int[]) WITH ORDINALITY AS ranked (number, place)
    JOIN corpus_document USING (number)
    WHERE audiences && %s::varchar[]
        AND (cardinality(%s::varchar[]) = 0 OR kind = ANY(%s::varchar[]))
        AND facets @> %s::varchar[]
    ORDER BY place LIMIT %s
"""


def _chosen(question: Question, ask: Asked) -> list[_Row]:
    """Return the best so many; where what was read leaves too few, all that was left is read."""
    if not len(question) or not ask.audiences:
        return []
    rows, unread = _answers(question, ask)
    if len(rows) < ask.wanted and unread > 0 and unread >= ask.least:
        rows, _unread = _answers(question, ask, whole=True)
    return rows


def _answers(question: Question, ask: Asked, *, whole: bool = False) -> tuple[list[_Row], float]:
    """Return the best so many and how much of the question was not read.

    In the place of those that turn out too far the next of the ranking come.
    """
    ranked = rank(question, audiences=ask.audiences, whole=whole)
    rows = _filtered(ranked, ask)
    near = _in_exact_order(rows, ranked, ask)
    if len(near) < len(rows) == ask.wanted:
        more = _filtered(ranked, replace(ask, wanted=2 * ask.wanted - len(near)))
        near += _as_ranked(more[ask.wanted :], ranked)
    return near, ranked.unread


def _in_exact_order(rows: list[_Row], ranked: Ranked, ask: Asked) -> list[_Row]:
    """Score the first rows again by their texts, as far as that is quick; what is far goes.

    The others keep what they were ranked by: no more than the exact score.
    """
    sizes = np.cumsum([len(row.title) + len(row.body) for row in rows])
    quick = max(int(np.searchsorted(sizes, SCORED_AGAIN)), ask.exactly)
    count = min(quick, MOST_SCORED_AGAIN, len(rows))
    first = rows[:count]
    texts = [row.title for row in first], [row.body for row in first]
    scores, met = score_again(ranked, *texts, weights=ask.weights)
    exact = [
        replace(row, score=float(score), met=float(share))
        for row, score, share in zip(first, scores, met, strict=True)
        if share >= ask.least - ROUNDING
    ]
    return sorted(exact, key=lambda row: (-row.score, -row.number)) + _as_ranked(
        rows[count:], ranked
    )


def _as_ranked(rows: list[_Row], ranked: Ranked) -> list[_Row]:
    places = np.searchsorted(ranked.numbers, [row.number for row in rows])
    return [
        replace(row, score=float(ranked.scores[place]), met=float(ranked.met[place]))
        for row, place in zip(rows, places, strict=True)
    ]


def _filtered(ranked: Ranked, ask: Asked) -> list[_Row]:
    """Walk down the ranking in growing steps until enough documents pass the filters."""
    near = ranked.near(ask.least)
    count, start, rows = ask.wanted + MOST_SCORED_AGAIN, 0, list[_Row]()
    while start < len(near.numbers) and len(rows) < ask.wanted:
        numbers = near.numbers[near.best(count)[start:]].tolist()
        rows += ask.passing(numbers, ask.wanted - len(rows))
        start, count = count, count * 8
    return rows


def _hit(row: _Row, mark: Marker) -> Hit:
    title, body = mark(row.title), mark.excerpt(row.body)
    return Hit(row.kind, row.key, row.score, row.met, title, body)


def _number_of(key: tuple[str, str]) -> int | None:
    rows = Document.objects.filter(kind=key[0], key=key[1])
    return rows.values_list("number", flat=True).first()


def _copy(document: Document, passages: list[Passage], here: Normal, there: Normal) -> Copy:
    counted = [passage for passage in passages if not passage.why]
    return Copy(
        document.kind,
        document.key,
        document.title,
        document.owner,
        document.writer,
        min(sum(passage.matched for passage in counted) / max(len(here), 1), 1.0),
        max((passage.longest for passage in counted), default=0),
        passages,
        here,
        there,
    )
