"""The triage: what no rule routes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinghai.casework.decisions import Assign
from xinghai.casework.rows import triage_rows
from xinghai.casework.selectors import triage_queue
from xinghai.casework.views.common import decide_once, opened
from xinghai.kernel.acting import fresh_key
from xinghai.kernel.humanize import localized
from xinghai.kernel.views import page_of
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process


@of_process("oversee")
def triage(request: HttpRequest, process: Process) -> HttpResponse:
    """What no rule routes, with the office we would propose."""
    page = page_of(triage_queue(process), request.GET.get("page"))
    shown = {
        "page": page,
        "rows": triage_rows(list(page)),
        "key": fresh_key(),
    }
    return show(request, process, "office/triage.html", shown)


@of_process("oversee", methods=["POST"])
def assign(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Give a submission of the triage to an office, once per click."""
    submission, decision = opened(request, process, pk), Assign(process)
    form = decision.make_form(request.POST, [submission])
    if form is None or not form.is_valid():
        messages.error(request, _("请选择一个处室再分派。"))
    elif problem := decide_once(request, decision, submission, form):
        messages.error(request, problem)
    else:
        facts = {"number": submission.number, "office": localized(form.cleaned_data["office"])}
        messages.success(request, _("%(number)s 已分派给%(office)s。") % facts)
    return redirect(process.address("office-triage"))
