"""The head's view of load and age."""

from django.http import HttpRequest, HttpResponse

from xinghai.accounts.models import Office
from xinghai.accounts.selectors import every_office
from xinghai.accounts.views.reading import person
from xinghai.casework.workload import load_of
from xinghai.kernel.clock import database_now
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process


@of_process("see_load")
def load(request: HttpRequest, process: Process) -> HttpResponse:
    """A head sees the own office; planning chooses one."""
    oversees = person(request).has_perm(process.permission("oversee"))
    offices = list(every_office()) if oversees else []
    office = _asked(request, offices) if oversees else person(request).office
    is_own = office is not None and office.pk == person(request).office_id and not oversees
    base = {} if is_own or office is None else {"office": office.code}
    now = database_now()
    shown = {
        "office": office,
        "offices": offices,
        "load": load_of(process, office, now=now, base=base) if office else None,
        "list_url": process.address("office-inbox" if is_own else "office-all"),
        "now": now,
    }
    return show(request, process, "office/load.html", shown)


def _asked(request: HttpRequest, offices: list[Office]) -> Office | None:
    """The office named in the address; else the first that is not planning itself."""
    wanted = request.GET.get("office", "")
    working = [one for one in offices if not one.is_planning] or offices
    return next((one for one in offices if one.code == wanted), working[0] if working else None)
