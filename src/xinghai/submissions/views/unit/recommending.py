"""归口推荐: what waits for a recommending body; it passes each record on, or returns it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.kernel.acting import form_key, fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.processes import RECEIVED, Phase
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.views import page_of, requires
from xinghai.submissions import selectors
from xinghai.submissions.endorsing import examined
from xinghai.submissions.forms import UnitReturnForm, remarks_in
from xinghai.submissions.models import Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.record_page import read_submission
from xinghai.submissions.redacting import Reader
from xinghai.submissions.services import submitting

TODO, DONE = "todo", "done"


@requires("submissions.recommend")
def home(request: HttpRequest) -> HttpResponse:
    """One line a process: how many records wait for this person's bodies, how many went on."""
    user = person(request)
    work = [
        (process, selectors.recommending_counts(user, process))
        for process in selectors.recommending_processes()
    ]
    if len(work) == 1:
        return redirect(work[0][0].address("recommending"))
    return render(request, "submissions/unit/recommending_home.html", {"work": work})


@of_process("recommend")
def listed(request: HttpRequest, process: Process) -> HttpResponse:
    """What waits, the longest first, with what keeps it from being passed on; or what went on."""
    user, tab = person(request), DONE if request.GET.get("tab") == DONE else TODO
    waiting, passed = selectors.recommending_counts(user, process)
    rows = selectors.to_recommend(user, process)
    if tab == DONE:
        rows = selectors.sent_to_recommender(user, process).in_phases(*RECEIVED)
    page = page_of(rows.prefetch_related("call__windows"), request.GET.get("page"))
    shown = {
        "page": page,
        "rows": examined(list(page), now=database_now(), phases=(Phase.RECOMMENDING,)),
        "tab": tab,
        "tabs": [(TODO, _("待推荐"), waiting), (DONE, _("已推荐"), passed)],
    }
    return show(request, process, "unit/recommending.html", shown)


@of_process("recommend")
def record(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Read one record; while it waits, with the button and the form that pass it on or back."""
    rows = selectors.joined(selectors.sent_to_recommender(person(request), process))
    return _page(request, process, get_object_or_404(rows, pk=pk), UnitReturnForm())


@of_process("recommend", methods=["POST"])
def recommend(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Pass one record on to the bureau, once per rendered page."""
    submission = _waiting(request, process, pk)
    key = form_key(request)
    try:
        submitting.recommend(submission, by=person(request), key=key)
    except Refusal as refusal:
        messages.error(request, refusal.reason)
        return redirect(process.address("recommending-record", pk))
    messages.success(request, _("已推荐：%(title)s") % {"title": submission.title})
    return redirect(process.address("recommending"))


@of_process("recommend", methods=["POST"])
def return_to_author(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """Send one back to its author with a reason and remarks on fields."""
    submission, form = _waiting(request, process, pk), UnitReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, process, submission, form, status=422)
    reason, remarks = form.cleaned_data["reason"], form.remarks()
    try:
        submitting.return_to_author(submission, by=person(request), reason=reason, remarks=remarks)
    except Refusal as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, process, submission, form, status=422)
    messages.success(request, _("已退回给%(name)s。") % {"name": submission.author.name})
    return redirect(process.address("recommending"))


def _waiting(request: HttpRequest, process: Process, pk: int) -> Submission:
    user = person(request)
    rows = selectors.joined(selectors.to_recommend(user, process))
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest,
    process: Process,
    submission: Submission,
    form: UnitReturnForm,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "reading": read_submission(
            submission, person(request), reader=Reader.RECOMMENDER, now=database_now()
        ),
        "form": form,
        "remarks": remarks_in(request.POST),
        "key": fresh_key(),
        "waits": submission.phase == Phase.RECOMMENDING,
        "back": process.address("recommending"),
    }
    return show(request, process, "unit/recommending_record.html", shown, status=status)
