"""Drafts that name uploaded files, for the tests of attachments and of their sweep."""

from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.suggestions.factories import (
    again,
    in_the_window,
    make_draft,
    make_file,
)
from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.kernel.models import StoredFile
from xinghai.submissions import orphans
from xinghai.submissions.attachments import Attachment
from xinghai.submissions.models import Revision
from xinghai.submissions.services import drafting as drafts
from xinghai.suggestions.models import Suggestion

Row = tuple[str, UUID, int, int | None]


def begun(call: Call) -> Suggestion:
    with in_the_window():
        return make_draft(call, "GJHZ")


def file_field(suggestion: Suggestion) -> str:
    return next(one.id for one in suggestion.form.form.fields() if one.kind == "file")


def uploaded(owner: User, name: str = "演示.pdf") -> StoredFile:
    with in_the_window():
        stored = make_file(owner, name)
    default_storage.save(stored.path, ContentFile(b"%PDF-"))
    return stored


def name_files(suggestion: Suggestion, *files: StoredFile, by: User | None = None) -> None:
    """Save a version that names exactly these files in the form's first field of files."""
    suggestion = again(suggestion)
    with in_the_window():
        drafts.save(
            suggestion,
            by=by or suggestion.author,
            base_version=suggestion.version,
            answers={
                file_field(suggestion): [{"id": str(one.pk), "name": one.name} for one in files]
            },
        )


def rows_of(suggestion: Suggestion) -> set[Row]:
    return set(
        Attachment.objects.filter(dossier=suggestion.pk).values_list(
            "field", "file", "since_version", "until_version"
        )
    )


def rows_in_the_field(suggestion: Suggestion) -> set[Row]:
    return {row for row in rows_of(suggestion) if row[0] == file_field(suggestion)}


def drop_first(draft: Suggestion) -> StoredFile:
    """Empty the field and return a new upload, so that a test sees only what it names."""
    name_files(draft)
    sweep_all(draft)
    return uploaded(draft.author)


def sweep_all(draft: Suggestion) -> None:
    Revision.objects.filter(dossier=draft.pk).exclude(version=again(draft).version).delete()
    orphans.let_go()
