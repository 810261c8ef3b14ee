"""Who works on a submission, and what colleagues note about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.casework.decisions import Give
from xinghai.casework.services import colleagues
from xinghai.casework.views.common import decide_once, opened, to_record, way_back
from xinghai.kernel.acting import act_and_report
from xinghai.kernel.hashing import content_hash
from xinghai.submissions.mounting import of_process
from xinghai.submissions.process import Process


@of_process("work_in_office", methods=["POST"])
def give(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Take a submission oneself, or give it to a colleague of the office."""
    submission, decision = opened(request, process, pk), Give(process)
    form = decision.make_form(request.POST, [submission])
    if form is None or not form.is_valid():
        messages.error(request, _("只能交给本处室在岗的同事。"))
    elif problem := decide_once(request, decision, submission, form):
        messages.error(request, problem)
    else:
        handler = form.cleaned_data["handler"]
        given = _("已交给%(name)s办理。") % {"name": handler.name} if handler else ""
        messages.success(request, given or _("已取消经办人，等同事来办。"))
    return redirect(to_record(submission, way_back(request, process)))


@of_process("work_in_bureau", methods=["POST"])
def write(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Leave a note; a second click leaves no second one."""
    submission, text = opened(request, process, pk), request.POST.get("text", "")
    act_and_report(
        request,
        f"{process.room}.note:{pk}:{content_hash(text)[:12]}",
        lambda: colleagues.write_note(submission, text, by=person(request)).pk,
        done=_("备注已保存，只有局内办理的同事看得到。"),
    )
    return redirect(to_record(submission, way_back(request, process), "#notes"))


@of_process("work_in_bureau", methods=["POST"])
def withdraw(request: HttpRequest, process: Process, pk: int, note: int) -> HttpResponse:
    submission = opened(request, process, pk)
    act_and_report(
        request,
        f"{process.room}.withdraw-note:{note}",
        lambda: colleagues.withdraw_note(submission, note, by=person(request)),
        done=_("备注已撤回。"),
    )
    return redirect(to_record(submission, way_back(request, process), "#notes"))
