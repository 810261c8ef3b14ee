"""Resumable uploads: pieces arrive in order; the file is complete after its content was checked.

Pieces are kept in PostgreSQL until the file is whole and checked, so any web process can take the
next one and a crash costs at most the piece under way. The last piece asks the worker to look into
the file; until it has, the file is no answer to anything.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from xinghai.kernel.clock import database_now
from xinghai.kernel.file_checks.verdicts import CLEAN
from xinghai.kernel.inspection import FileRefused, glance, look_into
from xinghai.kernel.jobs import enqueue, job
from xinghai.kernel.models import FileChunk, StoredFile

LARGEST_MEGABYTES = 20
LARGEST_FILE = LARGEST_MEGABYTES * 1024 * 1024
LARGEST_PIECE = 1024 * 1024
MOST_OPEN_UPLOADS = 20
MOST_OF_ONE_PERSON = 2 * 1024 * 1024 * 1024
ABANDONED_AFTER = timedelta(days=2)
# `StoredFile.path`; the storage adds letters to a name that is taken.
CONTENT = re.compile(r"([0-9a-f]{32})(?:_\w+)?")
FOLDER = re.compile(r"[0-9a-f]{2}")


class WrongOffset(Exception):
    """A piece does not start where the received part ends; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def start_upload(owner: Any, *, name: str, size: int) -> StoredFile:
    """Open an upload of `size` bytes; raises FileRefused with a remedy when it cannot fit."""
    cleaned = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    cleaned = "".join(character for character in cleaned if character.isprintable())[-200:]
    if not cleaned:
        raise FileRefused(_("文件没有名称，请改名后再传。"))
    if not 0 < size <= LARGEST_FILE:
        raise FileRefused(
            _("“%(name)s”的大小不在 1 字节到 %(most)s MB 之间，请压缩或拆分后再传。")
            % {"name": cleaned, "most": LARGEST_FILE // 1024 // 1024}
        )
    kept = StoredFile.objects.filter(owner=owner, refused_for="")
    if kept.filter(completed_at=None).count() >= MOST_OPEN_UPLOADS:
        raise FileRefused(_("还有很多文件没有传完，请先传完或等它们过期。"))
    taken = kept.aggregate(all=Sum("size"))["all"] or 0
    if taken + size > MOST_OF_ONE_PERSON:
        raise FileRefused(_("您上传的文件已经太多，请联系科技局。"))
    return StoredFile.objects.create(
        owner=owner, name=cleaned, size=size, created_at=database_now()
    )


def receive(upload: StoredFile, *, offset: int, content: bytes) -> StoredFile:
    """Append one piece; the last one has the file looked into.

    A repeated piece is answered like the first. Raises WrongOffset, or FileRefused when the first
    bytes are not what the name says (the upload is then gone).
    """
    refused: FileRefused | None = None
    with transaction.atomic():
        locked = StoredFile.objects.select_for_update().get(pk=upload.pk)
        if locked.received == locked.size or offset + len(content) == locked.received != offset:
            return locked
        if offset != locked.received or not content or len(content) > LARGEST_PIECE:
            raise WrongOffset(locked.received)
        if offset + len(content) > locked.size:
            raise WrongOffset(locked.received)
        try:
            if offset == 0:
                locked.content_type = glance(locked.name, content)
        except FileRefused as refusal:
            locked.delete()
            refused = refusal
        else:
            FileChunk.objects.create(file=locked, offset=offset, content=content)
            locked.received = offset + len(content)
            locked.save()
            if locked.received == locked.size:
                enqueue(look_into_upload, file=str(locked.pk))
    if refused is not None:
        raise refused
    return locked


@job("kernel.look_into_upload")
def look_into_upload(file: str) -> None:
    """Check a whole upload; complete it, or keep why it is refused. A second run does nothing."""
    upload = _unchecked().filter(pk=file).first()
    if upload is None:
        return
    content = _content_of(upload)
    verdict = look_into(upload.content_type, content)
    with transaction.atomic():
        locked = _unchecked().select_for_update().filter(pk=file).first()
        if locked is None:
            return
        if verdict == CLEAN:
            complete(locked, content)
        else:
            locked.refused_for = verdict
            locked.chunks.all().delete()
            locked.save()


def is_being_checked(upload: StoredFile) -> bool:
    """Whether all of it has arrived and nobody has looked into it yet."""
    is_open = upload.completed_at is None and not upload.refused_for
    return is_open and upload.received == upload.size


def _unchecked() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(received=F("size"), completed_at=None, refused_for="")


def _content_of(upload: StoredFile) -> bytes:
    pieces = upload.chunks.order_by("offset").values_list("content", flat=True)
    return b"".join(bytes(piece) for piece in pieces)


def complete(upload: StoredFile, content: bytes) -> None:
    """Store the content of a file that was found clean, and say so in its row."""
    upload.sha256 = hashlib.sha256(content).hexdigest()
    upload.completed_at = database_now()
    default_storage.save(upload.path, ContentFile(content))
    upload.chunks.all().delete()
    upload.save()


def forget_abandoned() -> int:
    """Delete uploads nobody finished, and what was refused; return how many."""
    old = StoredFile.objects.filter(
        completed_at=None, created_at__lt=database_now() - ABANDONED_AFTER
    )
    return old.delete()[0]


def forget_stray_content(now: datetime) -> int:
    """Delete stored content no row speaks of, one question a folder; return how many.

    A row goes first and its content later, so that no row is left without its content. What is
    young may belong to an upload whose transaction has not ended.
    """
    stray = list(_stray_content(now - ABANDONED_AFTER))
    for path in stray:
        default_storage.delete(path)
    return len(stray)


def _stray_content(before: datetime) -> Iterator[str]:
    folders, _files = _listed("")
    for folder in filter(FOLDER.fullmatch, folders):
        found = {f"{folder}/{name}": CONTENT.fullmatch(name) for name in _listed(folder)[1]}
        ids = {path: UUID(match[1]) for path, match in found.items() if match}
        known = {row.path for row in StoredFile.objects.filter(pk__in=ids.values()).only("pk")}
        for path in ids.keys() - known:
            if default_storage.get_modified_time(path) < before:
                yield path


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
