"""Many at once: choose, read what will follow and what is skipped, confirm; one batch receipt."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from xinghai.accounts.models import Organisation
from xinghai.accounts.views.reading import person
from xinghai.kernel.acting import form_key, fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.humanize import localized
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.request_data import numbers
from xinghai.kernel.views import page_of
from xinghai.submissions import selectors
from xinghai.submissions.endorsing import MOST_EXAMINED, UnitRow, endorsing_rows, examined
from xinghai.submissions.endorsing_list import endorsing_filters
from xinghai.submissions.exceptions import BatchBlocked
from xinghai.submissions.filters import ListContext
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.search import find_in_units
from xinghai.submissions.selectors import with_submissions
from xinghai.submissions.services import submitting
from xinghai.submissions.views.unit.common import way_back


@dataclass(frozen=True)
class Sorted:
    """The chosen submissions: those one batch can hold, and the others with the reason."""

    ready: list[UnitRow]
    skipped: list[tuple[UnitRow, str]]

    @property
    def has_new(self) -> bool:
        """Some come for the first time, so they get numbers."""
        return any(not row.submission.number for row in self.ready)


@of_process("review_for_unit", methods=["POST"])
def hand_in(request: HttpRequest, process: Process) -> HttpResponse:
    """Hand the chosen submissions in together: first a page that names them, then once."""
    rows = _chosen(request, process)
    if not rows:
        messages.error(
            request, _("请先勾选待审核的%(nouns)s，再统一提交。") % {"nouns": process.noun.many}
        )
        return redirect(way_back(request, process))
    if "sure" in request.POST:
        return _hand_in(request, process, rows)
    return _ask(request, process, rows)


def _chosen(request: HttpRequest, process: Process) -> list[UnitRow]:
    """Return the ticked submissions, or every ready one of the filters."""
    user, now = person(request), database_now()
    rows = endorsing_rows(user, process, now=now)
    if "everything" in request.POST:
        criteria = endorsing_filters(process).read(QueryDict(request.POST.get("words", "")))
        found = find_in_units(process, criteria.text, list(user.administered_ids)).order
        context = ListContext(reader=user, now=now, rows=rows, found=found)
        asked = examined(list(criteria.narrow(context)[:MOST_EXAMINED]), now=now)
        return [row for row in asked if row.is_ready]
    wanted = numbers(request.POST.getlist("chosen"))
    return examined(list(rows.filter(pk__in=wanted)[:MOST_EXAMINED]), now=now)


def _ask(
    request: HttpRequest, process: Process, rows: list[UnitRow], refusal: str = ""
) -> HttpResponse:
    context = {
        "sorted": _sort(rows),
        "refusal": refusal,
        "key": fresh_key(),
        "back": way_back(request, process),
    }
    status = 422 if refusal else 200
    return show(request, process, "unit/sure.html", context, status=status)


def _sort(rows: list[UnitRow]) -> Sorted:
    """One batch is of one unit and one call: the most urgent submission says which."""
    ready: list[UnitRow] = []
    skipped = []
    for row in rows:
        obstacle = row.blocker or ("" if row.report else _("已不在待审核状态"))
        first = ready[0].submission if ready else row.submission
        if not obstacle and row.submission.call_id != first.call_id:
            facts = {"call": localized(row.submission.call, "title")}
            obstacle = _("属于“%(call)s”，请另交一批。") % facts
        if not obstacle and row.submission.organisation_id != first.organisation_id:
            obstacle = _("属于另一个单位，请另交一批。")
        if obstacle:
            skipped.append((row, obstacle))
        else:
            ready.append(row)
    return Sorted(ready, skipped)


def _hand_in(request: HttpRequest, process: Process, rows: list[UnitRow]) -> HttpResponse:
    """All of them or none: what changed since the question was asked is asked again."""
    try:
        batch = submitting.submit_batch(
            process,
            sorted(row.submission.pk for row in rows),
            organisation=cast(Organisation, rows[0].submission.organisation),
            by=person(request),
            key=form_key(request),
        )
    except BatchBlocked as blocked:
        return _ask(request, process, rows, blocked.reason)
    except Refusal as refusal:
        messages.error(request, refusal.reason)
        return redirect(way_back(request, process))
    return redirect(process.address("unit-batch", batch.pk))


@of_process("review_for_unit")
def batches(request: HttpRequest, process: Process) -> HttpResponse:
    page = page_of(selectors.visible_batches(person(request), process), request.GET.get("page"))
    return show(request, process, "unit/batches.html", {"place": "batches", "page": page})


@of_process("review_for_unit")
def batch(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """The batch receipt, for the screen and for printing."""
    found = get_object_or_404(selectors.visible_batches(person(request), process), pk=pk)
    receipts = with_submissions(found.receipts.select_related("dossier").order_by("number"))
    return show(request, process, "unit/batch.html", {"batch": found, "receipts": receipts})
