"""Per-request facts the trail needs, and headers that say what a page of ours may do."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.shortcuts import render

from xinghai.kernel import events
from xinghai.kernel.apart import NotReady
from xinghai.kernel.forms.typed import storable
from xinghai.kernel.request_memory import one_request

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ClientAddress:
    """Keep the client's address for the events of this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = events.address.set(_address(request))
        try:
            return self.get_response(request)
        finally:
            events.address.reset(token)


def _address(request: HttpRequest) -> str | None:
    """Return who asked; behind a proxy the last address it noted, which it saw itself."""
    noted = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    asked = noted.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
    with suppress(ValueError):
        return str(ip_address(asked))
    return None


class OneRequest:
    """Begin the memory of a request (`kernel.request_memory`): the time, the city's lists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_request():
            return self.get_response(request)


class SecurityHeaders:
    """Allow only our own origin and nothing inline. A view that needs more sets its own header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if _belongs_to_somebody(request):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _belongs_to_somebody(request: HttpRequest) -> bool:
    """A page of a session stays in no cache: the next person at this screen may press "back"."""
    return hasattr(request, "session") and settings.SESSION_COOKIE_NAME in request.COOKIES


class StorableText:
    """Remove NUL characters from request data: PostgreSQL cannot store them.

    It runs before the session, whose key is read from a cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request: Any, *_view: Any) -> None:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _storable(request.GET)
        with suppress(UnreadablePostError):  # a visitor who left; the view reads it again
            if request.method == "POST" and any("\0" in text for text in _texts(request.POST)):
                request.POST = _storable(request.POST)


class WaitingForTexts:
    """Say so where a page needs the process that compares texts, and it has just been started."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotReady):
            return None
        answer = render(request, "503.html", status=503)
        answer.headers["Retry-After"] = "5"
        return answer


def _texts(sent: QueryDict) -> list[str]:
    return [text for name, values in sent.lists() for text in (name, *values)]


def _storable(sent: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True)
    for name, values in sent.lists():
        cleaned.setlistdefault(storable(name)).extend(storable(values))
    cleaned._mutable = False
    return cleaned
