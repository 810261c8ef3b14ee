"""Addresses of before each process had its own: bookmarks and messages still lead to them."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path

from xinghai.kernel.views import requires

# What stood directly below an audience belongs to suggestions, the only process of that time.
MOVED = {
    "my/calls/<slug:code>/start/": "/my/suggestions/start/{code}/",
    "unit/schools/": "/unit/suggestions/schools/",
    "unit/reminders/": "/unit/suggestions/reminders/",
    "unit/batches/": "/unit/suggestions/batches/",
    "unit/batches/<int:pk>/": "/unit/suggestions/batches/{pk}/",
    "office/all/": "/office/suggestions/all/",
    "office/all/rows.csv": "/office/suggestions/all/rows.csv",
    "office/overview/": "/office/suggestions/overview/",
    "office/overview/unfinished/": "/office/suggestions/overview/unfinished/",
    "office/overview/unfinished.csv": "/office/suggestions/overview/unfinished.csv",
    "office/overview/<slug:table>.csv": "/office/suggestions/overview/{table}.csv",
    "office/triage/": "/office/suggestions/triage/",
    "office/groups/": "/office/suggestions/groups/",
    "office/groups/<int:label>/": "/office/suggestions/groups/{label}/",
    "office/load/": "/office/suggestions/load/",
    "office/views/": "/office/suggestions/views/",
}


@requires("public")
def moved(request: HttpRequest, /, *, address: str, **names: object) -> HttpResponse:
    """Lead to the new address with the same words; there the permission is asked."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(address.format(**names) + (f"?{query}" if query else ""))


old_addresses: list[URLPattern] = [path(old, moved, {"address": new}) for old, new in MOVED.items()]
