"""Addresses of the calls, by audience; the public pages stand in the portal."""

from django.urls import path

from xinghai.calls import views

office = [
    path("calls/", views.office_calls, name="office-calls"),
    path("calls/<slug:code>/publish/", views.publish, name="publish"),
    path("calls/<slug:code>/cancel/", views.cancel, name="cancel"),
]
