"""Addresses that are a suggestion's own, below `/office/suggestions/`: groups of a call."""

from django.urls import URLPattern, path

from xinghai.suggestions import group_views

office: list[URLPattern] = [
    path("groups/", group_views.groups, name="office-groups"),
    path("groups/again/", group_views.ask, name="office-groups-ask"),
    path("groups/progress/", group_views.progress, name="office-groups-progress"),
    path("groups/ties/<int:pk>/undo/", group_views.untie, name="office-untie"),
    path("groups/<int:label>/", group_views.group, name="office-group"),
]
