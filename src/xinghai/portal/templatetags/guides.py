"""The help link of every page."""

from typing import Any

from django import template
from django.urls import reverse

from xinghai.portal.guides import explained_at

register = template.Library()


@register.simple_tag(takes_context=True)
def help_address(context: dict[str, Any]) -> str:
    """Where the page that is open is explained."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None:
        return reverse("portal:help")
    guide, anchor = explained_at(match.view_name, request.path)
    if not guide:
        return reverse("portal:help")
    address = reverse("portal:guide", args=[guide])
    return f"{address}#{anchor}" if anchor else address
