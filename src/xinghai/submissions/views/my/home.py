"""The first page and the list of everything one has suggested."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinghai.kernel.clock import database_now
from xinghai.kernel.views import page_of
from xinghai.submissions.home import desk_of, show_rows
from xinghai.submissions.search import find_in_units
from xinghai.submissions.views.my.common import fresh_key, person
from xinghai.submissions.selectors import listed_for
from xinghai.suggestions.states import SUGGESTION


@of_process("write")
def home(request: HttpRequest, process: Process) -> HttpResponse:
    desk = desk_of(person(request), now=database_now())
    return show(request, process, "my/home.html", {"desk": desk, "key": fresh_key()})


@of_process("write")
def all_suggestions(request: HttpRequest, process: Process) -> HttpResponse:
    """Every submission of the person, by state and words."""
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    rows = listed_for(person(request))
    rows = rows.filter(state=state) if state in SUGGESTION.state_by_name else rows
    found = find_in_units(text, list(person(request).unit_ids))
    rows = rows.mentioning(text, found.order) if text else rows
    page = page_of(rows, request.GET.get("page"))
    shown = {
        "page": page,
        "rows": show_rows(list(page), now=database_now()),
        "search": text,
        "filters": [_state_filter(state)],
    }
    return show(request, process, "my/list.html", shown)


def _state_filter(chosen: str) -> dict[str, object]:
    options = [(one.name, one.applicant_label) for one in SUGGESTION.states]
    return {"name": "state", "label": _("进展"), "options": options, "value": chosen}
