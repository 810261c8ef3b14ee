"""Addresses of the suggestions, by audience; `config.urls` puts each list under its prefix."""

from django.urls import URLPattern, path

from xinghai.suggestions import office_views, unit_views

public: list[URLPattern] = []

my: list[URLPattern] = []

unit: list[URLPattern] = [
    path("suggestions/", unit_views.papers, name="unit-papers"),
    path("suggestions/hand-in/", unit_views.hand_in, name="unit-hand-in"),
    path("suggestions/<int:pk>/", unit_views.paper, name="unit-paper"),
    path("suggestions/<int:pk>/return/", unit_views.return_paper, name="unit-return"),
    path("batches/", unit_views.batches, name="unit-batches"),
    path("batches/<int:pk>/", unit_views.batch, name="unit-batch"),
]

office: list[URLPattern] = [
    path("", office_views.inbox, name="office-inbox"),
    path("decide/", office_views.decide_many, name="office-decide-many"),
    path("all/", office_views.everything, name="office-everything"),
    path("triage/", office_views.triage, name="office-triage"),
    path("triage/<int:pk>/", office_views.assign, name="office-assign"),
    path("suggestions/<int:pk>/", office_views.show, name="office-suggestion"),
    path("suggestions/<int:pk>/<slug:action>/", office_views.decide, name="office-decide"),
]
