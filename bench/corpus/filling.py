"""Records to search among: invented, their words as unevenly used as in real texts."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import numpy as np
from django.db import connection

from bench.similarity.writing import words
from xinghai.corpus.models import Document

TOPICS, WORDS_OF_TOPIC, SHARE_OF_TOPIC = 4_000, 60, 0.45
TITLE_WORDS, BODY_WORDS = 7, 85
AT_ONCE = 10_000
EVERYBODY = "everybody"
Record = tuple[str, str]


def invented(count: int, *, seed: int = 1) -> Iterator[Record]:
    """Yield titles and abstracts of about 20 and 230 characters; a title's words recur below."""
    vocabulary = np.array(words(), object)
    weights = 1 / np.arange(1, len(vocabulary) + 1) ** 0.9
    weights /= weights.sum()
    chance = np.random.default_rng(seed)
    topics = chance.integers(0, len(vocabulary), (TOPICS, WORDS_OF_TOPIC))
    for first in range(0, count, AT_ONCE):
        some = min(AT_ONCE, count - first)
        own = topics[chance.integers(0, TOPICS, some)]
        drawn = chance.choice(len(vocabulary), (some, BODY_WORDS), p=weights)
        telling = own[
            np.arange(some)[:, None], chance.integers(0, WORDS_OF_TOPIC, (some, BODY_WORDS))
        ]
        chosen = np.where(chance.random((some, BODY_WORDS)) < SHARE_OF_TOPIC, telling, drawn)
        said = vocabulary[chosen]
        in_title = chance.permuted(np.tile(np.arange(BODY_WORDS), (some, 1)), axis=1)
        for row, places in zip(said, in_title[:, :TITLE_WORDS], strict=True):
            yield (
                "".join(row[np.sort(places)]),
                "，".join("".join(row[at : at + 9]) for at in range(0, BODY_WORDS, 9)),
            )


def fill(records: Iterable[Record], *, audiences: Iterable[str] = (EVERYBODY,)) -> int:
    """Write records as documents in one stream; the lists are made afterwards."""
    now, seen, count = datetime.now(UTC), list(audiences), 0
    Document.objects.all().delete()
    statement = (
        "COPY corpus_document"
        " (kind, key, title, body, audiences, facets, owner, writer, put_at) FROM STDIN"
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for title, body in records:
            count += 1
            facets = [f"year:{2015 + count % 12}"]
            owner = f"unit:{count % 997}"
            copy.write_row(("record", str(count), title, body, seen, facets, owner, "", now))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE corpus_document")
    return count
