"""Addresses anybody may open."""

from django.urls import path

from xinghai.portal import call_views, finding_views, statistics_views, views

public = [
    path("", call_views.home, name="home"),
    path("what/", finding_views.what, name="what"),
    path("search/", finding_views.find, name="search"),
    path("calls/", call_views.calls, name="calls"),
    path("calls/<slug:code>/", call_views.call, name="call"),
    path("calls/<slug:code>/questions/", call_views.call_questions, name="call-questions"),
    path("calls/<slug:code>/forms/<slug:key>/", call_views.call_form, name="call-form"),
    path("statistics/", statistics_views.statistics, name="statistics"),
    path("statistics/<slug:table>.csv", statistics_views.table_file, name="statistics-file"),
    path("help/", views.help_index, name="help"),
    path("help/<slug:name>/", views.guide, name="guide"),
    path("design/", views.design, name="design"),
    path("design/staff/", views.design_staff, name="design-staff"),
    path("design/form/", views.design_form, name="design-form"),
]
