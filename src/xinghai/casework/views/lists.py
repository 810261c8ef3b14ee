"""The lists: an office's inbox, and everything the bureau has received."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinghai.accounts.models import Office
from xinghai.accounts.views.reading import person
from xinghai.kernel.clock import database_now
from xinghai.kernel.views import page_of
from xinghai.submissions import selectors
from xinghai.casework.models import ALL, INBOX
from xinghai.casework.filter_controls import filters_of, reliefs
from xinghai.submissions.search import Finding, find_in_bureau
from xinghai.casework.selectors import is_gone, visible_views, with_marks
from xinghai.submissions.models import SubmissionQuerySet
from xinghai.casework.views.bulk import MOST_AT_ONCE
from xinghai.casework.views.saved import address_of
from xinghai.casework.filters import Wish, known_count, tabs_with_counts
from xinghai.submissions.record_page import QueueRow, queue_rows

MOST_OFFERED = 8


@of_process("work_in_office")
def inbox(request: HttpRequest, process: Process) -> HttpResponse:
    """What the office has received; the filters stand in the address."""
    office = person(request).office
    wish = replace(Wish.from_address(request.GET), office="")
    page = _listed(request, wish, selectors.inbox(person(request)), office)
    more = {"office": office, "may_share": person(request).has_perm("suggestions.share_views")}
    return show(request, process, "office/inbox.html", {**page, **more})


@of_process("work_in_bureau")
def everything(request: HttpRequest, process: Process) -> HttpResponse:
    """All received submissions, for planning, leaders and audit."""
    wish = Wish.from_address(request.GET, tab="all")
    page = _listed(request, wish, selectors.received(person(request)), None)
    return show(request, process, "office/everything.html", page)


def _listed(
    request: HttpRequest, process: Process, wish: Wish, visible: SubmissionQuerySet, office: Office | None
) -> dict[str, Any]:
    """Return one page of the rows asked for, with what can be asked for."""
    now, reader, place = database_now(), person(request), INBOX if office else ALL
    counts = selectors.state_counts(visible)
    finding = find_in_bureau(wish.text, reader)
    rows = wish.narrow(visible, now=now, reader=reader.pk, found=finding.order)
    count = known_count(counts, wish)
    page = page_of(with_marks(rows), request.GET.get("page"), count=count)
    filters = filters_of(wish, request.GET, office=office)
    shown = queue_rows(list(page), now=now)
    return {
        "page": page,
        "rows": [_marked(row, finding) for row in shown],
        "wish": wish,
        "filters": filters,
        "reliefs": []
        if shown
        else reliefs(filters, visible, now=now, reader=reader.pk, words=finding.order),
        "tabs": tabs_with_counts(counts, wish),
        "views": [(one, address_of(one)) for one in visible_views(reader) if one.place == place],
        "place": place,
        "most_at_once": MOST_AT_ONCE,
        "key": uuid4().hex,
    }


def _marked(row: QueueRow, finding: Finding) -> QueueRow:
    hit = finding.hits.get(row.submission.pk)
    return replace(row, handler_is_gone=is_gone(row.submission), hit=hit)


@of_process("work_in_bureau")
def find(request: HttpRequest, process: Process) -> HttpResponse:
    """What the search of the frame offers while one types: a part of a page, ranked."""
    user, text = person(request), request.GET.get("q", "").replace("\0", "").strip()[:100]
    finding = find_in_bureau(text, user, limit=2 * MOST_OFFERED)
    rows = selectors.received(user).mentioning(text, finding.order)[:MOST_OFFERED]
    offered = [(one, finding.hits.get(one.pk)) for one in rows] if text else []
    return show(request, process, "office/find.html", {"offered": offered, "text": text})
