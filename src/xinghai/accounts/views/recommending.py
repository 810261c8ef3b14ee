"""The planning office's desk of 归口: who recommends whom, and who acts for each body."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xinghai.accounts.forms.recommending import LastDayForm, RecommenderForm, RelationForm
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, Recommends
from xinghai.accounts.selectors import recommending_people, registered_organisations, relations
from xinghai.accounts.separation import AppointmentRefused
from xinghai.accounts.services import (
    RelationRefused,
    add_relation,
    appoint,
    end_appointment,
    end_relation,
)
from xinghai.accounts.views.reading import person
from xinghai.accounts.views.staff import shown_appointments
from xinghai.kernel.clock import city_today, database_now
from xinghai.kernel.spreadsheets import csv_answer
from xinghai.kernel.views import page_of, requires

MANAGE = "accounts.manage_recommending"
ALL = "all"


@requires(MANAGE)
def listed(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Who recommends whom now or later, or whenever; as a page or as a table to download."""
    text, when = request.GET.get("q", ""), request.GET.get("when", "")
    today = city_today()
    rows = relations(text=text, at=None if when == ALL else today)
    if request.GET.get("format") == "csv":
        return _table(rows)
    shown = {
        "page": page_of(rows, request.GET.get("page")),
        "search": text,
        "is_filtered": bool(text or when),
        "filters": [
            {"name": "when", "label": _("时间"), "options": [(ALL, _("含已结束"))], "value": when}
        ],
    }
    return render(request, "accounts/office_recommending.html", shown)


def _table(rows: Iterable[Recommends]) -> StreamingHttpResponse:
    header = (
        _("推荐单位"),
        _("统一社会信用代码"),
        _("被推荐的单位"),
        _("区市县"),
        _("从哪天起"),
        _("最后一天"),
        _("依据"),
    )
    return csv_answer(_("归口推荐关系"), header, map(_line, rows))


def _line(one: Recommends) -> tuple[Any, ...]:
    body, unit = one.recommender, one.unit.name if one.unit else ""
    district = str(one.district or "")
    return (body.name, body.uscc, unit, district, one.from_on, one.to_on, one.source)


@requires(MANAGE, methods=["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_relation(**form.cleaned_data, by=person(request))
        except RelationRefused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("已设定，双方会收到通知。"))
            return redirect("accounts:office-recommending-body", made.recommender_id)
    return render(request, "accounts/office_recommending_add.html", {"form": form})


@requires(MANAGE, methods=["GET", "POST"])
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: whom it recommends, and who acts for it; a post appoints somebody."""
    found = get_object_or_404(registered_organisations(), pk=pk)
    form = RecommenderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["username"]
        try:
            appoint(
                user,
                roles=[Role.RECOMMENDER],
                body=found,
                begins_at=form.term["begins_at"],
                ends_at=form.term["ends_at"],
                by=person(request),
            )
        except AppointmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已任命 %(person)s。") % {"person": user.name})
            return redirect("accounts:office-recommending-body", pk)
    return render(request, "accounts/office_recommending_body.html", _shown(found, form))


def _shown(found: Organisation, form: RecommenderForm) -> dict[str, object]:
    now = database_now()
    return {
        "body": found,
        "relations": relations().filter(recommender=found),
        "people": shown_appointments(recommending_people(found), now, at_body=True),
        "form": form,
        "today": timezone.localdate(now),
    }


@requires(MANAGE, methods=["POST"])
def end_person(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """End one person's appointment at a body now."""
    found = get_object_or_404(registered_organisations(), pk=pk)
    ended = get_object_or_404(recommending_people(found), pk=appointment)
    end_appointment(ended, by=person(request))
    messages.success(request, _("已结束 %(person)s 的任职。") % {"person": ended.user.name})
    return redirect("accounts:office-recommending-body", pk)


@requires(MANAGE, methods=["POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a relation with a day, today at the earliest."""
    relation = get_object_or_404(relations(), pk=pk)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填最后一天。"))
    else:
        try:
            end_relation(relation, by=person(request), **form.cleaned_data)
        except RelationRefused as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("已更新归口关系。"))
    return redirect("accounts:office-recommending-body", relation.recommender_id)
