"""The system administrator's desk: who works here, with which roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.forms.office import AppointmentForm, NewStaffForm
from xinghai.accounts.kinds import BUREAU_ROLES
from xinghai.accounts.models import Appointment
from xinghai.accounts.selectors import appointments_of, staff_people
from xinghai.accounts.separation import AppointmentRefused
from xinghai.accounts.services import (
    AlreadyRegistered,
    appoint,
    create_staff,
    deactivate_staff,
    end_appointment,
    reactivate_staff,
)
from xinghai.accounts.views.reading import person
from xinghai.kernel.clock import database_now
from xinghai.kernel.navigation import entries_for
from xinghai.kernel.views import page_of, requires

MANAGE = "accounts.manage_staff"


@dataclass(frozen=True)
class ShownAppointment:
    """One row: how the appointment stands, and the dialog that ends it ("" when none may)."""

    appointment: Appointment
    words: str
    tone: str
    dialog: str = ""


def shown_appointments(
    rows: Iterable[Appointment], now: datetime, *, at_body: bool = False
) -> list[ShownAppointment]:
    """Return the rows of a page that ends appointments at the bureau, or at a body outside."""
    return [_shown(one, now, at_body) for one in rows]


def _shown(one: Appointment, now: datetime, at_body: bool) -> ShownAppointment:
    if one.ends_at is not None and one.ends_at <= now:
        return ShownAppointment(one, _("已结束"), "quiet")
    dialog = f"end-{one.pk}" if bool(one.body_id) == at_body else ""
    if one.begins_at > now:
        return ShownAppointment(one, _("尚未开始"), "waiting", dialog)
    return ShownAppointment(one, _("在任"), "good", dialog)


@requires("accounts.enter_desk")
def desk(request: HttpRequest) -> HttpResponse:
    """Open the first page this person's roles give; a role without a desk opens the profile."""
    entries = entries_for("staff", person(request))
    return redirect(entries[0].url_name if entries else "accounts:profile")


@requires(MANAGE)
def list_staff(request: HttpRequest) -> HttpResponse:
    text, role = request.GET.get("q", ""), request.GET.get("role", "")
    roles = [(one.value, one.label) for one in BUREAU_ROLES]
    rows = staff_people(text=text, role=role)
    shown = {
        "page": page_of(rows, request.GET.get("page")),
        "search": text,
        "filters": [{"name": "role", "label": _("角色"), "options": roles, "value": role}],
    }
    return render(request, "accounts/office_staff.html", shown)


@requires(MANAGE, methods=["GET", "POST"])
def add_staff(request: HttpRequest) -> HttpResponse:
    """Create a bureau account; its first password is shown on the answer, once."""
    form = NewStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wanted = {name: form.cleaned_data[name] for name in ("username", "name")}
            someone, password = create_staff(**wanted, **form.appointed, by=person(request))
        except AlreadyRegistered as taken:
            form.add_error("username", str(taken))
        except AppointmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            shown = {"person": someone, "password": password}
            answer = render(request, "accounts/office_staff_created.html", shown)
            answer.headers["Cache-Control"] = "no-store"
            return answer
    return render(request, "accounts/office_staff_add.html", {"form": form})


@requires(MANAGE, methods=["GET", "POST"])
def edit_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's appointments; a post appoints to further roles."""
    someone = get_object_or_404(staff_people(), pk=pk)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appoint(someone, **form.appointed, by=person(request))
        except AppointmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已任命 %(person)s。") % {"person": someone.name})
            return redirect("accounts:office-staff-person", pk)
    shown = {
        "form": form,
        "person": someone,
        "appointments": shown_appointments(appointments_of(someone), database_now()),
    }
    return render(request, "accounts/office_staff_edit.html", shown)


@requires(MANAGE, methods=["POST"])
def end(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """End one appointment of a person now."""
    someone = get_object_or_404(staff_people(), pk=pk)
    ended = get_object_or_404(appointments_of(someone).of_bureau(), pk=appointment)
    try:
        end_appointment(ended, by=person(request))
    except AppointmentRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已结束 %(person)s 的任职。") % {"person": someone.name})
    return redirect("accounts:office-staff-person", pk)


@requires(MANAGE, methods=["POST"])
def switch_staff(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """End a person's access, or give it back."""
    someone = get_object_or_404(staff_people(), pk=pk)
    act = {"deactivate": deactivate_staff, "reactivate": reactivate_staff}[action]
    try:
        act(someone, by=person(request))
    except AppointmentRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已更新 %(person)s 的账号。") % {"person": someone.name})
    return redirect("accounts:office-staff-person", pk)
