"""A form in a browser against a draft that is kept on a server, without any room above the kernel.

Here only the protocol between page and server is looked at, with the real form, the real
examination and files.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from playwright.sync_api import Locator, Page

from xinghai.config.urls import urlpatterns as house
from xinghai.kernel.form_pages import report_json, show_form
from xinghai.kernel.forms import Context, FileFacts, Report, examine, parse_answers
from xinghai.kernel.models import StoredFile
from xinghai.kernel.request_data import read_posted
from xinghai.portal.sample_form import sample_form


@dataclass
class Draft:
    """What the server holds; `is_signed_out` and `is_broken` let it answer as it would then."""

    answers: dict[str, Any] = field(default_factory=dict)
    version: int = 1
    saves: list[float] = field(default_factory=list)
    posts: int = 0
    is_signed_out: bool = False
    is_broken: bool = False


draft = Draft()
SAVED = re.compile(r"已保存 \d\d:\d\d:\d\d")


def examined() -> tuple[Context, Report]:
    files = {
        str(one.pk): FileFacts(one.name, one.size, one.content_type)
        for one in StoredFile.objects.filter(completed_at__isnull=False)
    }
    context = Context(today=timezone.localdate(), files=files)
    return context, examine(sample_form(), draft.answers, context)


def write(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and draft.is_signed_out:
        return redirect("/account/login/?next=/draft/")
    if request.method == "POST":
        draft.posts += 1
        raw = read_posted(request.POST.lists())
        draft.answers = parse_answers(sample_form(), raw, base=draft.answers)
        draft.version += 1
        return redirect("/draft/")
    context, report = examined()
    page = show_form(sample_form(), draft.answers, report, context)
    shown = {
        "page": page,
        "action": "/draft/",
        "autosave_url": "/draft/save/",
        "version": draft.version,
        "record_key": "draft-1",
        "submit_label": "Submit",
    }
    return render(request, "writing.html", shown)


def save(request: HttpRequest) -> HttpResponse:
    if draft.is_broken:
        return HttpResponse(status=503)
    if draft.is_signed_out:
        return JsonResponse({"signin_url": "/account/login/"}, status=401)
    sent = json.loads(request.body)
    if sent["version"] != draft.version:
        return JsonResponse({"merge_url": "/draft/merge/"}, status=409)
    draft.answers = parse_answers(sample_form(), sent["answers"], base=draft.answers)
    draft.version += 1
    draft.saves.append(timezone.now().timestamp())
    _context, report = examined()
    said = {
        "version": draft.version,
        "saved_at": timezone.now().isoformat(),
        "report": report_json(sample_form(), report),
    }
    return JsonResponse(said)


urlpatterns = [path("draft/", write), path("draft/save/", save), *house]

TEMPLATE = """{% extends "base/applicant.html" %}{% load static %}
{% block title %}Draft{% endblock %}
{% block scripts %}
<script type="module" src="{% static 'xinghai/form.js' %}"></script>
{% endblock %}
{% block content %}<h1>Draft</h1>{% include "kernel/forms/form.html" %}{% endblock %}"""


def begin(settings: Any) -> None:
    """Let the site have the draft's two addresses, and an empty draft."""
    settings.ROOT_URLCONF = sys.modules[__name__]
    templates = settings.TEMPLATES[0]
    local = ("django.template.loaders.locmem.Loader", {"writing.html": TEMPLATE})
    [(cached, house_loaders)] = templates["OPTIONS"]["loaders"]
    options = {**templates["OPTIONS"], "loaders": [(cached, [local, *house_loaders])]}
    settings.TEMPLATES = [{**templates, "OPTIONS": options}]
    draft.__dict__.update(Draft().__dict__)


def title(page: Page) -> Locator:
    return page.get_by_label("指南建议名称")


def state(page: Page) -> Locator:
    return page.locator("[data-save-state]")
