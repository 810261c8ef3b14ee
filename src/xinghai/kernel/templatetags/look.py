"""Words and drawings that templates share: icons, moments, amounts, comparisons, navigation."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.templatetags.static import static
from django.utils.html import format_html

from xinghai.kernel import humanize
from xinghai.kernel.clock import known_moment, note_end
from xinghai.kernel.comparing import Comparison, compare_texts
from xinghai.kernel.messaging import unread_count
from xinghai.kernel.navigation import (
    Entry,
    Frame,
    SearchField,
    entries_for,
    help_url,
    search_field_for,
    sections_for,
)
from xinghai.kernel.navigation import page_url as address_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from django.contrib.messages.storage.base import Message
    from django.forms import BaseForm, BoundField
    from django.utils.safestring import SafeString

register = template.Library()

SOON = timedelta(days=3)
CHIP_ICONS = {
    "waiting": "hourglass",
    "moving": "arrow-forward-up",
    "good": "circle-check",
    "problem": "alert-circle",
    "quiet": "circle-dashed",
}


@register.simple_tag
@cache
def icon_href(name: str) -> str:
    """Where an icon of the sprite lives; with an empty name, where all of them do."""
    return f"{static('vendor/tabler/icons.svg')}#{name}"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the sprite; decoration only, the words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        icon_href(name),
    )


@register.simple_tag
def site_owner() -> dict[str, str]:
    """Who runs this platform and whom to ask about its working, for the foot of every page."""
    return {"name": settings.SITE_OWNER, "contact": settings.SITE_CONTACT}


@register.filter
def chip_icon(kind: str) -> str:
    return CHIP_ICONS.get(kind, CHIP_ICONS["quiet"])


def _together(text: str) -> str:
    """A line may end before or after a moment, never between its day and its hour."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def moment(value: datetime | None) -> str:
    return _together(humanize.moment_words(value)) if value else ""


@register.filter
def day(value: date | None) -> str:
    return humanize.day_words(value) if value else ""


@register.filter
def left(until: datetime) -> str:
    return _together(humanize.left_words(until, known_moment()))


@register.filter
def ago(value: datetime) -> str:
    return _together(humanize.ago_words(value, known_moment()))


@register.filter
def is_soon(until: datetime) -> bool:
    """Less than three days are left."""
    is_so = until - known_moment() < SOON
    if not is_so:
        note_end(until - SOON)
    return is_so


@register.filter
def amount(value: Decimal | str | float | None) -> str:
    return "" if value in (None, "") else humanize.amount_words(cast("Decimal | str", value))


@register.filter
def file_size(value: int) -> str:
    return humanize.size_words(value)


@register.filter
def localized(thing: object, part: str = "name") -> str:
    """`{{ call|localized:"title" }}`: in the language of the page where the row has both."""
    return humanize.localized(thing, part)


@register.simple_tag
def compare(before: str, after: str) -> Comparison:
    return compare_texts(before or "", after or "")


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any], frame: Frame) -> list[tuple[Entry, int | None]]:
    """Entries of a frame with how many things wait behind each."""
    user = _viewer(context)
    return [(entry, entry.waiting(user)) for entry in entries_for(frame, user)]


@register.simple_tag(takes_context=True)
def navigation_sections(
    context: dict[str, Any], frame: Frame
) -> list[tuple[str, list[tuple[Entry, int | None]]]]:
    """Entries of a frame under their headings, with how many things wait behind each."""
    user = _viewer(context)
    return [
        (heading, [(entry, entry.waiting(user)) for entry in entries])
        for heading, entries in sections_for(frame, user)
    ]


@register.simple_tag
def page_url(name: str, *arguments: object) -> str:
    """The address of a page of a room above, by its common name."""
    return address_of(name, *arguments)


@register.simple_tag(takes_context=True)
def search_field(context: dict[str, Any]) -> SearchField | None:
    """The search field of the bureau's frame, for whom it is there."""
    return search_field_for(_viewer(context))


@register.simple_tag(takes_context=True)
def help_address(context: dict[str, Any]) -> str:
    """Where the page that is open is explained."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    return help_url(match.view_name if match else "", request.path if request else "")


def _viewer(context: dict[str, Any]) -> Any:
    return getattr(context.get("request"), "user", None) or AnonymousUser()


@register.simple_tag(takes_context=True)
def unread_messages(context: dict[str, Any]) -> int:
    """How many messages the signed-in person has not read; one query."""
    user = getattr(context.get("request"), "user", None)
    return unread_count(user) if user is not None and user.is_authenticated else 0


@register.filter
def cells(row: dict[str, Any], columns: list[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row with its column."""
    return list(zip(row["cells"], columns, strict=True))


@register.filter
def beside(values: list[Any], names: list[Any]) -> list[tuple[Any, Any]]:
    """Each value with the name that stands above it."""
    return list(zip(values, names, strict=True))


@register.filter
def toast_kind(message: Message) -> str:
    return {"success": "good", "warning": "waiting", "error": "problem"}.get(
        message.level_tag, "moving"
    )


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def with_control_class(field: BoundField) -> SafeString:
    """The field's control in our look; a list of choices keeps its own."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return field.as_widget()
    css = "form-select" if isinstance(widget, Select) else "form-control"
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {own}".strip()})


@register.filter
def form_problems(form: BaseForm) -> list[dict[str, str]]:
    """Errors of a Django form as the error summary shows them."""
    found = [{"label": "", "message": str(e), "target": ""} for e in form.non_field_errors()]
    for field in form:
        found += [
            {"label": str(field.label), "message": str(e), "target": field.id_for_label}
            for e in field.errors
        ]
    return found
