"""Addresses of the suggestions, by audience; `config.urls` puts each list under its prefix."""

from django.urls import URLPattern, path

from xinghai.casework.views import overview as overview_views
from xinghai.submissions.views import public as views
from xinghai.submissions.views.my import files
from xinghai.submissions.views.my import history
from xinghai.submissions.views.my import home
from xinghai.submissions.views.my import partners
from xinghai.submissions.views.my import parts
from xinghai.submissions.views.my import record
from xinghai.submissions.views.my import starting
from xinghai.submissions.views.my import writing
from xinghai.duplicates import views as alike
from xinghai.casework.views import bulk
from xinghai.casework.views import colleagues
from xinghai.casework.views import deciding
from xinghai.suggestions import group_views as groups
from xinghai.casework.views import lists
from xinghai.casework.views import load
from xinghai.casework.views import saved
from xinghai.casework.views import triage
from xinghai.submissions.views.unit import handing_in
from xinghai.submissions.views.unit import papers
from xinghai.submissions.views.unit import schools

public: list[URLPattern] = [
    path("verify/", views.verify, name="verify"),
]

my: list[URLPattern] = [
    path("", home.home, name="home"),
    path("calls/<slug:code>/start/", starting.start, name="start"),
    path("suggestions/", home.all_suggestions, name="list"),
    path("suggestions/<int:pk>/", record.record, name="record"),
    path("suggestions/<int:pk>/edit/", writing.edit, name="edit"),
    path("suggestions/<int:pk>/save/", writing.save, name="save"),
    path("suggestions/<int:pk>/precheck/", writing.check, name="precheck"),
    path("suggestions/<int:pk>/near/", writing.near, name="near"),
    path("suggestions/<int:pk>/preview/", writing.preview, name="preview"),
    path("suggestions/<int:pk>/submit/", writing.hand_in, name="submit"),
    path("suggestions/<int:pk>/discard/", writing.discard, name="discard"),
    path("suggestions/<int:pk>/print/", writing.printed, name="print"),
    path("suggestions/<int:pk>/receipt/<int:receipt>/", record.receipt, name="receipt"),
    path("suggestions/<int:pk>/recall/", record.take_back, name="recall"),
    path("suggestions/<int:pk>/history/", history.history, name="history"),
    path("suggestions/<int:pk>/history/<int:version>/", history.restore, name="restore"),
    path("suggestions/<int:pk>/merge/", history.merge, name="merge"),
    path("suggestions/<int:pk>/partners/", partners.ask, name="partner-ask"),
    path("suggestions/<int:pk>/files/<uuid:file>/", files.attachment, name="file"),
    path("partners/<int:pk>/withdraw/", partners.withdraw, name="partner-withdraw"),
    path("parts/", parts.parts, name="parts"),
    path("parts/<int:pk>/", parts.part, name="part"),
    path("parts/<int:pk>/save/", parts.save_part, name="part-save"),
    path("parts/<int:pk>/merge/", parts.merge_part, name="part-merge"),
    path("parts/<int:pk>/<slug:action>/", parts.answer_part, name="part-answer"),
    path("parts/accept/<str:token>/", parts.accept, name="part-accept"),
]

unit: list[URLPattern] = [
    path("suggestions/", papers.papers, name="unit-papers"),
    path("suggestions/hand-in/", handing_in.hand_in, name="unit-hand-in"),
    path("suggestions/<int:pk>/", papers.paper, name="unit-paper"),
    path("suggestions/<int:pk>/return/", papers.return_paper, name="unit-return"),
    path("schools/", schools.schools, name="unit-schools"),
    path("reminders/", schools.reminders, name="unit-reminders"),
    path("reminders/send/", schools.remind, name="unit-remind"),
    path("batches/", handing_in.batches, name="unit-batches"),
    path("batches/<int:pk>/", handing_in.batch, name="unit-batch"),
]

office: list[URLPattern] = [
    path("", lists.inbox, name="office-inbox"),
    path("decide/", bulk.decide_many, name="office-decide-many"),
    path("find/", lists.find, name="office-find"),
    path("all/", lists.everything, name="office-everything"),
    path("all/rows.csv", overview_views.rows_file, name="office-rows-file"),
    path("overview/", overview_views.overview, name="office-overview"),
    path("overview/unfinished/", overview_views.unfinished, name="office-unfinished"),
    path("overview/unfinished.csv", overview_views.unfinished_file, name="office-unfinished-file"),
    path("overview/<slug:table>.csv", overview_views.table_file, name="office-overview-file"),
    path("triage/", triage.triage, name="office-triage"),
    path("triage/<int:pk>/", triage.assign, name="office-assign"),
    path("groups/", groups.groups, name="office-groups"),
    path("groups/again/", groups.ask, name="office-groups-ask"),
    path("groups/progress/", groups.progress, name="office-groups-progress"),
    path("groups/ties/<int:pk>/undo/", groups.untie, name="office-untie"),
    path("groups/<int:label>/", groups.group, name="office-group"),
    path("load/", load.load, name="office-load"),
    path("views/", saved.views, name="office-views"),
    path("views/<int:pk>/", saved.change, name="office-view"),
    path("suggestions/<int:pk>/", deciding.show, name="office-suggestion"),
    path("suggestions/<int:pk>/give/", colleagues.give, name="office-give"),
    path("suggestions/<int:pk>/notes/", colleagues.write, name="office-note"),
    path(
        "suggestions/<int:pk>/notes/<int:note>/withdraw/",
        colleagues.withdraw,
        name="office-note-withdraw",
    ),
    path("suggestions/<int:pk>/like/<int:other>/", alike.side_by_side, name="office-like"),
    path("suggestions/<int:pk>/<slug:action>/", deciding.decide, name="office-decide"),
]
