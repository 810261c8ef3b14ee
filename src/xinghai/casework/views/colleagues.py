"""Who works on a submission, and what colleagues note about it."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.accounts.views.reading import person
from xinghai.kernel.idempotency import KeyReused, once
from xinghai.kernel.workflow import TransitionRefused
from xinghai.submissions.exceptions import Refused
from xinghai.casework.forms import GiveForm
from xinghai.casework.selectors import colleagues_of
from xinghai.submissions.models import Submission
from xinghai.casework.views.common import opened, to_record, way_back
from xinghai.casework.services import colleagues


@of_process("work_in_office", methods=["POST"])
def give(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Take a submission oneself, or give it to a colleague of the office."""
    submission = opened(request, process, pk)
    form = GiveForm(request.POST, colleagues=colleagues_of(submission.office))
    if not form.is_valid():
        messages.error(request, _("只能交给本处室在岗的同事。"))
    else:
        handler: User | None = form.cleaned_data["handler"]
        said = (
            _("已交给%(name)s办理。") % {"name": handler.name}
            if handler
            else _("已取消经办人，等同事来办。")
        )
        _once(
            request,
            submission,
            f"give:{handler.pk if handler else 0}",
            lambda: colleagues.give_to(submission, handler, by=person(request)),
            said,
        )
    return redirect(to_record(process, pk, way_back(request, process)))


@of_process("work_in_bureau", methods=["POST"])
def write(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Leave a note; a second click leaves no second one."""
    submission = opened(request, process, pk)
    text = request.POST.get("text", "")
    _once(
        request,
        submission,
        "note",
        lambda: colleagues.write_note(submission, text, by=person(request)).pk,
        _("备注已保存，只有局内办理的同事看得到。"),
    )
    return redirect(to_record(process, pk, way_back(request, process), "#notes"))


@of_process("work_in_bureau", methods=["POST"])
def withdraw(request: HttpRequest, process: Process, pk: int, note: int) -> HttpResponse:
    submission = opened(request, process, pk)
    _once(
        request,
        submission,
        f"withdraw:{note}",
        lambda: colleagues.withdraw_note(submission, note, by=person(request)),
        _("备注已撤回。"),
    )
    return redirect(to_record(process, pk, way_back(request, process), "#notes"))


def _once(
    request: HttpRequest, process: Process, submission: Submission, what: str, act: Callable[[], object], said: str
) -> None:
    """Act once per rendered form, and say what came of it."""
    try:
        once(
            f"{request.POST.get('key') or uuid4().hex}:{what}:{submission.pk}",
            operation=f"submissions.{what}:{submission.pk}",
            by=person(request),
            act=act,
        )
    except (TransitionRefused, Refused, KeyReused) as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, said)
