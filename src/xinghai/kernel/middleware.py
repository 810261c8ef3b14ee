"""Per-request facts the trail needs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from xinghai.kernel import events


class ClientAddress:
    """Keep the client's address for the events of this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = events.address.set(request.META.get("REMOTE_ADDR") or None)
        try:
            return self.get_response(request)
        finally:
            events.address.reset(token)
