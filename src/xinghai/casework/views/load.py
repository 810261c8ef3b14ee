"""The head's view of load and age."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xinghai.accounts.models import Office
from xinghai.accounts.selectors import every_office
from xinghai.accounts.views.reading import person
from xinghai.kernel.clock import database_now
from xinghai.casework.workload import load_of


@of_process("see_load")
def load(request: HttpRequest, process: Process) -> HttpResponse:
    """A head sees the own office; planning chooses one."""
    oversees = person(request).has_perm("suggestions.oversee")
    offices = list(every_office()) if oversees else []
    office = _asked(request, offices) if oversees else person(request).office
    is_own = office is not None and office.pk == person(request).office_id and not oversees
    base = {} if is_own or office is None else {"office": office.code}
    now = database_now()
    return show(request, process, "office/load.html",
        {
            "office": office,
            "offices": offices,
            "load": load_of(office, now=now, base=base) if office else None,
            "list_url": reverse(
                "suggestions:office-inbox" if is_own else "suggestions:office-everything"
            ),
            "now": now,
        },
    )


def _asked(request: HttpRequest, process: Process, offices: list[Office]) -> Office | None:
    """The office named in the address; else the first that is not planning itself."""
    wanted = request.GET.get("office", "")
    working = [one for one in offices if not one.is_planning] or offices
    return next((one for one in offices if one.code == wanted), working[0] if working else None)
