"""Views written once and mounted for each process, with that process's permission.

The mounted view carries the full name of the permission, so that the tests of the house read what
really guards each address; nothing is looked up at request time.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Protocol, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from xinghai.kernel.views import GatedView, requires
from xinghai.submissions.process import Process


class SharedView(Protocol):
    """A view of any process: it takes the process after the request."""

    verb: str
    methods: tuple[str, ...]
    __name__: str

    def __call__(
        self, request: HttpRequest, process: Process, *args: Any, **kwargs: Any
    ) -> HttpResponseBase: ...


def of_process(
    verb: str, *, methods: Sequence[str] = ("GET",)
) -> Callable[[Callable[..., HttpResponseBase]], SharedView]:
    """Name the verb of the permission that opens this view in each process."""

    def decorate(view: Callable[..., HttpResponseBase]) -> SharedView:
        shared = cast(SharedView, view)
        shared.verb, shared.methods = verb, tuple(methods)
        return shared

    return decorate


def mounted(view: SharedView, process: Process) -> GatedView:
    """Return the view of one process, open to those with that process's permission."""

    @wraps(cast(Callable[..., HttpResponseBase], view))
    def of_this_process(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, process, *args, **kwargs)

    return requires(process.permission(view.verb), methods=view.methods)(of_this_process)


def show(
    request: HttpRequest,
    process: Process,
    page: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of a process: its own template where it has one, else the shared one."""
    shown = {"process": process, **context}
    return render(request, process.templates(page), shown, status=status)
