"""Choosing the type of project, and beginning a draft."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from xinghai.accounts.models import Organisation
from xinghai.calls.choosing import Choice
from xinghai.calls.selectors import (
    CallPage,
    call_page,
    categories_for,
    open_window,
    type_named,
)
from xinghai.calls.windows import CallClosed, end_of
from xinghai.kernel.acting import form_key, fresh_key
from xinghai.kernel.clock import database_now
from xinghai.kernel.humanize import localized
from xinghai.kernel.refusals import Refusal
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import copyable_for, own
from xinghai.submissions.services.drafting import start_once
from xinghai.submissions.views.my.common import number, person


@dataclass(frozen=True)
class Group:
    name: str
    choices: list[Choice]


@of_process("write", methods=["GET", "POST"])
def start(request: HttpRequest, process: Process, code: str) -> HttpResponse:
    """Which type, for which organisation, from which earlier record."""
    now = database_now()
    page = call_page(code, now=now, user=request.user)
    if page is None or page.call.kind != process.key:
        raise Http404
    try:
        open_window(page.call, now)
    except CallClosed as closed:
        shown = {"call": page.call, "reason": closed.reason}
        return show(request, process, "my/closed.html", shown, status=409)
    if request.method == "POST":
        return _begin(request, process, page)
    return _choose(request, process, page)


def _begin(request: HttpRequest, process: Process, page: CallPage) -> HttpResponse:
    user, copied = person(request), number(request.POST.get("copy_from"))
    category = type_named(page.call, request.POST.get("category", ""))
    if category is None:
        raise Http404
    try:
        begun = start_once(
            form_key(request),
            process,
            page.call,
            category,
            by=user,
            organisation=_organisation(request),
            copy_from=get_object_or_404(own(user, process), pk=copied) if copied else None,
        )
    except Refusal as refusal:
        return _choose(request, process, page, refusal=refusal.reason, status=409)
    return redirect(process.address("edit", begun))


def _choose(
    request: HttpRequest, process: Process, page: CallPage, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    organisation = _organisation(request)
    choices = categories_for(page.call, organisation.kind if organisation else "")
    shown = {
        "call": page.call,
        "ends_at": end_of(page.window) if page.window else None,
        "organisations": [one.organisation for one in person(request).confirmed_memberships],
        "organisation": organisation,
        "groups": _groups(choices),
        "wanted": request.GET.get("category", ""),
        "earlier": copyable_for(person(request), process),
        "key": fresh_key(),
        "refusal": refusal,
    }
    return show(request, process, "my/start.html", shown, status=status)


def _organisation(request: HttpRequest) -> Organisation | None:
    """The chosen one of the person's organisations; the only one needs no choice."""
    given = request.POST if request.method == "POST" else request.GET
    units = [one.organisation for one in person(request).confirmed_memberships]
    chosen = number(given.get("organisation"))
    return next((unit for unit in units if unit.pk == chosen), units[0] if units else None)


def _groups(choices: list[Choice]) -> list[Group]:
    groups: dict[str, list[Choice]] = {}
    for choice in choices:
        groups.setdefault(localized(choice, "group"), []).append(choice)
    return [Group(name, found) for name, found in groups.items()]
