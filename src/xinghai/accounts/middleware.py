"""Who asks; the bureau's people prove themselves twice before they reach more than the set-up."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinghai.kernel.views import wants_json

ALWAYS_OPEN = ("/account/", "/static/", "/display/", "/healthz/")


class Visitor(AuthenticationMiddleware):
    """Take the person the session was read with; every other case is Django's to decide."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: visitor_of(request))  # type: ignore[assignment]


def visitor_of(request: Any) -> Any:
    """Return who asks: verified as Django does, but without a statement of its own."""
    if not hasattr(request, "_cached_user") and (known := _known(request.session)) is not None:
        request._cached_user = known
    return get_user(request)


def _known(session: Any) -> Any:
    """Return the session's person where nothing stands in the way; else None."""
    pk, backend = session.get(SESSION_KEY), session.get(BACKEND_SESSION_KEY)
    person = getattr(session, "account", None)
    if person is None or str(person.pk) != pk or not person.is_active:
        return None
    if backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    stated, real = session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()
    return person if constant_time_compare(stated, real) else None


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
