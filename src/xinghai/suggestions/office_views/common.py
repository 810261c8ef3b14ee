"""What the bureau's screens share: fetching what may be seen, and the way back."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from xinghai.accounts.views.reading import person
from xinghai.suggestions import selectors
from xinghai.suggestions.models import Suggestion


def opened(request: HttpRequest, pk: int) -> Suggestion:
    rows = selectors.opened(person(request)).select_related("handler")
    return get_object_or_404(rows, pk=pk)


def way_back(request: HttpRequest) -> str:
    """Return where the person came from: the list with its filters, when it is ours."""
    back = request.GET.get("back") or request.POST.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours and back.startswith("/office/") else reverse("suggestions:office-inbox")


def in_pane(request: HttpRequest) -> bool:
    """The list's reading pane asks: the answer is the part without the frame."""
    return bool(getattr(request, "htmx", False))


def to_record(pk: int, back: str, part: str = "") -> str:
    """Return the reading page's address, which knows the way back to the list."""
    return (
        f"{reverse('suggestions:office-suggestion', args=[pk])}?{urlencode({'back': back})}{part}"
    )
