"""Addresses of the mechanisms: the choice of look, uploads and messages."""

from django.urls import path

from xinghai.kernel import display_pages, message_pages, upload_pages

public = [path("display/", display_pages.display, name="display")]

my = [
    path("files/", upload_pages.open_upload, name="upload-open"),
    path("files/<uuid:pk>/", upload_pages.continue_upload, name="upload"),
    path("notices/", message_pages.list_notices, name="notices"),
    path("notices/read/", message_pages.read_notices, name="notices-read"),
    path("notices/settings/", message_pages.preferences, name="notice-preferences"),
    path("notices/<int:pk>/", message_pages.open_notice, name="notice"),
]
