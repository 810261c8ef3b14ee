"""One suggestion after it was handed in: where it stands, its receipts, taking it back."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xinghai.calls.selectors import landline_of
from xinghai.calls.windows import CITY
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.views import requires
from xinghai.kernel.workflow import available
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.my_views.common import REFUSALS, mine, person, reason_of
from xinghai.suggestions.prechecking import context_of, precheck
from xinghai.suggestions.selectors import absorbed_by, visible_comments
from xinghai.suggestions.services.handing_in import recall
from xinghai.suggestions.states import AT_UNIT, DECIDED, EDITABLE, RETURNED
from xinghai.suggestions.tracking import Tracking, track
from xinghai.suggestions.writing import show_comments, show_everything

RECALLS = {"recall", "recall_correction"}


@requires("suggestions.write")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, who has it, what was answered, and every past step."""
    suggestion, user = mine(request, pk), person(request)
    now = database_now()
    context = context_of(suggestion, now=now)
    report = precheck(suggestion, now=now, context=context)
    landline = landline_of(suggestion.call, suggestion.office) if suggestion.office else ""
    steps = events.history(suggestion).select_related("actor__office")
    shown = {
        "suggestion": suggestion,
        "state": suggestion.workflow.state_by_name[suggestion.state],
        "tracker": tracker_of(suggestion, track(suggestion, steps, landline=landline)),
        "page": show_everything(suggestion, report, context),
        "remarks": show_comments(visible_comments(suggestion, user), suggestion, can_resolve=False),
        "receipts": list(suggestion.receipts.select_related("batch").order_by("-received_at")),
        "absorbed": absorbed_by(suggestion),
        "can_recall": _can_recall(suggestion, user),
        "can_discard": suggestion.state == "draft" and not suggestion.number,
        "is_editable": suggestion.state in EDITABLE,
        "is_returned": suggestion.state in RETURNED,
        "is_at_unit": suggestion.state in AT_UNIT,
        "is_decided": suggestion.state in DECIDED,
    }
    return render(request, "suggestions/my/record.html", shown)


def _can_recall(suggestion: Suggestion, user: Any) -> bool:
    return bool(RECALLS & {edge.name for edge in available(suggestion, user)})


def tracker_of(suggestion: Suggestion, found: Tracking) -> dict[str, Any]:
    """The tracker as the component draws it."""
    is_over = suggestion.workflow.state_by_name[suggestion.state].final
    return {
        "label": suggestion.workflow.state_by_name[suggestion.state].applicant_label,
        "steps": [
            {"label": one.label, "at": one.at, "by": one.by, "note": one.reason}
            for one in found.steps
        ],
        "holder": "" if is_over else found.holder,
        "since": found.since,
        "until": _end_of_day(found.until),
        "next": found.following,
        "coming": list(_coming(suggestion.state)),
    }


def _coming(state: str) -> Iterator[str]:
    """The way ahead, as far as it is certain."""
    if state not in DECIDED:
        yield _("处室答复：采纳、合并、退回修改或不采纳")
    if state not in {"adopted", "declined", "merged", "carried_over"}:
        yield _("凝练进指南并发布")


def _end_of_day(until: date | datetime | None) -> datetime | None:
    if until is None or isinstance(until, datetime):
        return until
    return datetime.combine(until, time(23, 59, 59), tzinfo=CITY)


@requires("suggestions.write")
def receipt(request: HttpRequest, pk: int, receipt: int) -> HttpResponse:
    """The receipt: number, the server's time, the content's hash, who has it now."""
    suggestion = mine(request, pk)
    found = get_object_or_404(suggestion.receipts.select_related("batch"), pk=receipt)
    shown = {
        "suggestion": suggestion,
        "receipt": found,
        "landline": landline_of(suggestion.call, suggestion.office) if suggestion.office else "",
    }
    return render(request, "suggestions/my/receipt.html", shown)


@requires("suggestions.write", methods=["POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回: while no office has taken it up."""
    suggestion = mine(request, pk)
    try:
        recall(suggestion, by=person(request))
    except REFUSALS as refusal:
        messages.error(request, reason_of(refusal))
        return redirect("suggestions:record", pk)
    messages.success(request, _("已撤回，可以继续修改。编号保留，再次提交时沿用。"))
    return redirect("suggestions:edit", pk)
