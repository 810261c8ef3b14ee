"""The research office's screens: what waits, reading, returning, handing in together."""

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.models import Organisation
from xinghai.accounts.views.reading import person
from xinghai.calls.windows import CallClosed
from xinghai.kernel.clock import database_now
from xinghai.kernel.idempotency import KeyReused
from xinghai.kernel.posted import numbers
from xinghai.kernel.views import page_of, requires
from xinghai.kernel.workflow import TransitionRefused
from xinghai.suggestions import selectors
from xinghai.suggestions.faults import BatchBlocked, Refused
from xinghai.suggestions.forms import UnitReturnForm
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.prechecking import precheck_each
from xinghai.suggestions.queues import UnitWish
from xinghai.suggestions.reading import queue_rows, read_suggestion
from xinghai.suggestions.services import handing_in

ROWS = 20


@requires("suggestions.review_for_unit")
def papers(request: HttpRequest) -> HttpResponse:
    """One list of what waits for the research office, and of everything it handed in."""
    return _papers(request)


def _papers(
    request: HttpRequest, *, blocked: BatchBlocked | None = None, chosen: set[int] | None = None
) -> HttpResponse:
    wish, now = UnitWish.from_address(request.GET), database_now()
    rows = wish.narrow(selectors.papers_of_units(person(request)))
    page = page_of(rows, request.GET.get("page"), size=ROWS)
    shown = list(page)
    reports = precheck_each(shown, now=now) if wish.tab == "waiting" else []
    return render(
        request,
        "suggestions/unit/papers.html",
        {
            "page": page,
            "rows": queue_rows(shown, now=now, reports=reports),
            "wish": wish,
            "tabs": wish.tabs(selectors.state_counts(selectors.papers_of_units(person(request)))),
            "blocked": blocked,
            "chosen": chosen or set(),
            "key": uuid4().hex,
        },
        status=422 if blocked else 200,
    )


@requires("suggestions.review_for_unit")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    suggestion = _opened(request, pk)
    reading = read_suggestion(suggestion, person(request), now=database_now())
    return render(request, "suggestions/unit/paper.html", {"reading": reading})


@requires("suggestions.review_for_unit", methods=["GET", "POST"])
def return_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a paper back with a reason and remarks on fields."""
    suggestion = _opened(request, pk)
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
            return redirect("suggestions:unit-papers")
    typed_remarks = {
        name.removeprefix("on-"): text
        for name, text in request.POST.items()
        if name.startswith("on-")
    }
    return render(
        request,
        "suggestions/unit/return.html",
        {
            "reading": read_suggestion(suggestion, person(request), now=database_now()),
            "form": form,
            "remarks": typed_remarks,
        },
        status=422 if typed is not None else 200,
    )


def _opened(request: HttpRequest, pk: int) -> Suggestion:
    """Fetch a paper of a unit this person administers."""
    units = person(request).administered_ids
    visible = selectors.opened(person(request)).filter(organisation_id__in=units)
    return get_object_or_404(visible, pk=pk)


@requires("suggestions.review_for_unit", methods=["POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand the chosen papers in together: first a page that names the number, then once."""
    chosen = numbers(request.POST.getlist("chosen"))
    found = list(selectors.papers_of_units(person(request)).filter(pk__in=chosen))
    if not found:
        messages.error(request, _("请先勾选待审核的建议，再统一提交。"))
        return redirect("suggestions:unit-papers")
    if "sure" in request.POST:
        return _hand_in(request, chosen, found)
    return render(request, "suggestions/unit/sure.html", {"papers": found, "key": uuid4().hex})


def _hand_in(request: HttpRequest, chosen: set[int], found: list[Suggestion]) -> HttpResponse:
    organisation = found[0].organisation
    try:
        batch = handing_in.submit_batch(
            sorted(chosen),
            organisation=cast(Organisation, organisation),
            by=person(request),
            key=request.POST.get("key") or uuid4().hex,
        )
    except BatchBlocked as blocked:
        return _papers(request, blocked=blocked, chosen=chosen)
    except (CallClosed, Refused, TransitionRefused, KeyReused) as refusal:
        messages.error(request, refusal.reason)
        return redirect("suggestions:unit-papers")
    return redirect("suggestions:unit-batch", pk=batch.pk)


@requires("suggestions.review_for_unit")
def batches(request: HttpRequest) -> HttpResponse:
    page = page_of(selectors.visible_batches(person(request)), request.GET.get("page"))
    return render(request, "suggestions/unit/batches.html", {"page": page})


@requires("suggestions.review_for_unit")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The batch receipt, for the screen and for printing."""
    found = get_object_or_404(selectors.visible_batches(person(request)), pk=pk)
    receipts = found.receipts.select_related("suggestion__office", "suggestion__author")
    return render(
        request,
        "suggestions/unit/batch.html",
        {"batch": found, "receipts": receipts.order_by("number")},
    )
