"""The lists: an office's inbox, and everything the bureau has received."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from xinghai.accounts.models import Office
from xinghai.accounts.views.reading import person
from xinghai.casework import selectors
from xinghai.casework.models import ALL, INBOX
from xinghai.casework.rows import queue_rows
from xinghai.casework.selectors import visible_views, with_marks
from xinghai.casework.views.bulk import MOST_AT_ONCE
from xinghai.casework.views.saved import address_of
from xinghai.casework.worklists import worklist_of
from xinghai.kernel.acting import fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.views import page_of
from xinghai.submissions.filters import Criteria, ListContext
from xinghai.submissions.models import SubmissionQuerySet
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.search import find_in_bureau
from xinghai.submissions.selectors import state_counts


@of_process("work_in_office")
def inbox(request: HttpRequest, process: Process) -> HttpResponse:
    """What the office has received; the filters stand in the address."""
    user = person(request)
    criteria = worklist_of(process).filter_set.read(request.GET).without("office")
    shown = _listed(request, criteria, selectors.inbox(user, process), user.office)
    shown["may_share"] = user.has_perm(process.permission("share_views"))
    return show(request, process, "office/inbox.html", shown)


@of_process("work_in_bureau")
def everything(request: HttpRequest, process: Process) -> HttpResponse:
    """All received submissions, for planning, leaders and audit."""
    criteria = worklist_of(process).filter_set.read(request.GET, tab=ALL)
    rows = selectors.received(person(request), process)
    return show(request, process, "office/all.html", _listed(request, criteria, rows, None))


def _listed(
    request: HttpRequest, criteria: Criteria, rows: SubmissionQuerySet, office: Office | None
) -> dict[str, Any]:
    """Return one page of the rows asked for, with what can be asked for."""
    now, reader, process = database_now(), person(request), criteria.filter_set.process
    counts = state_counts(rows)
    finding = find_in_bureau(process, criteria.text, reader)
    context = ListContext(reader=reader, now=now, rows=rows, office=office, found=finding.order)
    chosen, number = with_marks(criteria.narrow(context)), request.GET.get("page")
    page = page_of(chosen, number, count=criteria.known_count(counts))
    filters, shown = criteria.controls(context), queue_rows(list(page), now=now, finding=finding)
    place = INBOX if office else ALL
    return {
        "office": office,
        "worklist": worklist_of(process),
        "for_many": worklist_of(process).for_many_in(criteria.states),
        "page": page,
        "rows": shown,
        "criteria": criteria,
        "filters": filters,
        "reliefs": [] if shown else criteria.reliefs(filters.chips, context),
        "tabs": criteria.tabs(counts),
        "views": [
            (one, address_of(process, one))
            for one in visible_views(reader, process)
            if one.place == place
        ],
        "place": place,
        "most_at_once": MOST_AT_ONCE,
        "key": fresh_key(),
    }
