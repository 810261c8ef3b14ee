"""What the bureau's screens share: fetching what may be seen, the way back, deciding once."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode

from xinghai.accounts.views.reading import person
from xinghai.casework.decisions import Decision
from xinghai.kernel import views
from xinghai.kernel.acting import act_once
from xinghai.kernel.workflow import WrongState
from xinghai.submissions import selectors
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process
from xinghai.submissions.record_page import last_step


def opened(request: HttpRequest, process: Process, pk: int) -> Submission:
    rows = selectors.opened(person(request), process).select_related("handler")
    return get_object_or_404(rows, pk=pk)


def way_back(request: HttpRequest, process: Process) -> str:
    """Return where the person came from, when it is ours; else the list this person may open."""
    sees_inbox = person(request).has_perm(process.permission("work_in_office"))
    otherwise = process.address("office-inbox" if sees_inbox else "office-all")
    return views.way_back(request, within="/office/", otherwise=otherwise)


def to_record(submission: Submission, back: str, part: str = "") -> str:
    """Return the record page's address, which knows the way back to the list."""
    address = submission.process.address("office-record", submission.pk)
    return f"{address}?{urlencode({'back': back})}{part}"


def decide_once(request: HttpRequest, decision: Decision, submission: Submission, form: Any) -> str:
    """Decide once per rendered form; return what stood in the way, "" when it is done."""
    by = person(request)
    refusal = act_once(
        request,
        decision.operation(submission, form),
        lambda: decision.run(submission, by=by, form=form),
        could_act=lambda: decision.could_act(submission),
    )
    if refusal is None:
        return ""
    if isinstance(refusal, WrongState):
        return f"{refusal.reason}{last_step(submission)}"
    return refusal.reason
