"""The public statistics and their tables as open data."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from xinghai.kernel.kept_pages import kept
from xinghai.kernel.spreadsheets import csv_answer
from xinghai.kernel.views import requires
from xinghai.portal.statistics import FEWEST, read_statistics


@kept("call")
@requires("public")
def statistics(request: HttpRequest) -> HttpResponse:
    """What was received and how far it came, in aggregate; no account needed."""
    found = read_statistics(request.GET.get("call", ""))
    query = f"?{urlencode({'call': found.call.code})}" if found else ""
    shown = {"statistics": found, "fewest": FEWEST, "query": query}
    return render(request, "portal/statistics.html", shown)


@requires("public")
def table_file(request: HttpRequest, table: str) -> StreamingHttpResponse:
    """One table as open data; what is too small to be shown is too small for the file."""
    found = read_statistics(request.GET.get("call", ""))
    if found is None or table not in found.tables:
        raise Http404
    if found.total < FEWEST and table != "calls":
        raise Http404
    chosen = found.tables[table]
    header = [str(column.label) for column in chosen.columns]
    return csv_answer(f"{found.call.code}-{table}", header, chosen.plain())
