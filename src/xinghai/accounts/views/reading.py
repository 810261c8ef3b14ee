"""What every view of this room reads from a request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from xinghai.accounts.models import Organisation, User
from xinghai.accounts.selectors import administered_organisations


def person(request: HttpRequest) -> User:
    """The signed-in person behind a gated view: the record itself, not the promise of it."""
    if isinstance(request.user, User):
        return getattr(request.user, "_wrapped", request.user)
    raise PermissionDenied


def own_unit(request: HttpRequest, pk: int) -> Organisation:
    """The unit of this address; Http404 unless the person administers it."""
    return get_object_or_404(administered_organisations(person(request)), pk=pk)


def way_back(request: HttpRequest) -> str:
    """Where the person wanted to go before; nothing outside this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def with_way_back(address: str, back: str) -> str:
    return f"{address}?{urlencode({'next': back})}" if back else address
