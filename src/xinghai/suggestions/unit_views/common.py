"""What the research office's screens share: fetching what is the unit's, and the way back."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from xinghai.accounts.views.reading import person
from xinghai.suggestions import selectors
from xinghai.suggestions.models import Suggestion


def opened(request: HttpRequest, pk: int) -> Suggestion:
    """Fetch a paper of a unit this person administers."""
    units = person(request).administered_ids
    visible = selectors.opened(person(request)).filter(organisation_id__in=units)
    return get_object_or_404(visible, pk=pk)


def way_back(request: HttpRequest) -> str:
    """Return where the person came from: the list with its filters, when it is ours."""
    back = request.GET.get("back") or request.POST.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours and back.startswith("/unit/") else reverse("suggestions:unit-papers")


def in_pane(request: HttpRequest) -> bool:
    """The list's reading pane asks: the answer is the part without the frame."""
    return bool(getattr(request, "htmx", False))
