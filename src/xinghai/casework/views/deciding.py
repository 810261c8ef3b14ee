"""Reading one submission, and deciding on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import User
from xinghai.accounts.views.reading import person
from xinghai.kernel.clock import database_now
from xinghai.kernel.idempotency import KeyReused, once
from xinghai.kernel.views import in_pane
from xinghai.kernel.workflow import TransitionRefused, WrongState
from xinghai.submissions import selectors
from xinghai.submissions.exceptions import Refused
from xinghai.casework.forms import (
    HandOverForm,
    MergeForm,
    ReasonForm,
    ReclassifyForm,
    ReturnForm,
)
from xinghai.casework.selectors import inside_of
from xinghai.duplicates.selectors import alikes_of
from xinghai.submissions.models import Submission
from xinghai.casework.views.common import opened, to_record, way_back
from xinghai.submissions.record_page import last_step, read_suggestion
from xinghai.casework.services import deciding as office


@of_process("work_in_bureau")
def show(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """The reading page; asked for by the list's pane it answers with the pane alone."""
    reading = read_suggestion(opened(request, process, pk), person(request), now=database_now())
    template = "office/pane.html" if in_pane(request) else RECORD
    return show(request, process, template,
        {
            "reading": reading,
            "inside": inside_of(reading.submission, person(request)),
            "alikes": alikes_of(reading.submission, person(request)),
            "key": uuid4().hex,
            "back": way_back(request, process),
        },
    )


RECORD, DECIDE = "office/record.html", "office/decide.html"

Act = Callable[[Submission, User, dict[str, Any], forms.Form | None], None]


def _return(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    remarks = form.remarks() if isinstance(form, ReturnForm) else {}
    back = office.Return(reason=said["reason"], due_on=said["due_on"], comments=remarks)
    office.return_for_correction(submission, back, by=by)


def _merge(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.merge_into(submission, said["target"], by=by, reason=said["reason"])


def _hand_over(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.hand_over(submission, said["office"], by=by, reason=said["reason"])


def _reclassify(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.reclassify(submission, said["category"], said["domain"], by=by, reason=said["reason"])


def _decline(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.decline(submission, by=by, reason=said["reason"])


def _take_up(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.take_up(submission, by=by)


def _accept(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.accept(submission, by=by)


def _carry_over(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    office.carry_over(submission, by=by)


@dataclass(frozen=True)
class Decision:
    """What the page of a decision says, what it asks, and the service behind it."""

    action: str
    title: Any
    button: Any
    consequence: Any
    form: type[forms.Form] | None
    act: Act


_DECISIONS = (
    Decision(
        "take-up",
        gettext_lazy("受理"),
        gettext_lazy("受理这条建议"),
        gettext_lazy("受理后填报人不能再撤回，并会收到通知。"),
        None,
        _take_up,
    ),
    Decision(
        "accept",
        gettext_lazy("采纳入库"),
        gettext_lazy("采纳入库"),
        gettext_lazy("进入建议库，用于凝练指南。填报人会收到通知。这一步不能撤销。"),
        None,
        _accept,
    ),
    Decision(
        "carry-over",
        gettext_lazy("结转下一年度"),
        gettext_lazy("结转下一年度"),
        gettext_lazy("保留到下一年度的建议库，本年度不再使用。这一步不能撤销。"),
        None,
        _carry_over,
    ),
    Decision(
        "decline",
        gettext_lazy("不采纳"),
        gettext_lazy("不采纳并告知理由"),
        gettext_lazy("填报人会看到您写的理由。这一步不能撤销。"),
        ReasonForm,
        _decline,
    ),
    Decision(
        "return",
        gettext_lazy("退回修改"),
        gettext_lazy("退回修改"),
        gettext_lazy("填报人按意见修改后直接回到本处；高校院所再经科研部门审核。"),
        ReturnForm,
        _return,
    ),
    Decision(
        "merge",
        gettext_lazy("合并"),
        gettext_lazy("合并到这一条"),
        gettext_lazy("两条建议都保留出处，合并后以目标那条为准。这一步不能撤销。"),
        MergeForm,
        _merge,
    ),
    Decision(
        "hand-over",
        gettext_lazy("移交其他处室"),
        gettext_lazy("移交"),
        gettext_lazy("由对方重新受理，填报人会看到新的处室和理由。"),
        HandOverForm,
        _hand_over,
    ),
    Decision(
        "reclassify",
        gettext_lazy("调整类型和领域"),
        gettext_lazy("保存调整"),
        gettext_lazy("填报人原来的选择会一直保留在旁边。"),
        ReclassifyForm,
        _reclassify,
    ),
)
DECISIONS = {one.action: one for one in _DECISIONS}


@of_process("work_in_bureau", methods=["GET", "POST"])
def decide(request: HttpRequest, process: Process, pk: int, action: str) -> HttpResponse:
    """One decision on one submission: its page asks what is needed, the post decides once."""
    if action not in DECISIONS:
        raise Http404
    decision = DECISIONS[action]
    submission = opened(request, process, pk)
    typed = request.POST if request.method == "POST" else None
    form = _form(decision.form, typed, submission, {"target": request.GET.get("target", "")})
    if typed is not None and (form is None or form.is_valid()):
        said = form.cleaned_data if form else {}
        problem = decide_once(request, decision, submission, said, form)
        if problem is None:
            messages.success(request, _("已办理：%(title)s") % {"title": decision.title})
            return redirect(way_back(request, process))
        if form is None:
            messages.error(request, problem)
            return redirect(to_record(process, pk, way_back(request, process)))
        form.add_error(None, problem)
    chosen = {name: text for name, text in request.POST.items() if name.startswith("on-")}
    return show(request, process, "office/decide_form.html" if in_pane(request) else DECIDE,
        {
            "reading": read_suggestion(submission, person(request), now=database_now()),
            "action": action,
            "title": decision.title,
            "button": decision.button,
            "consequence": decision.consequence,
            "form": form,
            "remarks": {name.removeprefix("on-"): text for name, text in chosen.items()},
            "targets": selectors.merge_targets(submission, "") if action == "merge" else [],
            "key": request.POST.get("key") or uuid4().hex,
            "back": way_back(request, process),
        },
        status=422 if typed is not None else 200,
    )


def _form(
    form_class: type[forms.Form] | None,
    typed: Any,
    submission: Submission,
    initial: dict[str, str] | None = None,
) -> forms.Form | None:
    """The form of a decision; a link may have chosen the target of a merge already."""
    if form_class is None:
        return None
    if form_class is ReasonForm:
        return ReasonForm(typed)
    return form_class(typed, submission=submission, initial=initial)  # type: ignore[call-arg]


def decide_once(
    request: HttpRequest, process: Process,
    decision: Decision,
    submission: Submission,
    said: dict[str, Any],
    form: forms.Form | None,
) -> str | None:
    """Decide once per rendered form; return what stood in the way, None when it is done."""
    by = person(request)
    try:
        once(
            f"{request.POST.get('key') or uuid4().hex}:{decision.action}:{submission.pk}",
            operation=f"submissions.{decision.action}:{submission.pk}",
            by=by,
            act=lambda: decision.act(submission, by, said, form),
        )
    except WrongState as refusal:
        return f"{refusal.reason}{last_step(submission)}"
    except (TransitionRefused, Refused, KeyReused) as refusal:
        return refusal.reason
    return None
