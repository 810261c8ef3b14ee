"""The parts of a call's page that say what its definition says: drawn once and kept.

The definition's hash names its content, so another definition is another drawing. What the time
or anybody's click changes (windows, answers, the way in) is drawn with each page.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from xinghai.calls.models import Call
from xinghai.portal import notices
from xinghai.portal.notices import Definition

MOST_KEPT = 64
Key = tuple[int, str, str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Drawn:
    """The table of types, and how one applies with whom to ask; `of` is what they were made of."""

    of: Definition
    types: SafeString
    how: SafeString


_kept: dict[Key, Drawn] = {}


def draw(call: Call, definition: Definition, language: str) -> Drawn:
    """Return the parts of this definition, kept from before where it is the same object."""
    endorsed = tuple(call.endorsed_kinds)
    key = (id(definition), call.code, language, get_script_prefix(), endorsed)
    found = _kept.get(key)
    if found is None or found.of is not definition:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _drawn(call, definition, language)
    return found


def _drawn(call: Call, definition: Definition, language: str) -> Drawn:
    shown = {
        "call": call,
        "groups": notices.types_by_kinds(definition, language),
        "forms": notices.forms_of(definition, language),
        "contacts": notices.contacts(definition, language),
        "principles": notices.statements(definition, "principles", language),
        "notes": notices.statements(definition, "notes", language),
        "division": notices.division(definition, language),
        "endorsed": [notices.kind_name(one) for one in call.endorsed_kinds],
        "endorsed_source": definition.get("endorsed_source", ""),
    }
    return Drawn(
        definition,
        render_to_string("portal/call_types.html", shown),
        render_to_string("portal/call_how.html", shown),
    )
