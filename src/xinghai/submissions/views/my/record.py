"""One submission after it was handed in: where it stands, its receipts, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from xinghai.calls.selectors import landline_of
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.processes import RETURNED, WITH_AUTHOR, WITH_UNIT, Phase
from xinghai.kernel.workflow import available
from xinghai.submissions.form_page import show_comments, show_everything
from xinghai.submissions.models import Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.precheck import context_of, precheck
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import visible_remarks
from xinghai.submissions.services.submitting import recall
from xinghai.submissions.tracking import Tracking, track
from xinghai.submissions.views.my.common import REFUSALS, mine, person, reason_of

RECALLS = {"recall", "recall_correction"}


@of_process("write")
def record(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Where it stands, who has it, what was answered, and every past step."""
    submission, user = mine(request, process, pk), person(request)
    now = database_now()
    context = context_of(submission, now=now)
    report = precheck(submission, now=now, context=context)
    landline = landline_of(submission.call, submission.office) if submission.office else ""
    steps = events.history(submission).select_related("actor__office")
    shown = {
        **submission.page_facts(),
        "submission": submission,
        "state": submission.shown_state,
        "tracker": tracker_of(submission, track(submission, steps, landline=landline)),
        "page": show_everything(submission, report, context),
        "remarks": show_comments(visible_remarks(submission, user), submission, can_resolve=False),
        "receipts": list(submission.receipts.select_related("batch").order_by("-received_at")),
        "can_recall": _can_recall(submission, user),
        "can_discard": submission.phase == Phase.WRITING and not submission.number,
        "is_editable": submission.phase in WITH_AUTHOR,
        "is_returned": submission.phase in RETURNED,
        "is_at_unit": submission.phase in WITH_UNIT,
        "is_decided": submission.phase == Phase.DECIDED,
    }
    return show(request, process, "my/record.html", shown)


def _can_recall(submission: Submission, user: Any) -> bool:
    return bool(RECALLS & {edge.name for edge in available(submission, user)})


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
    except REFUSALS as refusal:
        messages.error(request, reason_of(refusal))
        return redirect(process.address("record", pk))
    messages.success(request, _("已撤回，可以继续修改。编号保留，再次提交时沿用。"))
    return redirect(process.address("edit", pk))
