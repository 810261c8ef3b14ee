"""The first page over all processes, and the list of everything one has written in one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinghai.kernel.acting import fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.views import page_of, requires
from xinghai.submissions.home import home_of, show_rows
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process, every_process
from xinghai.submissions.search import find_in_units
from xinghai.submissions.selectors import listed_for
from xinghai.submissions.views.my.common import person


@requires("submissions.write")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, what can be begun, and where everything stands."""
    shown = {
        "home": home_of(person(request), now=database_now()),
        "processes": every_process(),
        "key": fresh_key(),
    }
    return render(request, "submissions/my/home.html", shown)


@of_process("write")
def all_of_mine(request: HttpRequest, process: Process) -> HttpResponse:
    """Every record of the person, by state and words."""
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    rows = listed_for(person(request), process)
    rows = rows.filter(state=state) if state in process.workflow.state_by_name else rows
    found = find_in_units(process, text, list(person(request).unit_ids))
    rows = rows.mentioning(text, found.order) if text else rows
    page = page_of(rows, request.GET.get("page"))
    shown = {
        "page": page,
        "rows": show_rows(list(page), now=database_now()),
        "search": text,
        "filters": [_state_filter(process, state)],
    }
    return show(request, process, "my/list.html", shown)


def _state_filter(process: Process, chosen: str) -> dict[str, object]:
    options = [(one.name, one.applicant_label) for one in process.workflow.states]
    return {"name": "state", "label": _("进展"), "options": options, "value": chosen}
