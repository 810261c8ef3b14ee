"""Many at once: choose, read what will follow, confirm; each row is decided by itself."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import rules
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import User
from xinghai.accounts.views.reading import person
from xinghai.kernel.clock import database_now
from xinghai.kernel.request_data import numbers
from xinghai.kernel.workflow import available
from xinghai.submissions import selectors
from xinghai.submissions.search import find_in_bureau
from xinghai.casework.forms import GiveForm, HandOverManyForm, ReasonForm, ReturnForm
from xinghai.casework.selectors import colleagues_of
from xinghai.submissions.models import Submission
from xinghai.casework.views.common import way_back
from xinghai.casework.views.deciding import DECISIONS, Decision, decide_once
from xinghai.casework.filters import Wish
from xinghai.casework.services import colleagues
from xinghai.suggestions.states import SUGGESTION

MOST_AT_ONCE = 200
# action: the steps of the process one of which must stand open
NEEDS = {
    "take-up": {"take_up"},
    "accept": {"accept", "take_up"},
    "decline": {"decline", "take_up"},
    "return": {"office_return", "take_up"},
    "hand-over": {"hand_over"},
}
# Decisions of one submission leave it to the reader that they stand; of many it is said.
NOT_SAID_TO_BE_FINAL = ("take-up", "return", "hand-over")
FINAL = gettext_lazy("这一步不能撤回。")


def _give(submission: Submission, by: User, said: dict[str, Any], form: forms.Form | None) -> None:
    colleagues.give_to(submission, said["handler"], by=by)


GIVE = Decision(
    "give",
    gettext_lazy("交给同事"),
    gettext_lazy("交给这位同事"),
    gettext_lazy("只改经办人，填报人看不到，也不影响进展；以后可以再改。"),
    GiveForm,
    _give,
)


@dataclass(frozen=True)
class Sorted:
    """The chosen rows: those that can take the step, and the others with the reason."""

    ready: list[Submission]
    skipped: list[tuple[Submission, str]]


@of_process("work_in_office", methods=["POST"])
def decide_many(request: HttpRequest, process: Process) -> HttpResponse:
    """Ask first, on a page that names action, number, titles and what follows; then decide."""
    step, by = _step(request.POST.get("action", "")), person(request)
    submissions = _chosen(request)
    if not submissions:
        messages.error(request, _("请先勾选要办理的建议。"))
        return redirect(way_back(request, process))
    if len(submissions) > MOST_AT_ONCE:
        messages.error(
            request, _("一次最多办理 %(most)d 条，请先缩小范围。") % {"most": MOST_AT_ONCE}
        )
        return redirect(way_back(request, process))
    is_sure = "sure" in request.POST
    form = _form(step, request.POST if is_sure else None, submissions)
    if is_sure and (form is None or form.is_valid()):
        return _decide(request, step, submissions, form)
    context = {
        "step": step,
        "sorted": _sort(step, submissions, by),
        "form": form,
        "key": request.POST.get("key") or uuid4().hex,
        "back": way_back(request, process),
        "chosen": [submission.pk for submission in submissions],
    }
    return show(request, process, "office/many.html", context, status=422 if is_sure else 200)


def _step(action: str) -> Decision:
    """What is to be done to many, with what it does to them."""
    if action == GIVE.action:
        return GIVE
    if action not in NEEDS:
        raise Http404
    step = DECISIONS[action]
    if action in NOT_SAID_TO_BE_FINAL:
        return replace(step, consequence=f"{step.consequence}{FINAL}")
    return step


def _chosen(request: HttpRequest, process: Process) -> list[Submission]:
    """Return the ticked rows of the own office, or every row of the filters; one more tells."""
    rows = selectors.inbox(person(request))
    if "everything" in request.POST:
        wish = Wish.from_address(QueryDict(request.POST.get("words", "")))
        words = find_in_bureau(wish.text, person(request)).order
        rows = wish.narrow(rows, now=database_now(), reader=person(request).pk, found=words)
    else:
        rows = rows.filter(pk__in=numbers(request.POST.getlist("chosen")))
    return list(rows[: MOST_AT_ONCE + 1])


def _form(step: Decision, typed: Any, submissions: list[Submission]) -> forms.Form | None:
    if step.action == "decline":
        return ReasonForm(typed)
    if step.action == "return":
        return ReturnForm(typed, submission=submissions[0])
    if step.action == "hand-over":
        return HandOverManyForm(typed, submissions=submissions)
    if step.action == GIVE.action:
        return GiveForm(typed, colleagues=colleagues_of(submissions[0].office))
    return None


def _sort(step: Decision, submissions: list[Submission], by: User) -> Sorted:
    ready, skipped = [], []
    for submission in submissions:
        obstacle = _obstacle(step, submission, by)
        if obstacle:
            skipped.append((submission, obstacle))
        else:
            ready.append(submission)
    return Sorted(ready, skipped)


def _obstacle(step: Decision, submission: Submission, by: User) -> str:
    """Say why this row cannot take the step, in words; nothing when it can."""
    if not rules.has_perm("suggestions.process", by, submission):
        return _("是您自己填报的，请交给同事办理。")
    state = SUGGESTION.state_by_name[submission.state]
    if step.action == GIVE.action:
        is_open = not state.final
    else:
        is_open = bool({edge.name for edge in available(submission, by)} & NEEDS[step.action])
    if is_open:
        return ""
    return _("现在是“%(state)s”，不能%(action)s。") % {"state": state.label, "action": step.title}


def _decide(
    request: HttpRequest, process: Process, step: Decision, submissions: list[Submission], form: forms.Form | None
) -> HttpResponse:
    """Decide each by itself: what stands in one row's way does not stop the others."""
    said = form.cleaned_data if form else {}
    done, refused = [], []
    # Who goes back to give them to somebody else has decided anew, not clicked twice.
    if "handler" in said:
        step = replace(step, action=f"give:{getattr(said['handler'], 'pk', 0)}")
    for submission in submissions:
        problem = decide_once(request, step, submission, said, form)
        if problem is None:
            done.append(submission)
        else:
            refused.append((submission, problem))
    if not refused:
        facts = {"title": step.title, "count": len(done)}
        messages.success(request, _("%(title)s：已办理 %(count)d 条。") % facts)
        return redirect(way_back(request, process))
    context = {"step": step, "done": done, "refused": refused, "back": way_back(request, process)}
    return show(request, process, "office/many_done.html", context)
