"""Addresses of this room that each process mounts."""

from django.urls import URLPattern, path

from xinghai.duplicates import views
from xinghai.submissions.mounting import mounted
from xinghai.submissions.process import Process


def my_of(process: Process) -> list[URLPattern]:
    """Return the author's addresses of one process, below `/my/<room>/`."""
    return [path("<int:pk>/near/", mounted(views.near, process), name="near")]


def office_of(process: Process) -> list[URLPattern]:
    """Return the bureau's addresses of one process, below `/office/<room>/`."""
    compare = mounted(views.side_by_side, process)
    return [path("<int:pk>/like/<int:other>/", compare, name="office-like")]
