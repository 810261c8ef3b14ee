"""A person's own pages: the profile, the way into a unit."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.forms.own import OrganisationForm, ProfileForm
from xinghai.accounts.models import Membership
from xinghai.accounts.selectors import (
    departments_of,
    own_memberships,
    pick_organisations,
    registered_organisations,
    registered_with_code,
)
from xinghai.accounts.services import (
    AlreadyRegistered,
    LastAdministrator,
    change_own_department,
    change_profile,
    decide_membership,
    register_organisation,
    request_membership,
)
from xinghai.accounts.states import CONFIRMED, INVITED, REQUESTED
from xinghai.accounts.views.reading import person, way_back
from xinghai.kernel.request_data import numbers
from xinghai.kernel.views import requires
from xinghai.kernel.workflow import TransitionRefused

STANDING = (INVITED, REQUESTED, CONFIRMED)
OWN_STEPS = {
    "accept": gettext_noop("您已加入“%(unit)s”。"),
    "decline": gettext_noop("已谢绝“%(unit)s”的邀请。"),
    "leave": gettext_noop("您已离开“%(unit)s”。"),
}


@requires("accounts.use_profile", methods=["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Own data, which every form reuses, and where one belongs."""
    form = ProfileForm(request.POST or None, instance=person(request))
    if request.method == "POST" and form.is_valid():
        change_profile(person(request), **form.cleaned_data)
        messages.success(request, _("已保存。以后的填报会用这些资料。"))
        return redirect("accounts:profile")
    shown = {
        "form": form,
        "memberships": own_memberships(person(request)),
        "departments": departments_of(person(request).unit_ids),
    }
    return render(request, "accounts/profile.html", shown)


@requires("accounts.use_profile", methods=["POST"])
def own_department(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the school or department one works in."""
    membership = get_object_or_404(own_memberships(person(request)), pk=pk)
    try:
        change_own_department(membership, request.POST.get("department", ""), by=person(request))
    except Membership.DoesNotExist as left:
        raise Http404 from left
    messages.success(request, _("院系或部门已保存。"))
    return redirect("accounts:profile")


@requires("accounts.join_organisation")
def my_unit(request: HttpRequest) -> HttpResponse:
    """Find the unit by name, initials or code and ask to join; or register it; or later."""
    asked = request.GET.get("q", "").strip()
    memberships = list(own_memberships(person(request)))
    there = {one.organisation_id for one in memberships if one.state in STANDING}
    shown = {
        "asked": asked,
        "found": [(unit, unit.pk in there) for unit in pick_organisations(asked)],
        "memberships": memberships,
        "back": way_back(request),
    }
    return render(request, "accounts/my_unit.html", shown)


@requires("accounts.join_organisation", methods=["GET", "POST"])
def register_unit(request: HttpRequest) -> HttpResponse:
    """Register a unit; its first person administers it."""
    form = OrganisationForm(request.POST or None)
    known = None
    if request.method == "POST" and form.is_valid():
        try:
            register_organisation(form.facts(), by=person(request))
        except AlreadyRegistered as taken:
            known = registered_with_code(form.cleaned_data["uscc"])
            form.add_error("uscc", str(taken))
        else:
            messages.success(
                request, _("单位已登记，等待科技局核实。现在就可以写草稿，核实后即可提交。")
            )
            return redirect(way_back(request) or settings.LOGIN_REDIRECT_URL)
    shown = {"form": form, "known": known, "back": way_back(request)}
    return render(request, "accounts/register_unit.html", shown)


@requires("accounts.join_organisation", methods=["POST"])
def ask_to_join(request: HttpRequest) -> HttpResponse:
    chosen = numbers([request.POST.get("unit", "")])
    unit = get_object_or_404(registered_organisations(), pk__in=chosen)
    try:
        request_membership(
            unit, by=person(request), department=request.POST.get("department", "")[:60]
        )
    except TransitionRefused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(
            request,
            _("已向“%(unit)s”的管理员提出申请，确认后会通知您。") % {"unit": unit.name},
        )
    return redirect(way_back(request) or "accounts:profile")


@requires("accounts.own_membership", methods=["POST"])
def own_step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Accept or decline an invitation, or leave."""
    membership = get_object_or_404(own_memberships(person(request)), pk=pk)
    try:
        decide_membership(membership, action, by=person(request))
    except (TransitionRefused, LastAdministrator) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _(OWN_STEPS[action]) % {"unit": membership.organisation.name})
    return redirect("accounts:profile")


@requires("signed_in")
def search_organisations(request: HttpRequest) -> HttpResponse:
    """Units for a picker, as JSON: what is public about them and nothing else."""
    found = [
        {
            "id": unit.pk,
            "name": unit.name,
            "uscc": unit.uscc,
            "kind": unit.kind,
            "kind_label": unit.get_kind_display(),
            "district": str(unit.district),
        }
        for unit in pick_organisations(request.GET.get("q", ""))
    ]
    return JsonResponse(found, safe=False)
