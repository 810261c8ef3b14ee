"""One search over all processes: what the frame offers while one types, and what was found."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xinghai.accounts.models import User
from xinghai.accounts.views.reading import person
from xinghai.casework.rows import QueueRow, queue_rows
from xinghai.casework.selectors import received
from xinghai.kernel.clock import database_now
from xinghai.kernel.views import requires
from xinghai.submissions.filters import read_text
from xinghai.submissions.process import Process, every_process
from xinghai.submissions.search import Finding, find_everywhere

MOST_OFFERED = 8
MOST_SHOWN = 10
IN_BUREAU = "casework.work_in_bureau"


@requires(IN_BUREAU)
def offers(request: HttpRequest) -> HttpResponse:
    """What the search of the frame offers while one types: a part of a page, ranked."""
    user, text = person(request), read_text(request.GET.get("q", ""))
    finding = find_everywhere(text, user, limit=2 * MOST_OFFERED)
    places = {pk: place for place, pk in enumerate(finding.order)}
    rows = [row for _one, rows in _found(user, text, finding, most=MOST_OFFERED) for row in rows]
    rows.sort(key=lambda row: places.get(row.submission.pk, len(places)))
    shown = {"offered": rows[:MOST_OFFERED], "text": text}
    return render(request, "casework/office/offers.html", shown)


@requires(IN_BUREAU)
def search(request: HttpRequest) -> HttpResponse:
    """List what was found by process; where one process alone has something, open its list."""
    user, text = person(request), read_text(request.GET.get("q", ""))
    query, groups, leading = urlencode({"q": text}), [], list(every_process())
    if len(leading) > 1:
        finding = find_everywhere(text, user, limit=2 * MOST_SHOWN)
        groups = list(_found(user, text, finding, most=MOST_SHOWN))
        leading = [process for process, _rows in groups] or leading
    if len(leading) == 1:
        return redirect(f"{leading[0].address('office-all')}?{query}")
    shown = {"groups": groups, "text": text, "query": query}
    return render(request, "casework/office/search.html", shown)


def _found(
    user: User, text: str, finding: Finding, *, most: int
) -> Iterator[tuple[Process, list[QueueRow]]]:
    """Yield each process in which something was found, with its rows: one query a process."""
    now = database_now()
    for process in every_process() if text else ():
        rows = received(user, process).mentioning(text, finding.order).select_related("handler")
        if found := queue_rows(list(rows[:most]), now=now, finding=finding):
            yield process, found
