"""Attachments: for whoever may read the submission, and only what its answers name."""

from urllib.parse import quote
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from xinghai.submissions.mounting import of_process
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import attachments_of, opened
from xinghai.submissions.views.my.common import person


@of_process("read_files")
def attachment(request: HttpRequest, process: Process, pk: int, file: UUID) -> HttpResponseBase:
    """Always a download, never shown from our own origin."""
    user = person(request)
    submission = get_object_or_404(opened(user, process), pk=pk)
    stored = get_object_or_404(attachments_of(submission, user), pk=file)
    response = FileResponse(
        default_storage.open(stored.path), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    return response
