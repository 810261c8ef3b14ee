"""One list by deadline; reading beside it, with what changed since it last went back; returning."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.views.reading import person
from xinghai.kernel.clock import database_now
from xinghai.kernel.views import in_pane, page_of, requires
from xinghai.kernel.workflow import TransitionRefused
from xinghai.suggestions import selectors
from xinghai.suggestions.comparing import changed_since_it_went_back
from xinghai.suggestions.faults import Refused
from xinghai.suggestions.finding import find_in_units
from xinghai.suggestions.forms import UnitReturnForm
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.reading import read_suggestion
from xinghai.suggestions.services import handing_in
from xinghai.suggestions.states import AT_UNIT, RETURNED
from xinghai.suggestions.unit_desk import MOST_EXAMINED, UnitRow, deadline_of, desk_rows, examined
from xinghai.suggestions.unit_list import WAITING, UnitWish, unit_filters
from xinghai.suggestions.unit_views.common import opened, way_back


@requires("suggestions.review_for_unit")
def papers(request: HttpRequest) -> HttpResponse:
    """What waits for the research office, and everything it handed in."""
    user, now, wish = person(request), database_now(), UnitWish.from_address(request.GET)
    all_of_unit = selectors.papers_of_units(user)
    counts, number = selectors.state_counts(all_of_unit), request.GET.get("page")
    found = find_in_units(wish.text, list(user.administered_ids)).order
    rows = wish.narrow(desk_rows(user, now=now), found)
    waiting: list[UnitRow] = []
    is_cut = False
    if wish.tab == WAITING:
        some = list(rows[: MOST_EXAMINED + 1])
        waiting, is_cut = examined(some[:MOST_EXAMINED], now=now), len(some) > MOST_EXAMINED
        page = page_of(wish.keep(waiting), number)
        shown = list(page)
    else:
        page = page_of(rows, number)
        shown = examined(list(page), now=now)
    context = {
        "place": "papers",
        "page": page,
        "rows": shown,
        "ready": sum(row.is_ready for row in waiting),
        "wish": wish,
        "filters": unit_filters(wish, request.GET, user=user, rows=all_of_unit),
        "tabs": wish.tabs(counts),
        "is_cut": is_cut,
        "most": MOST_EXAMINED,
    }
    return render(request, "suggestions/unit/papers.html", context)


@requires("suggestions.review_for_unit")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a paper, on a page of its own or in the list's pane."""
    template = "suggestions/unit/pane.html" if in_pane(request) else "suggestions/unit/paper.html"
    return render(request, template, _shown(request, opened(request, pk)))


def _shown(request: HttpRequest, suggestion: Suggestion) -> dict[str, Any]:
    now = database_now()
    reading = read_suggestion(suggestion, person(request), now=now)
    is_open = suggestion.state in (*AT_UNIT, *RETURNED)
    return {
        "reading": reading,
        "since": changed_since_it_went_back(suggestion, reading.trail),
        "deadline": deadline_of(suggestion, now) if is_open else None,
        "is_at_unit": suggestion.state in AT_UNIT,
        "back": way_back(request),
    }


@requires("suggestions.review_for_unit", methods=["GET", "POST"])
def return_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a paper back with a reason and remarks on fields."""
    suggestion = opened(request, pk)
    typed = request.POST if request.method == "POST" else None
    form = UnitReturnForm(typed, suggestion=suggestion)
    if typed is not None and form.is_valid():
        try:
            handing_in.return_to_author(
                suggestion,
                by=person(request),
                reason=form.cleaned_data["reason"],
                remarks=form.remarks(),
            )
        except (TransitionRefused, Refused) as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("已退回给%(name)s。") % {"name": suggestion.author.name})
            return redirect(way_back(request))
    return render(
        request,
        "suggestions/unit/return_form.html" if in_pane(request) else "suggestions/unit/return.html",
        {
            "reading": read_suggestion(suggestion, person(request), now=database_now()),
            "form": form,
            "remarks": _remarks(request),
            "back": way_back(request),
        },
        status=422 if typed is not None else 200,
    )


def _remarks(request: HttpRequest) -> dict[str, str]:
    """What was typed beside fields, so that a refused page still holds it."""
    typed = (
        (name.removeprefix("on-"), str(text))
        for name, text in request.POST.items()
        if name.startswith("on-")
    )
    return {name: text for name, text in typed if text.strip()}
