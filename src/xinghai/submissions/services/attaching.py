"""Let the attachments follow what a save names; a save that names the same files asks nothing."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from xinghai.accounts.models import User
from xinghai.kernel.models import StoredFile
from xinghai.submissions.answers import Named, named_files
from xinghai.submissions.attachments import Attachment
from xinghai.submissions.models import Submission


@dataclass(frozen=True)
class Moved:
    """What a save names that the version before did not, and the other way round."""

    added: Set[Named]
    dropped: Set[Named]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped)


def files_moved(submission: Submission, new: Mapping[str, Any]) -> Moved:
    """Compare the files the stored answers name with those of the answers to be stored."""
    form = submission.form.form
    before, after = named_files(form, submission.answers), named_files(form, new)
    return Moved(after - before, before - after)


def attach(submission: Submission, moved: Moved, *, by: User) -> None:
    """Write which files the record's new version names; runs in the transaction of the save.

    A file is attached when `by` uploaded it or the record had it before (a restored version, two
    windows brought together). Any other is left out, and the checks say that it is missing.
    """
    version = submission.version
    rows = Attachment.objects.filter(dossier=submission.pk)
    if moved.added:
        mine = Q(owner=by) | Exists(rows.filter(file=OuterRef("pk")))
        held = hold(StoredFile.objects.filter(mine), {file for _field, file in moved.added})
        Attachment.objects.bulk_create(
            Attachment(dossier_id=submission.pk, field=field, file_id=file, since_version=version)
            for field, file in sorted(moved.added)
            if file in held
        )
    if moved.dropped:
        which = Q()
        for field, file in moved.dropped:
            which |= Q(field=field, file=file)
        rows.of_the_newest().filter(which, since_version__lt=version).update(until_version=version)


def hold_new(submission: Submission, aside: Mapping[str, Any]) -> None:
    """Hold what a text names that is set aside: it is attached when the person has decided."""
    if added := files_moved(submission, aside).added:
        hold(StoredFile.objects.all(), {file for _field, file in added})


def hold(files: QuerySet[StoredFile], wanted: Iterable[UUID]) -> set[Any]:
    """Keep whole files from being swept until the transaction ends; return those that stand.

    A sweep that came first is waited for, and what it removed is not returned.
    """
    rows = files.filter(pk__in=set(wanted), completed_at__isnull=False)
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    return set(locked.values_list("pk", flat=True))
