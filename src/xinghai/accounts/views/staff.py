"""The system administrator's desk: who works here, with which roles."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.forms.office import AppointmentForm, NewStaffForm
from xinghai.accounts.kinds import Role
from xinghai.accounts.selectors import staff_people
from xinghai.accounts.services import (
    AlreadyRegistered,
    AppointmentRefused,
    appoint_staff,
    create_staff,
    deactivate_staff,
    reactivate_staff,
)
from xinghai.accounts.views.reading import person
from xinghai.kernel.navigation import entries_for
from xinghai.kernel.views import page_of, requires

MANAGE = "accounts.manage_staff"


@requires("accounts.enter_desk")
def desk(request: HttpRequest) -> HttpResponse:
    """Open the first page this person's roles give; a role without a desk opens the profile."""
    entries = entries_for("staff", person(request))
    return redirect(entries[0].url_name if entries else "accounts:profile")


@requires(MANAGE)
def list_staff(request: HttpRequest) -> HttpResponse:
    text, role = request.GET.get("q", ""), request.GET.get("role", "")
    rows = staff_people(text=text, role=role)
    shown = {
        "page": page_of(rows, request.GET.get("page")),
        "search": text,
        "filters": [{"name": "role", "label": _("角色"), "options": Role.choices, "value": role}],
    }
    return render(request, "accounts/office_staff.html", shown)


@requires(MANAGE, methods=["GET", "POST"])
def add_staff(request: HttpRequest) -> HttpResponse:
    """Create a bureau account; its first password is shown on the answer, once."""
    form = NewStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            someone, password = create_staff(**form.cleaned_data, by=person(request))
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
    someone = get_object_or_404(staff_people(), pk=pk)
    form = AppointmentForm(request.POST or None, person=someone)
    if request.method == "POST" and form.is_valid():
        try:
            appoint_staff(someone, **form.cleaned_data, by=person(request))
        except AppointmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已更新 %(person)s 的角色。") % {"person": someone.name})
            return redirect("accounts:office-staff")
    return render(request, "accounts/office_staff_edit.html", {"form": form, "person": someone})


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
