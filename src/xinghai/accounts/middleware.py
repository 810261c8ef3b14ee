"""The bureau's people prove themselves twice before they reach anything but the set-up page."""

from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinghai.kernel.views import wants_json

ALWAYS_OPEN = ("/account/", "/static/", "/display/", "/healthz/")


class SecondFactor:
    """Asks no query for people without staff roles, nor for staff who have proved themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_NEED_SECOND_FACTOR and is_unproved(request):
            return lead_to_second_factor(request)
        return self.get_response(request)


def is_unproved(request: HttpRequest) -> bool:
    if request.path.startswith(ALWAYS_OPEN) or not getattr(request.user, "is_staff", False):
        return False
    records = get_authentication_records(request, request.user)
    return not any(record["method"] == "mfa" for record in records)


def lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    """A code is asked for where one is set up, else the set-up page opens."""
    has_one = is_mfa_enabled(request.user)
    where = reverse("mfa_reauthenticate" if has_one else "mfa_index")
    if wants_json(request):
        return JsonResponse({"signin_url": where}, status=401)
    if has_one:
        back = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{where}?{urlencode({'next': back})}")
    messages.warning(request, _("工作人员须先设置第二重验证，才能打开其他页面。"))
    return redirect(where)
