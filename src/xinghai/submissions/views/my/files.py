"""Attachments: for whoever may read the submission, and only what its answers name."""

import tempfile
import zipfile
from shutil import copyfileobj
from urllib.parse import quote
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xinghai.kernel.file_checks.verdicts import JPEG, PDF, PNG
from xinghai.kernel.models import StoredFile
from xinghai.submissions.mounting import of_process
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import attachments_of, opened
from xinghai.submissions.views.my.common import person

# A browser shows these without running anything of them; they were looked into before.
SHOWN = {PDF, PNG, JPEG}
SHOWN_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
MOST_IN_MEMORY = 8 * 1024 * 1024


@of_process("read_files")
def attachment(request: HttpRequest, process: Process, pk: int, file: UUID) -> HttpResponseBase:
    """A download; with `?show` a picture or PDF is shown by the browser."""
    user = person(request)
    submission = get_object_or_404(opened(user, process), pk=pk)
    stored = get_object_or_404(attachments_of(submission, user), pk=file)
    is_shown = "show" in request.GET and stored.content_type in SHOWN
    content_type = stored.content_type if is_shown else "application/octet-stream"
    response = FileResponse(default_storage.open(stored.path), content_type=content_type)
    if is_shown:
        response["Content-Security-Policy"] = SHOWN_POLICY
    response["Content-Disposition"] = _disposition(stored.name, is_shown=is_shown)
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@of_process("read_files")
def all_attachments(request: HttpRequest, process: Process, pk: int) -> HttpResponseBase:
    """All of them in one archive, as they are: most are compressed already."""
    user = person(request)
    submission = get_object_or_404(opened(user, process), pk=pk)
    files = list(attachments_of(submission, user).order_by("created_at", "pk"))
    if not files:
        raise Http404
    # Closed by the response, when the last byte has been sent.
    packed = tempfile.SpooledTemporaryFile(max_size=MOST_IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, stored in zip(_names(files), files, strict=True):
            with default_storage.open(stored.path) as content, archive.open(name, "w") as part:
                copyfileobj(content, part)
    size = packed.tell()
    packed.seek(0)
    response = FileResponse(packed, content_type="application/zip")
    name = _("%(number)s 附件.zip") % {"number": submission.number or submission.title}
    response["Content-Disposition"] = _disposition(name, is_shown=False)
    response["Content-Length"] = str(size)
    return response


def _names(files: list[StoredFile]) -> list[str]:
    """Names as they were given; where two are the same each gets its place in front."""
    given = [stored.name for stored in files]
    return [
        name if given.count(name) == 1 else f"{place}-{name}"
        for place, name in enumerate(given, start=1)
    ]


def _disposition(name: str, *, is_shown: bool) -> str:
    return f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{quote(name)}"
