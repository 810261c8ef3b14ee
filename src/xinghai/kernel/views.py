"""The decorator of every view: it names the permission and the methods that are allowed."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

import rules
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

P = ParamSpec("P")
PUBLIC = "public"
SIGNED_IN = "signed_in"
ROWS_PER_PAGE = 25


class GatedView(Protocol):
    """A view that says which permission opens it (the house tests read this)."""

    permission: str
    methods: tuple[str, ...]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def requires(
    permission: str, *, methods: Sequence[str] = ("GET",)
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], GatedView]:
    """Allow a view to people with `permission` ("public", "signed_in" or "room.verb").

    An anonymous visitor is led to sign in and back; a script (JSON) gets 401
    with the address, so that typed text can be kept. Any other refusal is 403.
    """
    allowed = ("HEAD", *methods) if "GET" in methods else tuple(methods)

    def decorate(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> GatedView:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in allowed:
                return not_allowed(request, allowed)
            if permission != PUBLIC and not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if permission not in (PUBLIC, SIGNED_IN) and not rules.has_perm(
                permission, request.user
            ):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        gated = cast(GatedView, checked)
        gated.permission = permission
        gated.methods = allowed
        return gated

    return decorate


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer an anonymous request: a page is redirected, a script is told where to go."""
    if wants_json(request):
        return JsonResponse({"signin_url": resolve_url("account_login")}, status=401)
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer")
    return redirect_to_login(back or "/", resolve_url("account_login"))


def not_allowed(request: HttpRequest, allowed: Sequence[str]) -> HttpResponse:
    """An address that only takes a form, opened by hand or from the history: say so."""
    page = "" if wants_json(request) else render_to_string("405.html", request=request)
    return HttpResponseNotAllowed(allowed, page)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def way_back(request: HttpRequest, *, within: str, otherwise: str) -> str:
    """Return the `back` of the address or the form when it lies under `within`, else `otherwise`.

    Nothing outside this site: whoever made the link does not decide where a person ends up.
    """
    back = request.GET.get("back") or request.POST.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours and back.startswith(within) else otherwise


def in_pane(request: HttpRequest) -> bool:
    """A list's reading pane asks: the answer is the part without the frame."""
    return bool(getattr(request, "htmx", False))


def page_of(
    rows: QuerySet[Any] | Sequence[Any],
    number: str | None,
    *,
    size: int = ROWS_PER_PAGE,
    count: int | None = None,
) -> Page[Any]:
    """Return one bounded page of a list; a nonsense number shows the nearest page.

    A caller that has counted the rows already passes `count`: counting is what grows with a list.
    """
    paginator: Paginator[Any] = Paginator(rows, size)
    if count is not None:
        vars(paginator)["count"] = count
    return paginator.get_page(number)
