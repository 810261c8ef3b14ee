"""Addresses of the calls, by audience; the public pages stand in the portal."""

from django.urls import path

from xinghai.calls import question_views, views

public = [path("calls/<slug:code>/ask/", question_views.ask, name="ask")]

my = [path("questions/", question_views.own_questions, name="own-questions")]

office = [
    path("calls/", views.office_calls, name="office-calls"),
    path("calls/<slug:code>/publish/", views.publish, name="publish"),
    path("calls/<slug:code>/cancel/", views.cancel, name="cancel"),
    path("questions/", question_views.desk, name="desk-questions"),
    path("questions/<int:pk>/", question_views.show, name="question"),
    path("questions/<int:pk>/answer/", question_views.answer, name="answer-question"),
    path("questions/<int:pk>/refuse/", question_views.refuse, name="refuse-question"),
    path("questions/<int:pk>/pass-on/", question_views.pass_on, name="pass-on-question"),
]
