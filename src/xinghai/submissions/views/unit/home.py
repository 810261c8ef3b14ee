"""The research office's first page: what waits for it in each process."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xinghai.accounts.views.reading import person
from xinghai.kernel.views import requires
from xinghai.submissions.process import every_process
from xinghai.submissions.selectors import unit_work


@requires("submissions.review_for_unit")
def home(request: HttpRequest) -> HttpResponse:
    """One line a process: how many records wait, are returned, were handed in.

    With one process there is nothing to choose, and its list is the first page.
    """
    processes = every_process()
    if len(processes) == 1:
        return redirect(processes[0].address("unit-list"))
    shown = {"work": unit_work(person(request))}
    return render(request, "submissions/unit/home.html", shown)
