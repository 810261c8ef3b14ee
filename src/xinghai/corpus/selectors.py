"""What stands in the index, asked by who may see it: search, the same subject, the same words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from xinghai.corpus.copying import MOST_CANDIDATES, seen, suspects_of
from xinghai.corpus.indexing import text_of
from xinghai.corpus.models import Document
from xinghai.corpus.searching import LEAST_MET, Question, Ranked, question_of, rank, score_again
from xinghai.similarity.aligning import Passage, align_all
from xinghai.similarity.greying import Stock
from xinghai.similarity.kernels import COMMON
from xinghai.similarity.normalising import Normal, normalise
from xinghai.similarity.shelving import shelve
from xinghai.similarity.terms import marked_places

Pieces = list[tuple[str, bool]]
AROUND, MOST_HITS, DEEPEST = 60, 1_000, 2_000
# Characters, and documents, whose exact scores are worth their time.
SCORED_AGAIN, MOST_SCORED_AGAIN = 40_000, 50


@dataclass(frozen=True)
class Hit:
    """A document that was found; title and excerpt in pieces, each marked or not."""

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
    """A document that holds the same words; `share` is how much of the text given is there.

    Passages are of the normal forms; `here` and `there` lead back to the texts as written.
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


def search(
    text: str,
    *,
    audiences: Sequence[str],
    kinds: Sequence[str] = (),
    facets: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Return the documents these audiences may see that best answer what was typed.

    All the facets must stand in a document, and one of the kinds. Documents that meet less than
    half of what was asked are no answer.
    """
    offset, limit = min(max(offset, 0), DEEPEST), min(limit, MOST_HITS)
    question = question_of(text)
    rows = _chosen(
        question,
        audiences,
        kinds,
        facets,
        max(offset + limit, MOST_SCORED_AGAIN) + 1,
        least=LEAST_MET,
    )
    page = rows[offset : offset + limit]
    return Found([_hit(row, question) for row in page], len(rows) > offset + limit)


def similar(
    title: str,
    body: str = "",
    *,
    audiences: Sequence[str],
    kinds: Sequence[str] = (),
    facets: Sequence[str] = (),
    limit: int = 5,
    except_for: tuple[str, str] | None = None,
    least: float = 0.25,
) -> list[Hit]:
    """Return the documents of the same subject; `least` is the share of the question to meet."""
    question = question_of(f"{title}\n{title}\n{body}")
    rows = _chosen(question, audiences, kinds, facets, MOST_SCORED_AGAIN, least=least)
    others = [row for row in rows if (row.document.kind, row.document.key) != except_for]
    return [_hit(row, question) for row in others[:limit]]


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
    """Return the documents these audiences may see that hold the same words, the most first.

    What many units write and what stands in `stock` (forms, notices) is greyed, and so is
    everything in a text of the same `writer`: greyed passages come with the others and count
    nothing. A document with greyed passages alone is no answer, unless it is the writer's own.
    """
    here = normalise(text)
    itself = _number_of(except_for) if except_for else None
    suspects = suspects_of(here, but_for=itself)
    greys = Stock(shelve(stock)).marks_in(here.codes, suspects.common * np.uint8(COMMON))
    documents = seen(suspects.numbers[: MOST_CANDIDATES * 5], audiences, kinds)
    found = []
    for document in documents[:MOST_CANDIDATES]:
        there = normalise(text_of(document))
        is_own = bool(writer) and document.writer == writer
        passages = align_all(here.codes, there.codes, greys, is_own=is_own)
        if passages and (is_own or not all(passage.why for passage in passages)):
            found.append(_copy(document, passages, here, there))
    return sorted(found, key=lambda one: (-one.share, one.key))[:limit]


@dataclass(frozen=True)
class _Row:
    document: Document
    score: float
    met: float


def _chosen(
    question: Question,
    audiences: Sequence[str],
    kinds: Sequence[str],
    facets: Sequence[str],
    wanted: int,
    *,
    least: float,
) -> list[_Row]:
    """Return the best so many; where filters leave too few, more of each list is read."""
    if not len(question) or not audiences:
        return []
    ranked = rank(question, audiences=audiences)
    rows = _filtered(ranked, audiences, kinds, facets, wanted, least)
    if len(rows) < wanted and not ranked.is_whole:
        ranked = rank(question, audiences=audiences, whole=True)
        rows = _filtered(ranked, audiences, kinds, facets, wanted, least)
    return _in_exact_order(rows, ranked)


def _in_exact_order(rows: list[_Row], ranked: Ranked) -> list[_Row]:
    """Score the first rows again by their texts, as far as that is quick."""
    sizes = np.cumsum([len(row.document.title) + len(row.document.body) for row in rows])
    count = min(int(np.searchsorted(sizes, SCORED_AGAIN)), MOST_SCORED_AGAIN)
    if count < 2:
        return rows
    documents = [row.document for row in rows[:count]]
    scores = score_again(
        ranked, [one.title for one in documents], [one.body for one in documents]
    ).tolist()
    first = [replace(row, score=score) for row, score in zip(rows, scores, strict=False)]
    return sorted(first, key=lambda row: (-row.score, -row.document.number)) + rows[count:]


def _filtered(
    ranked: Ranked,
    audiences: Sequence[str],
    kinds: Sequence[str],
    facets: Sequence[str],
    wanted: int,
    least: float,
) -> list[_Row]:
    """Walk down the ranking in growing steps until enough rows pass the filters."""
    near = ranked.met >= least
    numbers, scores, met = ranked.numbers[near], ranked.scores[near], ranked.met[near]
    rows: list[_Row] = []
    start, step = 0, wanted + 20
    while start < len(numbers) and len(rows) < wanted:
        part = numbers[start : start + step].tolist()
        known = _documents(part, audiences, kinds, facets)
        rows += [
            _Row(known[number], float(scores[start + place]), float(met[start + place]))
            for place, number in enumerate(part)
            if number in known
        ]
        start, step = start + step, step * 8
    return rows[:wanted]


def _documents(
    numbers: list[int], audiences: Sequence[str], kinds: Sequence[str], facets: Sequence[str]
) -> dict[int, Document]:
    rows = Document.objects.filter(number__in=numbers, audiences__overlap=list(audiences))
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    if facets:
        rows = rows.filter(facets__contains=list(facets))
    return {document.number: document for document in rows}


def _hit(row: _Row, question: Question) -> Hit:
    document = row.document
    body = document.body
    spans = marked_places(body, question.terms)
    start = max(spans[0][0] - AROUND // 2, 0) if spans else 0
    return Hit(
        document.kind,
        document.key,
        row.score,
        row.met,
        pieces(document.title, marked_places(document.title, question.terms)),
        excerpt(body, spans, start),
    )


def excerpt(text: str, spans: list[tuple[int, int]], start: int) -> Pieces:
    """Return the part of a text from `start` on, its marks, and dots where it was cut."""
    end = start + 3 * AROUND
    inside = [
        (max(first, start) - start, min(last, end) - start)
        for first, last in spans
        if first < end and last > start
    ]
    cut = pieces(text[start:end].replace("\n", " "), inside)
    return [("…", False)] * (start > 0) + cut + [("…", False)] * (end < len(text))


def pieces(text: str, spans: list[tuple[int, int]]) -> Pieces:
    """Cut a text at its marked spans, which are in order and do not overlap."""
    made, at = [], 0
    for first, last in spans:
        made += [(text[at:first], False), (text[first:last], True)]
        at = last
    made.append((text[at:], False))
    return [(piece, is_marked) for piece, is_marked in made if piece]


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
