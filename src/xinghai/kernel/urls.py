"""Addresses of the mechanisms: uploads and messages."""

from django.urls import path

from xinghai.kernel import notice_pages, pages

my = [
    path("files/", pages.open_upload, name="upload-open"),
    path("files/<uuid:pk>/", pages.continue_upload, name="upload"),
    path("notices/", notice_pages.list_notices, name="notices"),
    path("notices/read/", notice_pages.read_notices, name="notices-read"),
    path("notices/settings/", notice_pages.preferences, name="notice-preferences"),
    path("notices/<int:pk>/", notice_pages.open_notice, name="notice"),
]
