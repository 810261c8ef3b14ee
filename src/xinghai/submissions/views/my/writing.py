"""Writing a submission: the page of both tables, autosave, pre-check, preview, handing in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinghai.calls.selectors import open_window
from xinghai.calls.windows import CallClosed, end_of
from xinghai.kernel.acting import form_key, fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.form_pages import report_json
from xinghai.kernel.forms import Context, Report
from xinghai.kernel.processes import BEING_CORRECTED, RETURNED, WITH_AUTHOR
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.request_data import read_posted
from xinghai.submissions.answers import author_side, partner_named
from xinghai.submissions.exceptions import NotEditable, NotReady, StaleVersion
from xinghai.submissions.extensions import preview_facts
from xinghai.submissions.form_page import (
    filled_of,
    show_comments,
    show_everything,
    show_other_parts,
    show_writing,
)
from xinghai.submissions.models import Partner, Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.precheck import context_of, precheck
from xinghai.submissions.process import Process
from xinghai.submissions.redacting import Reader
from xinghai.submissions.selectors import visible_remarks
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.services.edges import handing_in
from xinghai.submissions.services.remarks import write_and_resolve
from xinghai.submissions.services.submitting import HandedIn, submit, write_and_submit
from xinghai.submissions.views.my.common import (
    Sent,
    answer_autosave,
    being_written,
    mine,
    number,
    person,
    receiver_of,
)


@of_process("write", methods=["GET", "POST"])
def edit(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Both tables on one page; the same page works as an ordinary post."""
    submission = mine(request, process, pk)
    if request.method == "POST":
        return _posted(request, process, submission)
    if submission.phase not in WITH_AUTHOR:
        return redirect(process.address("record", pk))
    return _page(request, process, submission)


def _posted(request: HttpRequest, process: Process, submission: Submission) -> HttpResponse:
    sent = Sent(number(request.POST.get("version")), read_posted(request.POST.lists()))
    try:
        return _do(request, process, submission, sent)
    except StaleVersion:
        return redirect(process.address("merge", submission.pk))
    except NotEditable as refusal:
        messages.error(request, refusal.reason)
        return redirect(process.address("record", submission.pk))
    except NotReady:
        return _page(request, process, submission, show_missing=True, status=422)
    except Refusal as refusal:
        return _page(request, process, submission, refusal=refusal.reason, status=409)


def _do(request: HttpRequest, process: Process, submission: Submission, sent: Sent) -> HttpResponse:
    do, _colon, which = request.POST.get("do", "save").partition(":")
    user, version, typed = person(request), sent.version, sent.typed
    if do == "submit":
        key = form_key(request)
        return _after(
            process, write_and_submit(submission, by=user, key=key, version=version, typed=typed)
        )
    if do == "resolve":
        write_and_resolve(submission, number(which), by=user, version=version, typed=typed)
    else:
        drafts.save(submission, by=user, base_version=version, answers=typed)
        messages.success(request, _("草稿已保存。"))
    return redirect(process.address("edit", submission.pk))


def _after(process: Process, handed: HandedIn) -> HttpResponse:
    if handed.receipt_id is None:
        return redirect(process.address("record", handed.submission_id))
    return redirect(process.address("receipt", handed.submission_id, handed.receipt_id))


def _page(
    request: HttpRequest,
    process: Process,
    submission: Submission,
    *,
    show_missing: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    now, context, report = _examined(submission)
    remarks = show_comments(
        visible_remarks(submission, person(request)), submission, can_resolve=True
    )
    shown = {
        "submission": submission,
        "state": submission.shown_state,
        "page": show_writing(
            submission, report, context, show_missing=show_missing, comments=remarks
        ),
        "is_returned": submission.phase in RETURNED,
        "open_remarks": [one for one in remarks if not one.resolved],
        "others": show_other_parts(submission, report, context),
        "partners": _partner_sides(submission),
        "receiver": receiver_of(submission),
        "submit_label": _submit_label(submission),
        "record_key": f"submission-{submission.pk}",
        "key": fresh_key(),
        "refusal": refusal,
        **_window_facts(submission, now),
    }
    return show(request, process, "my/edit.html", shown, status=status)


def _examined(submission: Submission) -> tuple[datetime, Context, Report]:
    """The submission as of now: the moment, the facts the checks know, and what they found."""
    now = database_now()
    context = context_of(submission, now=now)
    return now, context, precheck(submission, now=now, context=context)


def _window_facts(submission: Submission, now: datetime) -> dict[str, Any]:
    """When it must be in; an answer to the office's return has a date of its own."""
    if submission.phase in BEING_CORRECTED:
        return {"due_on": submission.due_on}
    try:
        window = open_window(submission.call, now)
    except CallClosed as closed:
        return {"closed": closed.reason}
    return {"ends_at": end_of(window)}


def _submit_label(submission: Submission) -> str:
    return str(submission.workflow.by_name[handing_in(submission)].label)


def _partner_sides(submission: Submission) -> list[dict[str, Any]]:
    """Each side another organisation fills, with those that were asked and room for more."""
    form, live = submission.form.form, submission.live_partners
    known = partner_named(submission)
    labels = {"provider": _("技术提供方"), "demander": _("技术需求方"), "partner": _("合作企业")}
    return [
        {
            "side": side,
            "label": labels.get(side, side),
            "partners": [one for one in live if one.side == side],
            "most": form.most_on(side),
            "whom": _named_and_not_asked(known, live),
        }
        for side in sorted(form.partner_sides - {author_side(submission)})
        if submission.category.joint
    ]


def _named_and_not_asked(known: Mapping[str, Any], live: Sequence[Partner]) -> str:
    """What the form names as the partner, to be asked with one click; "" once it was."""
    asked = {one.organisation.uscc for one in live if one.organisation}
    return "" if known.get("uscc") in asked else known.get("uscc") or known.get("name") or ""


@of_process("write", methods=["POST"])
def save(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What an open page sends while somebody writes."""
    submission = being_written(request, process, pk)

    def store(sent: Sent) -> drafts.Saved:
        return drafts.save(
            submission,
            by=person(request),
            base_version=sent.version,
            answers=sent.typed,
        )

    def report(saved: Submission) -> dict[str, Any]:
        return report_json(saved.form.form, precheck(saved, now=database_now()))

    merge_url = process.address("merge", pk)
    return answer_autosave(request, submission, store, report, merge_url=merge_url)


@of_process("write")
def check(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """形式审查预检: every problem with a link to its field."""
    submission = being_written(request, process, pk)
    _now, context, report = _examined(submission)
    page = show_writing(submission, report, context)
    filled, total = filled_of(report)
    shown = {"submission": submission, "page": page, "filled": filled, "total": total}
    is_partial = request.headers.get("HX-Request") == "true"
    template = "parts/precheck.html" if is_partial else "my/precheck.html"
    return show(request, process, template, shown)


@of_process("write")
def preview(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Both tables as the office will read them, with the button that hands them in."""
    submission = mine(request, process, pk)
    _now, context, report = _examined(submission)
    shown = {
        "submission": submission,
        "page": show_everything(submission, report, context, Reader.AUTHOR),
        "report": report,
        "receiver": receiver_of(submission),
        "submit_label": _submit_label(submission),
        **preview_facts(submission, person(request)),
        "key": fresh_key(),
    }
    return show(request, process, "my/preview.html", shown)


@of_process("write", methods=["POST"])
def hand_in(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Hand in what is stored, from the preview."""
    submission, version = being_written(request, process, pk), number(request.POST.get("version"))
    key = form_key(request)
    try:
        return _after(process, submit(submission, by=person(request), key=key, version=version))
    except StaleVersion as refusal:
        messages.error(request, refusal.reason)
        return redirect(process.address("preview", pk))
    except NotReady:
        return _page(request, process, submission, show_missing=True, status=422)
    except Refusal as refusal:
        return _page(request, process, submission, refusal=refusal.reason, status=409)


@of_process("write", methods=["POST"])
def discard(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Delete a draft that was never handed in."""
    submission = mine(request, process, pk)
    try:
        drafts.discard(submission, by=person(request))
    except Refusal as refusal:
        messages.error(request, refusal.reason)
        return redirect(process.address("record", pk))
    messages.success(request, _("草稿已删除。"))
    return redirect("submissions:home")


@of_process("write")
def printed(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Both tables for submission, with the number and the receipt's hash."""
    submission = mine(request, process, pk)
    now, context, report = _examined(submission)
    shown = {
        "submission": submission,
        "page": show_everything(submission, report, context, Reader.AUTHOR),
        "receipt": submission.receipts.order_by("-received_at").first(),
        "now": now,
    }
    return show(request, process, "my/print.html", shown)
