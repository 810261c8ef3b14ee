"""The triage: what no rule covers."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.selectors import every_office
from xinghai.accounts.views.reading import person
from xinghai.kernel.humanize import localized
from xinghai.kernel.idempotency import KeyReused, once
from xinghai.kernel.views import page_of
from xinghai.kernel.workflow import TransitionRefused
from xinghai.submissions import selectors
from xinghai.casework.forms import AssignForm
from xinghai.casework.views.common import opened
from xinghai.submissions.record_page import triage_rows
from xinghai.casework.services import deciding as office


@of_process("oversee")
def triage(request: HttpRequest, process: Process) -> HttpResponse:
    """What no rule covers, with the office we would propose."""
    page = page_of(selectors.triage_queue(), request.GET.get("page"))
    return show(request, process, "office/triage.html",
        {
            "page": page,
            "rows": triage_rows(list(page)),
            "offices": every_office(),
            "key": uuid4().hex,
        },
    )


@of_process("oversee", methods=["POST"])
def assign(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Give a submission of the triage to an office, once per click."""
    submission = opened(request, process, pk)
    form = AssignForm(request.POST, submission=submission)
    if not form.is_valid():
        messages.error(request, _("请选择一个处室再分派。"))
        return redirect(process.address("office-triage"))
    chosen, by = form.cleaned_data["office"], person(request)
    try:
        once(
            f"{request.POST.get('key') or uuid4().hex}:{pk}",
            operation=f"suggestions.assign:{pk}",
            by=by,
            act=lambda: office.assign(submission, chosen, by=by, remember=form.cleaned_data["remember"]),
        )
    except (TransitionRefused, KeyReused) as refusal:
        messages.error(request, refusal.reason)
    else:
        facts = {"number": submission.number, "office": localized(chosen)}
        messages.success(request, _("%(number)s 已分派给%(office)s。") % facts)
    return redirect(process.address("office-triage"))
