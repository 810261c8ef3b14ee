"""Addresses of the mechanisms: uploads and messages."""

from django.urls import path

from xinghai.kernel import pages

my = [
    path("files/", pages.open_upload, name="upload-open"),
    path("files/<uuid:pk>/", pages.continue_upload, name="upload"),
    path("notices/", pages.list_notices, name="notices"),
    path("notices/read/", pages.read_notices, name="notices-read"),
    path("notices/<int:pk>/", pages.open_notice, name="notice"),
]
