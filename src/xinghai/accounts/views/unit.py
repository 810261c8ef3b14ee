"""My organisation, for its administrators: its data, its people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.forms.own import InvitationForm, MembershipForm, OrganisationForm
from xinghai.accounts.selectors import (
    administered_organisations,
    departments_of,
    managed_memberships,
    open_invitations,
    people_of,
    standing_of_unit,
)
from xinghai.accounts.services import (
    LastAdministrator,
    TooManyInvitations,
    ask_again,
    change_membership,
    change_organisation,
    decide_membership,
    link_of,
)
from xinghai.accounts.states import PENDING, VERIFIED
from xinghai.accounts.tasks import invite_by_mail
from xinghai.accounts.views.reading import own_unit, person
from xinghai.kernel.views import page_of, requires
from xinghai.kernel.workflow import TransitionRefused

MANAGE = "accounts.manage_organisation"
DONE = {
    "confirm": gettext_noop("%(person)s 已成为本单位成员。"),
    "turn_down": gettext_noop("已告知 %(person)s 不是本单位人员。"),
    "remove": gettext_noop("%(person)s 已移出本单位。"),
}


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """The unit the page is about: the one asked for, else the first one administered."""
    units = list(administered_organisations(person(request)))
    asked = request.GET.get("unit", "")
    chosen = [unit for unit in units if str(unit.pk) == asked] if asked else units
    if not chosen:
        raise Http404
    return {"unit": chosen[0], "units": units}


def _back_to(name: str, unit_pk: int) -> HttpResponse:
    return redirect(f"{reverse(name)}?unit={unit_pk}")


@requires(MANAGE)
def show_unit(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    shown = {**chosen, **standing_of_unit(chosen["unit"]), "tab": "facts"}
    return render(request, "accounts/unit.html", shown)


@requires(MANAGE, methods=["GET", "POST"])
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = own_unit(request, pk)
    was_verified = unit.state == VERIFIED
    form = OrganisationForm(request.POST or None, organisation=unit)
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(unit, form.facts(), by=person(request))
        except TransitionRefused as refused:
            messages.error(request, refused.reason)
            return redirect("accounts:profile")
        messages.success(request, _("单位资料已保存。"))
        if was_verified and unit.state == PENDING:
            messages.warning(request, _("名称或性质改了，须由科技局重新核实，核实后才能提交。"))
        return _back_to("accounts:unit", unit.pk)
    return render(request, "accounts/unit_edit.html", {"form": form, "unit": unit})


@requires(MANAGE, methods=["POST"])
def ask_verification_again(request: HttpRequest, pk: int) -> HttpResponse:
    unit = own_unit(request, pk)
    try:
        ask_again(unit, by=person(request))
    except TransitionRefused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已重新提交，科技局核实后会通知您。"))
    return _back_to("accounts:unit", unit.pk)


@requires(MANAGE)
def show_people(request: HttpRequest) -> HttpResponse:
    shown = _chosen(request)
    people = people_of(shown["unit"], text=request.GET.get("q", ""))
    shown |= {
        "tab": "people",
        "asking": people.asking(),
        "page": page_of(people.belonging(), request.GET.get("page")),
        "search": request.GET.get("q", ""),
        "invitations": open_invitations(shown["unit"]),
        "form": InvitationForm(),
    }
    return render(request, "accounts/unit_people.html", shown)


@requires(MANAGE, methods=["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a link; the page shows it once too, for handing it over another way."""
    unit = own_unit(request, pk)
    form = InvitationForm(request.POST or None)
    shown: dict[str, Any] = {"unit": unit, "form": form}
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            token = invite_by_mail(unit, email=email, by=person(request))
        except TooManyInvitations as refused:
            form.add_error("email", str(refused))
        else:
            shown |= {"link": link_of(token), "email": email}
    return render(request, "accounts/invite.html", shown)


@requires("accounts.manage_membership", methods=["POST"])
def decide(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Confirm, turn down or remove a person."""
    membership = get_object_or_404(managed_memberships(person(request)), pk=pk)
    try:
        decide_membership(
            membership, action, by=person(request), reason=request.POST.get("reason", "")
        )
    except (TransitionRefused, LastAdministrator) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _(DONE[action]) % {"person": membership.user.name})
    if membership.user_id == person(request).pk:
        return redirect("accounts:profile")
    return _back_to("accounts:unit-people", membership.organisation_id)


@requires("accounts.manage_membership", methods=["GET", "POST"])
def edit_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's role and department."""
    membership = get_object_or_404(managed_memberships(person(request)), pk=pk, state="confirmed")
    form = MembershipForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        try:
            change_membership(membership, **form.cleaned_data, by=person(request))
        except LastAdministrator as refused:
            form.add_error("role", str(refused))
        else:
            messages.success(request, _("已保存。"))
            return _back_to("accounts:unit-people", membership.organisation_id)
    shown = {
        "form": form,
        "membership": membership,
        "departments": departments_of([membership.organisation_id]),
    }
    return render(request, "accounts/unit_member.html", shown)
