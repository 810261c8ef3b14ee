"""Remove stored files that nothing names any more: no record, no stored version, no receipt."""

from datetime import datetime
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import PROTECT, Exists, OuterRef, Q, QuerySet

from xinghai.kernel.models import StoredFile
from xinghai.submissions.answers import ids_in
from xinghai.submissions.attachments import Attachment
from xinghai.submissions.models import Receipt, Revision, UnmergedDraft

# Files looked at in one transaction: a save that names one of them waits for no longer.
BATCH = 200
FIRST = UUID(int=0)


def sweep(now: datetime) -> int:
    """Delete the files nobody names that were whole before the days they are kept; count them.

    The rows are locked before the second look, and a save locks what it names
    (`services.attaching.hold`): either the sweep sees the save's row, or the save sees that the
    file is gone. Rows a save holds are left for the next night. Only rows go here;
    `uploads.forget_stray_content` removes the content, also after a crash in between.
    """
    let_go()
    removed, after = 0, FIRST
    while found := _next_files(after, now):
        with transaction.atomic():
            removed += _delete(_lock(found))
        after = found[-1]
    return removed


def let_go() -> int:
    """Delete attachments of earlier versions none of which is stored, nor has a receipt."""
    within = {
        "dossier": OuterRef("dossier"),
        "version__gte": OuterRef("since_version"),
        "version__lt": OuterRef("until_version"),
    }
    ended = Attachment.objects.filter(until_version__isnull=False)
    kept = Exists(Revision.objects.filter(**within)) | Exists(Receipt.objects.filter(**within))
    return ended.exclude(kept).delete()[0]


def _unnamed() -> QuerySet[StoredFile]:
    """Return the whole files no row names: an attachment, or whatever else protects a file."""
    rows = StoredFile.objects.filter(completed_at__isnull=False)
    for relation in StoredFile._meta.related_objects:
        if relation.on_delete is PROTECT:
            naming = relation.related_model._base_manager
            rows = rows.exclude(Exists(naming.filter(**{relation.field.name: OuterRef("pk")})))
    return rows


def _next_files(after: UUID, now: datetime) -> list[UUID]:
    old = Q(completed_at__lt=now - settings.UNNAMED_FILES_KEPT)
    rows = _unnamed().filter(old, pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _lock(found: list[UUID]) -> list[UUID]:
    rows = StoredFile.objects.filter(pk__in=found).order_by("pk")
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    return list(locked.values_list("pk", flat=True))


def _delete(locked: list[UUID]) -> int:
    """Delete those of the locked files that nothing names still."""
    rows = _unnamed().filter(pk__in=locked).exclude(pk__in=_set_aside())
    return rows.delete()[0]


def _set_aside() -> set[UUID]:
    """What a text names that waits to be brought together with another; such texts are few."""
    texts = UnmergedDraft.objects.values_list("answers", flat=True)
    values = chain.from_iterable(answers.values() for answers in texts.iterator())
    return set(chain.from_iterable(map(ids_in, values)))
