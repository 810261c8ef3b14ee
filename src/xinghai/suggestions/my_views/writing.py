"""Writing a suggestion: the page of both tables, autosave, pre-check, preview, handing in."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinghai.calls.windows import CallClosed, end_of, window_at
from xinghai.kernel.clock import database_now
from xinghai.kernel.form_pages import report_json
from xinghai.kernel.forms import Context, Report
from xinghai.kernel.idempotency import KeyReused
from xinghai.kernel.request_data import read_posted
from xinghai.kernel.views import requires
from xinghai.suggestions.content import author_side
from xinghai.suggestions.faults import NotEditable, NotReady, StaleVersion
from xinghai.suggestions.hints import near_draft, near_title
from xinghai.suggestions.models import TITLE_LENGTH, Suggestion
from xinghai.suggestions.my_views.common import (
    REFUSALS,
    Sent,
    answer_autosave,
    being_written,
    fresh_key,
    mine,
    number,
    person,
    reason_of,
    receiver_of,
)
from xinghai.suggestions.prechecking import context_of, precheck
from xinghai.suggestions.selectors import visible_comments
from xinghai.suggestions.services import drafts
from xinghai.suggestions.services.comments import write_and_resolve
from xinghai.suggestions.services.handing_in import HandedIn, submit, write_and_submit
from xinghai.suggestions.states import CORRECTIONS, EDITABLE, RETURNED
from xinghai.suggestions.writing import (
    filled_of,
    show_comments,
    show_everything,
    show_other_parts,
    show_writing,
)

NOT_ACCEPTED = (*REFUSALS, KeyReused)


@requires("suggestions.write", methods=["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Both tables on one page; the same page works as an ordinary post."""
    suggestion = mine(request, pk)
    if request.method == "POST":
        return _posted(request, suggestion)
    if suggestion.state not in EDITABLE:
        return redirect("suggestions:record", pk)
    return _page(request, suggestion)


def _posted(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    sent = Sent(number(request.POST.get("version")), read_posted(request.POST.lists()))
    try:
        return _do(request, suggestion, sent)
    except StaleVersion:
        return redirect("suggestions:merge", suggestion.pk)
    except NotEditable as refusal:
        messages.error(request, refusal.reason)
        return redirect("suggestions:record", suggestion.pk)
    except NotReady:
        return _page(request, suggestion, show_missing=True, status=422)
    except NOT_ACCEPTED as refusal:
        return _page(request, suggestion, refusal=reason_of(refusal), status=409)


def _do(request: HttpRequest, suggestion: Suggestion, sent: Sent) -> HttpResponse:
    do, _colon, which = request.POST.get("do", "save").partition(":")
    user, version, typed = person(request), sent.version, sent.typed
    if do == "submit":
        key = request.POST.get("key", "") or fresh_key()
        return _after(write_and_submit(suggestion, by=user, key=key, version=version, typed=typed))
    if do == "resolve":
        write_and_resolve(suggestion, number(which), by=user, version=version, typed=typed)
    else:
        drafts.save(suggestion, by=user, base_version=version, answers=typed)
        messages.success(request, _("草稿已保存。"))
    return redirect("suggestions:edit", suggestion.pk)


def _after(handed: HandedIn) -> HttpResponse:
    if handed.receipt_id is None:
        return redirect("suggestions:record", handed.suggestion_id)
    return redirect("suggestions:receipt", handed.suggestion_id, handed.receipt_id)


def _page(
    request: HttpRequest,
    suggestion: Suggestion,
    *,
    show_missing: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    now, context, report = _examined(suggestion)
    remarks = show_comments(
        visible_comments(suggestion, person(request)), suggestion, can_resolve=True
    )
    shown = {
        "suggestion": suggestion,
        "state": suggestion.workflow.state_by_name[suggestion.state],
        "page": show_writing(
            suggestion, report, context, show_missing=show_missing, comments=remarks
        ),
        "is_returned": suggestion.state in RETURNED,
        "open_remarks": [one for one in remarks if not one.resolved],
        "others": show_other_parts(suggestion, report, context),
        "partners": _partner_sides(suggestion),
        "receiver": receiver_of(suggestion),
        "submit_label": _submit_label(suggestion),
        "record_key": f"suggestion-{suggestion.pk}",
        "key": fresh_key(),
        "refusal": refusal,
        **_window_facts(suggestion, now),
    }
    return render(request, "suggestions/my/edit.html", shown, status=status)


def _examined(suggestion: Suggestion) -> tuple[datetime, Context, Report]:
    """The suggestion as of now: the moment, the facts the checks know, and what they found."""
    now = database_now()
    context = context_of(suggestion, now=now)
    return now, context, precheck(suggestion, now=now, context=context)


def _window_facts(suggestion: Suggestion, now: datetime) -> dict[str, Any]:
    """When it must be in; an answer to the office's return has a date of its own."""
    if suggestion.state in CORRECTIONS:
        return {"due_on": suggestion.due_on}
    try:
        window = window_at(suggestion.call.windows.all(), now)
    except CallClosed as closed:
        return {"closed": closed.reason}
    return {"ends_at": end_of(window)}


def _submit_label(suggestion: Suggestion) -> str:
    return _("提交单位审核") if suggestion.needs_endorsement else _("提交到处室")


def _partner_sides(suggestion: Suggestion) -> list[dict[str, Any]]:
    """Each side another organisation fills, with the one that was asked."""
    live = {partner.side: partner for partner in suggestion.live_partners}
    named = suggestion.answers.get(suggestion.category.joint.get("field", ""))
    known = named if isinstance(named, dict) else {}
    labels = {"provider": _("技术提供方"), "demander": _("技术需求方"), "partner": _("合作企业")}
    return [
        {
            "side": side,
            "label": labels.get(side, side),
            "partner": live.get(side),
            "state": live[side].workflow.state_by_name[live[side].state] if side in live else None,
            "whom": known.get("uscc") or known.get("name") or "",
        }
        for side in sorted(suggestion.form.form.partner_sides - {author_side(suggestion)})
        if suggestion.category.joint
    ]


@requires("suggestions.write", methods=["POST"])
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """What an open page sends while somebody writes."""
    suggestion = being_written(request, pk)

    def store(sent: Sent) -> drafts.Saved:
        return drafts.save(
            suggestion,
            by=person(request),
            base_version=sent.version,
            answers=sent.typed,
        )

    def report(saved: Suggestion) -> dict[str, Any]:
        return report_json(saved.form.form, precheck(saved, now=database_now()))

    merge_url = reverse("suggestions:merge", args=[pk])
    return answer_autosave(request, suggestion, store, report, merge_url=merge_url)


@requires("suggestions.write")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """形式审查预检: every problem with a link to its field."""
    suggestion = being_written(request, pk)
    _now, context, report = _examined(suggestion)
    page = show_writing(suggestion, report, context)
    filled, total = filled_of(report)
    shown = {"suggestion": suggestion, "page": page, "filled": filled, "total": total}
    is_partial = request.headers.get("HX-Request") == "true"
    template = "suggestions/parts/precheck.html" if is_partial else "suggestions/my/precheck.html"
    return render(request, template, shown)


@requires("suggestions.write")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Both tables as the office will read them, with the button that hands them in."""
    suggestion = mine(request, pk)
    _now, context, report = _examined(suggestion)
    shown = {
        "suggestion": suggestion,
        "page": show_everything(suggestion, report, context),
        "report": report,
        "receiver": receiver_of(suggestion),
        "submit_label": _submit_label(suggestion),
        "near": near_draft(suggestion, person(request)),
        "key": fresh_key(),
    }
    return render(request, "suggestions/my/preview.html", shown)


@requires("suggestions.write")
def near(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands beside the title while it is typed; empty when nothing is like it."""
    suggestion, title = mine(request, pk), request.GET.get("title", "")[:TITLE_LENGTH]
    shown = {"near": near_title(suggestion, title, person(request))}
    return render(request, "suggestions/my/near.html", shown)


@requires("suggestions.write", methods=["POST"])
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in what is stored, from the preview."""
    suggestion, version = being_written(request, pk), number(request.POST.get("version"))
    key = request.POST.get("key", "") or fresh_key()
    try:
        return _after(submit(suggestion, by=person(request), key=key, version=version))
    except StaleVersion as refusal:
        messages.error(request, refusal.reason)
        return redirect("suggestions:preview", pk)
    except NotReady:
        return _page(request, suggestion, show_missing=True, status=422)
    except NOT_ACCEPTED as refusal:
        return _page(request, suggestion, refusal=reason_of(refusal), status=409)


@requires("suggestions.write", methods=["POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft that was never handed in."""
    suggestion = mine(request, pk)
    try:
        drafts.discard(suggestion, by=person(request))
    except REFUSALS as refusal:
        messages.error(request, reason_of(refusal))
        return redirect("suggestions:record", pk)
    messages.success(request, _("草稿已删除。"))
    return redirect("suggestions:home")


@requires("suggestions.write")
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Both tables for paper, with the number and the receipt's hash."""
    suggestion = mine(request, pk)
    now, context, report = _examined(suggestion)
    shown = {
        "suggestion": suggestion,
        "page": show_everything(suggestion, report, context),
        "receipt": suggestion.receipts.order_by("-received_at").first(),
        "now": now,
    }
    return render(request, "suggestions/my/print.html", shown)
