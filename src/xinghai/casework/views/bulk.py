"""Many at once: choose, read what will follow, confirm; each row is decided by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.accounts.views.reading import person
from xinghai.casework.decisions import Decision
from xinghai.casework.forms import DecisionForm
from xinghai.casework.selectors import inbox
from xinghai.casework.views.common import decide_once, way_back
from xinghai.casework.worklists import worklist_of
from xinghai.kernel.acting import form_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.request_data import numbers
from xinghai.submissions.filters import ListContext
from xinghai.submissions.models import Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.search import find_in_bureau

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Selection:
    """The chosen rows: those that can take the step, and the others with the reason."""

    ready: list[Submission]
    skipped: list[tuple[Submission, str]]


@of_process("work_in_office", methods=["POST"])
def decide_many(request: HttpRequest, process: Process) -> HttpResponse:
    """Ask first, on a page that names action, number, titles and what follows; then decide."""
    decision = _decision(process, request.POST.get("action", ""))
    submissions = _chosen(request, process)
    if problem := _why_not(process, submissions):
        messages.error(request, problem)
        return redirect(way_back(request, process))
    is_sure = "sure" in request.POST
    form = decision.make_form(request.POST if is_sure else None, submissions)
    if is_sure and (form is None or form.is_valid()):
        return _decide(request, decision, submissions, form)
    shown = {
        "decision": decision,
        "selection": _sort(decision, submissions, person(request)),
        "form": form,
        "key": form_key(request),
        "back": way_back(request, process),
    }
    return show(request, process, "office/many.html", shown, status=422 if is_sure else 200)


def _decision(process: Process, action: str) -> Decision:
    for decision in worklist_of(process).for_many:
        if decision.action == action:
            return decision
    raise Http404


def _chosen(request: HttpRequest, process: Process) -> list[Submission]:
    """Return the ticked rows of the own office, or every row of the filters; one more tells."""
    user = person(request)
    rows = inbox(user, process)
    if "everything" in request.POST:
        typed = QueryDict(request.POST.get("words", ""))
        criteria = worklist_of(process).filter_set.read(typed)
        found = find_in_bureau(process, criteria.text, user).order
        context = ListContext(
            reader=user, now=database_now(), rows=rows, office=user.office, found=found
        )
        rows = criteria.narrow(context)
    else:
        rows = rows.filter(pk__in=numbers(request.POST.getlist("chosen")))
    return list(rows[: MOST_AT_ONCE + 1])


def _why_not(process: Process, submissions: Sequence[Submission]) -> str:
    """Say why nothing can be done with this choice; nothing when something can."""
    if not submissions:
        return _("请先勾选要办理的%(nouns)s。") % {"nouns": process.noun.many}
    if len(submissions) > MOST_AT_ONCE:
        return _("一次最多办理 %(most)d 条，请先缩小范围。") % {"most": MOST_AT_ONCE}
    return ""


def _sort(decision: Decision, submissions: Sequence[Submission], by: User) -> Selection:
    ready, skipped = [], []
    for submission in submissions:
        obstacle = _obstacle(decision, submission, by)
        if obstacle:
            skipped.append((submission, obstacle))
        else:
            ready.append(submission)
    return Selection(ready, skipped)


def _obstacle(decision: Decision, submission: Submission, by: User) -> str:
    """Say why this row cannot take the step, in words; nothing when it can."""
    if not rules.has_perm(decision.process.permission("process"), by, submission):
        return _("是您自己填报的，请交给同事办理。")
    if decision.is_open(submission, by):
        return ""
    facts = {
        "state": submission.shown_state.label,
        "action": decision.label,
    }
    return _("现在是“%(state)s”，不能%(action)s。") % facts


def _decide(
    request: HttpRequest,
    decision: Decision,
    submissions: Sequence[Submission],
    form: DecisionForm | None,
) -> HttpResponse:
    """Decide each by itself: what stands in one row's way does not stop the others."""
    process, done, refused = decision.process, [], []
    for submission in submissions:
        if problem := decide_once(request, decision, submission, form):
            refused.append((submission, problem))
        else:
            done.append(submission)
    back = way_back(request, process)
    if not refused:
        facts = {"title": decision.label, "count": len(done)}
        messages.success(request, _("%(title)s：已办理 %(count)d 条。") % facts)
        return redirect(back)
    shown = {"decision": decision, "done": done, "refused": refused, "back": back}
    return show(request, process, "office/many_done.html", shown)
