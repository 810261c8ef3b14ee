"""The help, and the living pages of the look."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from xinghai.kernel.clock import city_today, database_now
from xinghai.kernel.form_pages import show_form
from xinghai.kernel.forms import Context, examine, parse_answers
from xinghai.kernel.kept_pages import kept
from xinghai.kernel.request_data import read_posted
from xinghai.kernel.views import requires
from xinghai.portal import samples
from xinghai.portal.guides import GUIDES, read_guide
from xinghai.portal.sample_form import sample_answers, sample_form


@kept()
@requires("public")
def help_index(request: HttpRequest) -> HttpResponse:
    """The guides, one card for each of our readers."""
    shown = [(read_guide(name), icon) for name, icon in GUIDES.items()]
    return render(request, "portal/help.html", {"guides": shown})


@kept()
@requires("public")
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One guide with its table of contents."""
    if name not in GUIDES:
        raise Http404
    others = [read_guide(one) for one in GUIDES if one != name]
    return render(request, "portal/guide.html", {"guide": read_guide(name), "others": others})


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
        "likeness": samples.likeness(),
        "near": samples.near(),
        "table": samples.table(),
        "actions": samples.actions(),
        "filters": samples.filters(),
        "figures": samples.figures(),
        "answers": samples.answers(now),
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
    context = Context(today=city_today())
    report = examine(form, answers, context)
    is_submit = request.POST.get("do") == "submit"
    page = show_form(form, answers, report, context, show_missing=is_submit)
    return render(request, "portal/design_form.html", {"page": page})
