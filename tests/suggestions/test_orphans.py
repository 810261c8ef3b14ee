"""Files nobody names are swept at night; what is named, or under way, never."""

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.db.models import ProtectedError, QuerySet
from pytest_django.fixtures import Settings

from tests import racing
from tests.factories import load_notice
from tests.pages import client_of
from tests.suggestions.attaching import (
    begun,
    drop_first,
    file_field,
    name_files,
    rows_of,
    uploaded,
)
from tests.suggestions.factories import (
    IN_THE_WINDOW,
    again,
    hand_in,
    in_the_window,
)
from xinghai.calls.models import Call
from xinghai.kernel import uploads
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.models import StoredFile
from xinghai.kernel.tasks import tidy
from xinghai.submissions import orphans
from xinghai.submissions.attachments import Attachment
from xinghai.submissions.models import Revision, UnmergedDraft
from xinghai.submissions.precheck import precheck
from xinghai.submissions.selectors import attachments_of
from xinghai.submissions.services import attaching
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.tasks import sweep_files
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

LATER = IN_THE_WINDOW + timedelta(days=15)


@pytest.fixture
def draft(call: Call) -> Suggestion:
    """A complete draft of a form that takes files, with those it needs."""
    return begun(call)


def test_a_file_of_a_discarded_draft_is_neither_served_nor_kept(draft: Suggestion) -> None:
    stored = drop_first(draft)
    name_files(draft, stored)
    client, address = client_of(draft.author), f"/my/suggestions/{draft.pk}/files/{stored.pk}/"
    assert client.get(address).status_code == 200
    drafts.discard(again(draft), by=draft.author)
    assert client.get(address).status_code == 404
    assert orphans.sweep(IN_THE_WINDOW + timedelta(days=13)) == 0
    assert orphans.sweep(LATER) >= 1
    assert not StoredFile.objects.filter(pk=stored.pk).exists()


def test_a_file_is_kept_while_a_stored_version_names_it(draft: Suggestion) -> None:
    stored = drop_first(draft)
    name_files(draft, stored)
    naming = again(draft).version
    name_files(draft)
    orphans.sweep(LATER)
    assert StoredFile.objects.filter(pk=stored.pk).exists()
    Revision.objects.filter(dossier=draft.pk, version=naming).delete()
    orphans.sweep(LATER)
    assert not StoredFile.objects.filter(pk=stored.pk).exists()


def test_a_file_is_kept_while_a_receipt_names_its_version(draft: Suggestion) -> None:
    """A receipt outlives its version here: a thinning gone wrong must not take the file too."""
    stored = drop_first(draft)
    name_files(draft, stored)
    with in_the_window():
        handed = hand_in(again(draft))
    Attachment.objects.filter(file=stored).update(until_version=handed.version + 1)
    Revision.objects.filter(dossier=draft.pk).delete()
    orphans.sweep(LATER)
    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_what_the_record_names_stays_for_years(draft: Suggestion) -> None:
    named = {row[1] for row in rows_of(draft)}
    assert named
    orphans.sweep(LATER + timedelta(days=3650))
    assert set(StoredFile.objects.values_list("pk", flat=True)) >= named


def test_a_file_a_text_set_aside_names_is_kept(draft: Suggestion) -> None:
    stored = drop_first(draft)
    aside = UnmergedDraft.objects.create(
        dossier_id=draft.pk,
        saved_by=draft.author,
        base_version=1,
        answers={"title": "演示", file_field(draft): [{"id": str(stored.pk), "name": "演示.pdf"}]},
        saved_at=database_now(),
    )
    orphans.sweep(LATER)
    assert StoredFile.objects.filter(pk=stored.pk).exists()
    aside.delete()
    orphans.sweep(LATER)
    assert not StoredFile.objects.filter(pk=stored.pk).exists()


def test_an_upload_under_way_is_never_swept(draft: Suggestion) -> None:
    with in_the_window():
        under_way = uploads.start_upload(draft.author, name="演示.pdf", size=10)
    orphans.sweep(LATER)
    assert StoredFile.objects.filter(pk=under_way.pk).exists()


def test_the_days_an_unnamed_file_is_kept_are_a_setting(
    draft: Suggestion, settings: Settings
) -> None:
    stored = uploaded(draft.author)
    settings.UNNAMED_FILES_KEPT = timedelta(days=30)
    orphans.sweep(LATER)
    assert StoredFile.objects.filter(pk=stored.pk).exists()
    orphans.sweep(LATER + timedelta(days=30))
    assert not StoredFile.objects.filter(pk=stored.pk).exists()


def test_more_files_than_a_batch_are_swept(
    draft: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    unnamed = {uploaded(draft.author).pk for _ in range(5)}
    monkeypatch.setattr(orphans, "BATCH", 2)
    assert orphans.sweep(LATER) == 5
    assert not StoredFile.objects.filter(pk__in=unnamed).exists()


def made_old(path: str) -> Path:
    content = Path(default_storage.path(path))
    long_ago = (IN_THE_WINDOW - timedelta(days=30)).timestamp()
    os.utime(content, (long_ago, long_ago))
    return content


def test_the_night_removes_row_and_content(draft: Suggestion) -> None:
    unnamed, kept = uploaded(draft.author), drop_first(draft)
    name_files(draft, kept)
    paths = [made_old(unnamed.path), made_old(kept.path)]
    with travel_to(LATER):
        sweep_files(0)
        assert [path.exists() for path in paths] == [True, True]
        tidy(0)
    assert [path.exists() for path in paths] == [False, True]


def test_content_a_crash_left_without_a_row_is_removed_once_it_is_old(draft: Suggestion) -> None:
    identity = uuid4().hex
    stray, doubled = (
        made_old(default_storage.save(f"{identity[:2]}/{name}", ContentFile(b"%PDF-")))
        for name in (identity, f"{identity}_a1B2c3D")
    )
    other = made_old(default_storage.save(f"{identity[:2]}/readme.txt", ContentFile(b"x")))
    young = Path(
        default_storage.path(
            default_storage.save(f"{uuid4().hex[:2]}/{uuid4().hex}", ContentFile(b"x"))
        )
    )
    assert uploads.forget_stray_content(IN_THE_WINDOW) >= 2
    assert [one.exists() for one in (stray, doubled, other, young)] == [False, False, True, True]


def name_while_swept(monkeypatch: pytest.MonkeyPatch) -> tuple[Suggestion, StoredFile]:
    """A save names a file at the moment the sweep has found it unnamed and would delete it."""
    draft = begun(load_notice("2024"))
    stored = uploaded(draft.author)
    writer = racing.overtake(monkeypatch, orphans, "_delete", lambda: name_files(draft, stored))
    orphans.sweep(LATER)
    writer.join()
    return draft, stored


@pytest.mark.django_db(transaction=True)
def test_a_save_that_comes_while_its_file_is_swept_learns_that_it_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft, stored = name_while_swept(monkeypatch)
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert stored.pk not in {row[1] for row in rows_of(draft)}
    found = precheck(again(draft), now=IN_THE_WINDOW)
    assert file_field(draft) in {one.field for one in found.problems}


@pytest.mark.django_db(transaction=True)
def test_a_save_that_comes_before_the_second_look_keeps_its_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = begun(load_notice("2024"))
    stored = uploaded(draft.author)
    writer = racing.overtake(monkeypatch, orphans, "_lock", lambda: name_files(draft, stored))
    orphans.sweep(LATER)
    writer.join()
    assert stored in attachments_of(draft, draft.author)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_save_the_text_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the save believes a file that is being deleted, and fails as a whole."""

    def believe(files: QuerySet[StoredFile], wanted: Iterable[UUID]) -> set[Any]:
        return set(files.filter(pk__in=set(wanted)).values_list("pk", flat=True))

    monkeypatch.setattr(attaching, "hold", believe)
    draft = begun(load_notice("2024"))
    stored, version = uploaded(draft.author), draft.version

    def save() -> None:
        with pytest.raises(IntegrityError, match="attachment"):
            name_files(draft, stored)

    writer = racing.overtake(monkeypatch, orphans, "_delete", save)
    orphans.sweep(LATER)
    writer.join()
    assert again(draft).version == version


@pytest.mark.django_db(transaction=True)
def test_without_the_second_look_the_sweep_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the sweep believes its first look, and would delete what was named since."""

    def delete(locked: list[UUID]) -> int:
        return StoredFile.objects.filter(pk__in=locked).delete()[0]

    draft = begun(load_notice("2024"))
    stored = uploaded(draft.author)
    monkeypatch.setattr(orphans, "_delete", delete)
    writer = racing.overtake(monkeypatch, orphans, "_lock", lambda: name_files(draft, stored))
    with pytest.raises(ProtectedError):
        orphans.sweep(LATER)
    writer.join()
