"""Pages anybody may open."""

from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.utils.translation import get_language

from xinghai.accounts.kinds import OrganisationKind
from xinghai.calls.models import CallForm
from xinghai.calls.selectors import form_named, visible_calls
from xinghai.calls.windows import end_of
from xinghai.kernel.clock import database_now
from xinghai.kernel.display import COOKIE, Display
from xinghai.kernel.form_pages import show_form, show_questions
from xinghai.kernel.forms import Context, examine, parse_answers
from xinghai.kernel.posted import read_posted
from xinghai.kernel.views import requires
from xinghai.portal import notices, samples
from xinghai.portal.sample_form import sample_answers, sample_form
from xinghai.portal.selectors import definition_of, front_calls, read_call

A_YEAR = 365 * 24 * 3600


@requires("public")
def home(request: HttpRequest) -> HttpResponse:
    """What is open now, and what fits the kind of organisation that asks."""
    kind = _kind(request)
    calls = front_calls(database_now(), _language(), kind)
    shown = {
        "open": [one for one in calls if one.window],
        "closed": [one for one in calls if not one.window],
        "kinds": OrganisationKind.choices,
        "kind": kind,
    }
    return render(request, "portal/home.html", shown)


@requires("public")
def call(request: HttpRequest, code: str) -> HttpResponse:
    """A call read like a good notice: summary, then who, what, when and how."""
    now = database_now()
    page = read_call(code, now=now, user=request.user)
    if page is None:
        raise Http404
    kind, language, definition = _kind(request), _language(), definition_of(page.call)
    shown = {
        "call": page.call,
        "window": page.window,
        "windows": page.windows,
        "ends_at": end_of(page.window) if page.window else None,
        "title": notices.said(definition, "title", language),
        "summary": notices.said(definition, "summary", language),
        "issuer": notices.said(definition, "issuer", language),
        "types": list(notices.types_of(definition, language, kind)),
        "forms": notices.forms_of(definition, language),
        "contacts": notices.contacts(definition, language),
        "principles": notices.statements(definition, "principles", language),
        "notes": notices.statements(definition, "notes", language),
        "division": notices.division(definition, language),
        "endorsed": [notices.kind_name(one) for one in page.call.endorsed_kinds],
        "endorsed_source": definition.get("endorsed_source", ""),
        "kinds": OrganisationKind.choices,
        "kind": kind,
    }
    return render(request, "portal/call.html", shown)


@requires("public")
def call_form(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A form of the call to read before anything is filled in."""
    found = get_object_or_404(visible_calls(request.user), code=code)
    try:
        form = form_named(found, key).form
    except CallForm.DoesNotExist:
        raise Http404 from None
    context = Context(today=localdate(database_now()))
    page = show_questions(form, context, examine(form, {}, context))
    return render(request, "portal/call_form.html", {"call": found, "page": page})


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in OrganisationKind.values else ""


@requires("public", methods=["POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Keep one choice of language, theme, contrast or text size, and go back to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = redirect(back)
    name, _, value = request.POST.get("choice", "").partition(":")
    if name == "language" and value in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, value, max_age=A_YEAR, samesite="Lax")
    else:
        chosen = Display.from_cookie(request.COOKIES.get(COOKIE, "")).with_choice(name, value)
        answer.set_cookie(COOKIE, chosen.to_cookie(), max_age=A_YEAR, samesite="Lax")
    return answer


@requires("public")
def design(request: HttpRequest) -> HttpResponse:
    """The living page: every part of the look, once, as it is used."""
    now = database_now()
    shown = {
        "chips": samples.chips(),
        "chart": samples.chart(),
        "tracker": samples.tracker(now),
        "problems": samples.problems(),
        "comments": samples.comments(now),
        "comparison": samples.comparison(),
        "table": samples.table(),
        "actions": samples.actions(),
        "filters": samples.filters(),
        "since": now - timedelta(days=3),
        "until": now + timedelta(days=12, hours=5),
        "soon": now + timedelta(hours=6, minutes=20),
        "page": Paginator(range(412), 25).get_page(request.GET.get("page")),
    }
    return render(request, "portal/design.html", shown)


@requires("public")
def design_staff(request: HttpRequest) -> HttpResponse:
    """The staff frame: navigation, list and reading pane, with its keys."""
    now = database_now()
    queue = samples.queue(request.GET.get("row", ""))
    shown = {
        "queue": queue,
        "shown": next(row for row in queue if row["selected"]),
        "table": samples.table(),
        "filters": samples.filters(),
        "tracker": samples.tracker(now),
        "comments": samples.comments(now),
        "actions": samples.actions(),
        "page": Paginator(range(412), 25).get_page(request.GET.get("page")),
    }
    return render(request, "portal/design_staff.html", shown)


@requires("public", methods=["GET", "POST"])
def design_form(request: HttpRequest) -> HttpResponse:
    """Every kind of field to try; a post is examined and shown again, nothing is stored."""
    form, answers = sample_form(), sample_answers()
    if request.method == "POST":
        answers = parse_answers(form, read_posted(request.POST.lists()), base=answers)
    context = Context(today=localdate(database_now()))
    report = examine(form, answers, context)
    is_submit = request.POST.get("do") == "submit"
    page = show_form(form, answers, report, context, show_missing=is_submit)
    return render(request, "portal/design_form.html", {"page": page})
