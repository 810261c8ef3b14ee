"""Addresses of this room: pages over all processes, and the views each process mounts."""

from django.urls import URLPattern, path

from xinghai.kernel.processes import Phase
from xinghai.submissions.mounting import mounted
from xinghai.submissions.process import Process
from xinghai.submissions.views import public as public_views
from xinghai.submissions.views.my import (
    files,
    history,
    home,
    partners,
    parts,
    record,
    starting,
    writing,
)
from xinghai.submissions.views.unit import batches, recommending, records, schools
from xinghai.submissions.views.unit import home as unit_home

public: list[URLPattern] = [
    path("verify/", public_views.verify, name="verify"),
]

# Over all processes.
my: list[URLPattern] = [
    path("", home.home, name="home"),
    path("partners/<int:pk>/withdraw/", partners.withdraw, name="partner-withdraw"),
    path("parts/", parts.parts, name="parts"),
    path("parts/<int:pk>/", parts.part, name="part"),
    path("parts/<int:pk>/save/", parts.save_part, name="part-save"),
    path("parts/<int:pk>/merge/", parts.merge_part, name="part-merge"),
    path("parts/<int:pk>/<slug:action>/", parts.answer_part, name="part-answer"),
    path("parts/accept/<str:token>/", parts.accept, name="part-accept"),
]

unit: list[URLPattern] = [
    path("", unit_home.home, name="unit"),
    path("recommending/", recommending.home, name="recommending"),
]


def my_of(process: Process) -> list[URLPattern]:
    """Return the author's addresses of one process, below `/my/<room>/`."""
    views = {
        "": ("list", home.all_of_mine),
        "start/<slug:code>/": ("start", starting.start),
        "<int:pk>/": ("record", record.record),
        "<int:pk>/edit/": ("edit", writing.edit),
        "<int:pk>/save/": ("save", writing.save),
        "<int:pk>/precheck/": ("precheck", writing.check),
        "<int:pk>/preview/": ("preview", writing.preview),
        "<int:pk>/submit/": ("submit", writing.hand_in),
        "<int:pk>/discard/": ("discard", writing.discard),
        "<int:pk>/print/": ("print", writing.printed),
        "<int:pk>/receipt/<int:receipt>/": ("receipt", record.receipt),
        "<int:pk>/recall/": ("recall", record.take_back),
        "<int:pk>/history/": ("history", history.history),
        "<int:pk>/history/<int:version>/": ("restore", history.restore),
        "<int:pk>/merge/": ("merge", history.merge),
        "<int:pk>/partners/": ("partner-ask", partners.ask),
        "<int:pk>/files/": ("files", files.all_attachments),
        "<int:pk>/files/<uuid:file>/": ("file", files.attachment),
    }
    return [path(at, mounted(view, process), name=name) for at, (name, view) in views.items()]


def unit_of(process: Process) -> list[URLPattern]:
    """Return the research office's addresses of one process, below `/unit/<room>/`."""
    views = {
        "": ("unit-list", records.listed),
        "hand-in/": ("unit-hand-in", batches.hand_in),
        "<int:pk>/": ("unit-record", records.record),
        "<int:pk>/return/": ("unit-return", records.return_to_author),
        "schools/": ("unit-schools", schools.schools),
        "reminders/": ("unit-reminders", schools.reminders),
        "reminders/send/": ("unit-remind", schools.remind),
        "batches/": ("unit-batches", batches.batches),
        "batches/<int:pk>/": ("unit-batch", batches.batch),
    }
    if process.states(Phase.RECOMMENDING):
        views |= {
            "recommending/": ("recommending", recommending.listed),
            "recommending/<int:pk>/": ("recommending-record", recommending.record),
            "recommending/<int:pk>/recommend/": ("recommend", recommending.recommend),
            "recommending/<int:pk>/return/": ("recommender-return", recommending.return_to_author),
        }
    return [path(at, mounted(view, process), name=name) for at, (name, view) in views.items()]
