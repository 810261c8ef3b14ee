"""Addresses of the bureau: the first page over all processes, and what each process mounts."""

from django.urls import URLPattern, path

from xinghai.casework.views import (
    bulk,
    colleagues,
    deciding,
    home,
    lists,
    load,
    overview,
    saved,
    search,
    triage,
)
from xinghai.submissions.mounting import mounted
from xinghai.submissions.process import Process

first_pages: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/offers/", search.offers, name="offers"),
]


def office_of(process: Process) -> list[URLPattern]:
    """Return the bureau's addresses of one process, below `/office/<room>/`."""
    views = {
        "": ("office-inbox", lists.inbox),
        "decide/": ("office-decide-many", bulk.decide_many),
        "all/": ("office-all", lists.everything),
        "all/rows.csv": ("office-rows-file", overview.rows_file),
        "overview/": ("office-overview", overview.overview),
        "overview/unfinished/": ("office-unfinished", overview.unfinished),
        "overview/unfinished.csv": ("office-unfinished-file", overview.unfinished_file),
        "overview/<slug:table>.csv": ("office-overview-file", overview.table_file),
        "triage/": ("office-triage", triage.triage),
        "triage/<int:pk>/": ("office-assign", triage.assign),
        "load/": ("office-load", load.load),
        "views/": ("office-views", saved.views),
        "views/<int:pk>/": ("office-view", saved.change),
        "<int:pk>/": ("office-record", deciding.record),
        "<int:pk>/give/": ("office-give", colleagues.give),
        "<int:pk>/notes/": ("office-note", colleagues.write),
        "<int:pk>/notes/<int:note>/withdraw/": ("office-note-withdraw", colleagues.withdraw),
        "<int:pk>/<slug:action>/": ("office-decide", deciding.decide),
    }
    return [path(at, mounted(view, process), name=name) for at, (name, view) in views.items()]
