"""Addresses anybody may open."""

from django.urls import path

from xinghai.portal import statistics_views, views

public = [
    path("", views.home, name="home"),
    path("calls/<slug:code>/", views.call, name="call"),
    path("calls/<slug:code>/forms/<slug:key>/", views.call_form, name="call-form"),
    path("statistics/", statistics_views.statistics, name="statistics"),
    path("statistics/<slug:table>.csv", statistics_views.table_file, name="statistics-file"),
    path("display/", views.display, name="display"),
    path("design/", views.design, name="design"),
    path("design/staff/", views.design_staff, name="design-staff"),
    path("design/form/", views.design_form, name="design-form"),
]
