"""The deeper comparison, in the worker: may a record say in other words what one near it says?

Word for word nothing need be the same, so the index cannot find it; each record is compared with
the few whose subject is nearest, once for each text it has in the index.
"""

import time
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q

from xinghai.corpus.models import Document
from xinghai.corpus.selectors import similar
from xinghai.duplicates.comparison import compare_pair
from xinghai.duplicates.models import DeeperLook, Rewording
from xinghai.submissions.indexing import BUREAU
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process, every_process

# What is less of both texts is a formula two people know.
LEAST_PERCENT = 3
# A record is compared with so many; a run ends after so many records, or seconds.
NEAREST, MOST_RECORDS, MOST_SECONDS = 8, 200, 60.0

WAITING = """
    SELECT document.number FROM corpus_document document
    JOIN submissions_dossier dossier ON dossier.id::text = document.key
    LEFT JOIN duplicates_deeperlook look ON look.dossier_id = dossier.id
    WHERE document.kind = %s AND %s = ANY(document.audiences)
        AND look.document IS DISTINCT FROM document.number
    ORDER BY document.number DESC LIMIT %s
"""


def look_deeper() -> int:
    """Compare records whose text is new in the index, the newest first; return how many."""
    begun, looked_at = time.monotonic(), 0
    for process in every_process():
        for document in _waiting(process, MOST_RECORDS - looked_at):
            if time.monotonic() - begun > MOST_SECONDS:
                return looked_at
            _look(process, document)
            looked_at += 1
    return looked_at


def _waiting(process: Process, most: int) -> Iterable[Document]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [process.key, BUREAU, most])
        numbers = [number for (number,) in cursor.fetchall()]
    found: Iterable[Document] = Document.objects.numbered(numbers).order_by("-number")
    return found


@transaction.atomic
def _look(process: Process, document: Document) -> None:
    """Compare one with its nearest, and again with those it was found with before."""
    pk = int(document.key)
    nearest = similar(
        document.title,
        document.body,
        audiences=[BUREAU],
        kinds=[process.key],
        limit=NEAREST,
        except_for=(document.kind, document.key),
    )
    kept = Rewording.objects.filter(Q(one=pk) | Q(other=pk)).values_list("one", "other")
    others = {int(hit.key) for hit in nearest} | {one for pair in kept for one in pair} - {pk}
    rows = process.records.objects.filter(pk__in=[pk, *others]).select_related("form", "call")
    records = {record.pk: record for record in rows.order_by("pk")}
    here = records.pop(pk, None)
    if here is not None:
        for there in records.values():
            _keep(here, there)
        DeeperLook.objects.update_or_create(dossier_id=pk, defaults={"document": document.number})


def _keep(here: Submission, there: Submission) -> None:
    """Keep what was found of a pair, or delete what no longer is."""
    one, other = sorted((here, there), key=lambda record: record.pk)
    pair = compare_pair(one, other)
    if max(pair.again_here, pair.again_there) >= LEAST_PERCENT:
        Rewording.objects.update_or_create(
            one_id=one.pk,
            other_id=other.pk,
            defaults={"share_one": pair.again_here, "share_other": pair.again_there},
        )
    else:
        Rewording.objects.filter(one=one.pk, other=other.pk).delete()
