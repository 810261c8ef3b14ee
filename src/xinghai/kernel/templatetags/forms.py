"""Drawing a form that is data: one tag for a field, one for a bare control."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinghai.kernel.shown_fields import ShownField

register = template.Library()

RAIL_ICONS = {
    "empty": "circle-dashed",
    "begun": "circle-dot",
    "problem": "alert-circle",
    "complete": "circle-check",
}


@register.simple_tag(takes_context=True)
def form_field(context: dict[str, Any], shown: ShownField) -> SafeString:
    """A field with label, help, problems, control, counter and source."""
    inside = {"shown": shown, "csrf_token": context.get("csrf_token")}
    return render_to_string("kernel/forms/field.html", inside)


@register.simple_tag
def form_control(shown: ShownField) -> SafeString:
    """Only the control, by the template of its kind."""
    return render_to_string(shown.template, {"shown": shown})


@register.filter
def rail_icon(state: str) -> str:
    return RAIL_ICONS.get(state, RAIL_ICONS["empty"])


@register.filter
def state_words(state: str) -> str:
    words = {"begun": _("填写中"), "problem": _("有问题"), "complete": _("已填好")}
    return words.get(state, _("未填"))
