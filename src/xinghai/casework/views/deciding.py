"""Reading one submission, and deciding on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.casework.decisions import Decision
from xinghai.casework.selectors import handling_of
from xinghai.casework.views.common import decide_once, opened, to_record, way_back
from xinghai.casework.worklists import worklist_of
from xinghai.kernel.acting import form_key, fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.views import in_pane
from xinghai.submissions.forms import remarks_in
from xinghai.submissions.models import Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.record_page import read_submission
from xinghai.submissions.redacting import Reader


@of_process("work_in_bureau")
def record(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """The reading page; asked for by the list's pane it answers with the pane alone."""
    user, worklist = person(request), worklist_of(process)
    reading = read_submission(
        opened(request, process, pk), user, reader=Reader.OFFICE, now=database_now()
    )
    page = "office/pane.html" if in_pane(request) else "office/record.html"
    shown = {
        "reading": reading,
        "worklist": worklist,
        "handling": handling_of(reading.submission, user),
        "buttons": worklist.buttons(reading.actions, reading.submission, user),
        "panels": worklist.panels_of(reading.submission, user),
        "key": fresh_key(),
        "back": way_back(request, process),
    }
    return show(request, process, page, shown)


@of_process("work_in_bureau", methods=["GET", "POST"])
def decide(request: HttpRequest, process: Process, pk: int, action: str) -> HttpResponse:
    """One decision on one submission: its page asks what is needed, the post decides once."""
    decision = _decision(process, action)
    submission = opened(request, process, pk)
    typed = request.POST if request.method == "POST" else None
    # A link may have chosen what the decision is about.
    chosen = {"target": request.GET.get("target", "")}
    form = decision.make_form(typed, [submission], chosen if decision.takes_target else None)
    if typed is not None and (form is None or form.is_valid()):
        problem = decide_once(request, decision, submission, form)
        if not problem:
            messages.success(request, _("已办理：%(title)s") % {"title": decision.label})
            return redirect(way_back(request, process))
        if form is None:
            messages.error(request, problem)
            return redirect(to_record(submission, way_back(request, process)))
        form.add_error(None, problem)
    shown = _asked(request, decision, submission) | {"form": form}
    page = "office/decide_form.html" if in_pane(request) else "office/decide.html"
    return show(request, process, page, shown, status=422 if typed is not None else 200)


def _decision(process: Process, action: str) -> Decision:
    decision = worklist_of(process).decision_by_action.get(action)
    if decision is None or not decision.has_button:
        raise Http404
    return decision


def _asked(request: HttpRequest, decision: Decision, submission: Submission) -> dict[str, Any]:
    """Return what the page of a decision shows."""
    process = decision.process
    return {
        "reading": read_submission(
            submission, person(request), reader=Reader.OFFICE, now=database_now()
        ),
        "worklist": worklist_of(process),
        "decision": decision,
        "remarks": remarks_in(request.POST),
        "targets": decision.targets(submission),
        "key": form_key(request),
        "back": way_back(request, process),
    }
