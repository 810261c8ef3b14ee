"""Every address says who may open it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from xinghai.config.foreign_views import FOREIGN_VIEWS

Address = tuple[str, Callable[..., Any]]


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def is_gated(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "permission", "")) or module_of(view) in FOREIGN_VIEWS


def module_of(view: Callable[..., Any]) -> str:
    return getattr(view, "view_class", view).__module__


def test_every_address_names_its_permission() -> None:
    known = list(addresses(get_resolver().url_patterns))
    assert [f"{route} ({module_of(view)})" for route, view in known if not is_gated(view)] == []
    assert "healthz/" in {route for route, _ in known}


def test_a_view_without_a_permission_is_found() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    found = [route for route, view in addresses([path("bare/", bare)]) if not is_gated(view)]
    assert found == ["bare/"]
