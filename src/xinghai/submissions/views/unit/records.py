"""One list by deadline; reading beside it, with what changed since it last went back; returning."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.kernel.clock import database_now
from xinghai.kernel.processes import RETURNED, WITH_UNIT
from xinghai.kernel.views import in_pane, page_of
from xinghai.kernel.workflow import TransitionRefused
from xinghai.submissions import selectors
from xinghai.submissions.endorsing import (
    MOST_EXAMINED,
    UnitRow,
    deadline_of,
    endorsing_rows,
    examined,
)
from xinghai.submissions.endorsing_list import WAITING, endorsing_filters, keep_ready
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.filters import ListContext
from xinghai.submissions.forms import UnitReturnForm, remarks_in
from xinghai.submissions.models import Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.record_page import read_submission
from xinghai.submissions.redacting import Reader
from xinghai.submissions.search import find_in_units
from xinghai.submissions.services import submitting
from xinghai.submissions.versions import changed_since_it_went_back
from xinghai.submissions.views.unit.common import opened, way_back


@of_process("review_for_unit")
def listed(request: HttpRequest, process: Process) -> HttpResponse:
    """What waits for the research office, and everything it handed in."""
    user, now = person(request), database_now()
    criteria = endorsing_filters(process).read(request.GET)
    all_of_unit = selectors.of_units(user, process)
    counts, number = selectors.state_counts(all_of_unit), request.GET.get("page")
    found = find_in_units(process, criteria.text, list(user.administered_ids)).order
    every_row = endorsing_rows(user, process, now=now)
    context = ListContext(reader=user, now=now, rows=every_row, found=found)
    rows = criteria.narrow(context)
    waiting: list[UnitRow] = []
    is_cut = False
    if criteria.tab == WAITING:
        some = list(rows[: MOST_EXAMINED + 1])
        waiting, is_cut = examined(some[:MOST_EXAMINED], now=now), len(some) > MOST_EXAMINED
        page = page_of(keep_ready(criteria, waiting), number)
        shown = list(page)
    else:
        page = page_of(rows, number)
        shown = examined(list(page), now=now)
    shown_page = {
        "place": "list",
        "page": page,
        "rows": shown,
        "ready": sum(row.is_ready for row in waiting),
        "criteria": criteria,
        "filters": criteria.controls(replace(context, rows=all_of_unit)),
        "tabs": criteria.tabs(counts),
        "is_cut": is_cut,
        "most": MOST_EXAMINED,
    }
    return show(request, process, "unit/list.html", shown_page)


@of_process("review_for_unit")
def record(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Read a submission, on a page of its own or in the list's pane."""
    template = "unit/pane.html" if in_pane(request) else "unit/record.html"
    return show(request, process, template, _shown(request, process, opened(request, process, pk)))


def _shown(request: HttpRequest, process: Process, submission: Submission) -> dict[str, Any]:
    now = database_now()
    reading = read_submission(submission, person(request), reader=Reader.UNIT, now=now)
    is_open = submission.phase in (*WITH_UNIT, *RETURNED)
    return {
        "reading": reading,
        "since": changed_since_it_went_back(submission, reading.trail, Reader.UNIT),
        "deadline": deadline_of(submission, now) if is_open else None,
        "is_at_unit": submission.phase in WITH_UNIT,
        "back": way_back(request, process),
    }


@of_process("review_for_unit", methods=["GET", "POST"])
def return_to_author(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Send a submission back with a reason and remarks on fields."""
    submission = opened(request, process, pk)
    typed = request.POST if request.method == "POST" else None
    form = UnitReturnForm(typed)
    if typed is not None and form.is_valid():
        try:
            submitting.return_to_author(
                submission,
                by=person(request),
                reason=form.cleaned_data["reason"],
                remarks=form.remarks(),
            )
        except (TransitionRefused, Refused) as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("已退回给%(name)s。") % {"name": submission.author.name})
            return redirect(way_back(request, process))
    return show(
        request,
        process,
        "unit/return_form.html" if in_pane(request) else "unit/return.html",
        {
            "reading": read_submission(
                submission, person(request), reader=Reader.UNIT, now=database_now()
            ),
            "form": form,
            "remarks": remarks_in(request.POST),
            "back": way_back(request, process),
        },
        status=422 if typed is not None else 200,
    )
