"""Template tags that draw a form definition: a field with its label, or only the control."""

from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xinghai.kernel.drawn_fields import draw
from xinghai.kernel.forms.trees import tree_named
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
    return draw(shown, csrf_token=context.get("csrf_token"))


@register.simple_tag
def form_control(shown: ShownField) -> SafeString:
    """Only the control, by the template of its kind."""
    return render_to_string(shown.template, {"shown": shown})


@register.simple_tag
def tree_options(slot: ShownField) -> SafeString:
    """The codes of a classification as options, first levels as groups, the slot's code chosen."""
    options = _tree_options(slot.field.tree, slot.language)
    if not slot.text:
        return options
    place = f'value="{escape(slot.text)}"'
    return mark_safe(options.replace(place, f"{place} selected", 1))  # noqa: S308


@cache
def _tree_options(tree: str, language: str) -> SafeString:
    """Built once: some forms hold six of these lists, each with a hundred codes."""
    found = tree_named(tree)
    parts = []
    for node in found.children():
        below = found.children(node.code)
        options = format_html_join(
            "",
            '<option value="{}">{} {}</option>',
            ((one.code, one.code, one.name.say(language)) for one in (node, *below)),
        )
        name = node.name.say(language)
        group = '<optgroup label="{} {}">{}</optgroup>'
        parts.append(format_html(group, node.code, name, options) if below else options)
    return SafeString("".join(parts))


@register.filter
def rail_icon(state: str) -> str:
    return RAIL_ICONS.get(state, RAIL_ICONS["empty"])


@register.filter
def state_words(state: str) -> str:
    words = {"begun": _("填写中"), "problem": _("有问题"), "complete": _("已填好")}
    return words.get(state, _("未填"))
