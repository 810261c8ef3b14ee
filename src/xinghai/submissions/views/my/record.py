"""One submission after it was handed in: where it stands, its receipts, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from xinghai.calls.selectors import landline_of
from xinghai.kernel.clock import database_now
from xinghai.kernel.processes import RETURNED, WITH_AUTHOR, WITH_UNIT
from xinghai.kernel.refusals import Refusal
from xinghai.submissions.models import Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.record_page import read_submission
from xinghai.submissions.redacting import Reader
from xinghai.submissions.services.submitting import recall
from xinghai.submissions.tracking import Tracking
from xinghai.submissions.views.my.common import mine, person

RECALLS = {"recall", "recall_correction"}


@of_process("write")
def record(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Where it stands, who has it, what was answered, and every past step."""
    submission = mine(request, process, pk)
    reading = read_submission(submission, person(request), reader=Reader.AUTHOR, now=database_now())
    shown = {
        **reading.facts,
        "submission": submission,
        "state": reading.state,
        "tracker": tracker_of(submission, reading.tracking),
        "page": reading.page,
        "remarks": reading.comments,
        "receipts": reading.receipts,
        "can_recall": bool(RECALLS & reading.actions),
        "is_editable": submission.phase in WITH_AUTHOR,
        "is_returned": submission.phase in RETURNED,
        "is_at_unit": submission.phase in WITH_UNIT,
    }
    return show(request, process, "my/record.html", shown)


def tracker_of(submission: Submission, found: Tracking) -> dict[str, Any]:
    """The tracker as the component draws it."""
    is_over = submission.shown_state.final
    return {
        "label": submission.shown_state.applicant_label,
        "steps": [
            {"label": one.label, "at": one.at, "by": one.by, "note": one.reason}
            for one in found.steps
        ],
        "holder": "" if is_over else found.holder,
        "since": found.since,
        "until": found.until,
        "next": found.following,
        "coming": submission.steps_ahead(),
    }


@of_process("write")
def receipt(request: HttpRequest, process: Process, pk: int, receipt: int) -> HttpResponse:
    """The receipt: number, the server's time, the content's hash, who has it now."""
    submission = mine(request, process, pk)
    found = get_object_or_404(submission.receipts.select_related("batch"), pk=receipt)
    shown = {
        "submission": submission,
        "receipt": found,
        "landline": landline_of(submission.call, submission.office) if submission.office else "",
    }
    return show(request, process, "my/receipt.html", shown)


@of_process("write", methods=["POST"])
def take_back(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """撤回: while no office has taken it up."""
    submission = mine(request, process, pk)
    try:
        recall(submission, by=person(request))
    except Refusal as refusal:
        messages.error(request, refusal.reason)
        return redirect(process.address("record", pk))
    messages.success(request, _("已撤回，可以继续修改。编号保留，再次提交时沿用。"))
    return redirect(process.address("edit", pk))
