"""Registering, and accepting an invitation."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinghai.accounts.forms.entrance import SignUpForm
from xinghai.accounts.services import (
    AlreadyRegistered,
    InvitationUnusable,
    find_invitation,
    register_person,
    use_invitation,
)
from xinghai.accounts.views.reading import person, way_back, with_way_back
from xinghai.kernel.views import requires
from xinghai.kernel.workflow import TransitionRefused

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@requires("public", methods=["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Create an account and go on to "my unit", already signed in."""
    back = way_back(request)
    if request.user.is_authenticated:
        return redirect(back or "accounts:profile")
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            newcomer = register_person(**form.facts())
        except AlreadyRegistered as taken:
            form.add_error("username", str(taken))
        else:
            login(request, newcomer, backend=BACKEND)
            if back.startswith("/account/invitation/"):
                return redirect(back)
            return redirect(with_way_back(reverse("accounts:my-unit"), back))
    return render(request, "account/signup.html", {"form": form, "back": back})


@requires("signed_in")
def own_email(request: HttpRequest) -> HttpResponse:
    """The sign-in library's page of addresses: here the address stands in the profile."""
    return redirect("accounts:profile")


@requires("public", methods=["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites; a signed-in person joins with one press."""
    if request.method == "POST" and request.user.is_authenticated:
        try:
            membership = use_invitation(token, by=person(request))
        except (InvitationUnusable, TransitionRefused) as refused:
            messages.error(request, str(refused))
            return redirect("accounts:profile")
        messages.success(
            request, _("您已加入“%(unit)s”。") % {"unit": membership.organisation.name}
        )
        return redirect("accounts:profile")
    shown = {"invitation": find_invitation(token), "back": request.path}
    return render(request, "accounts/invitation.html", shown)
