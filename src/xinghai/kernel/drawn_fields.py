"""Fields of a form as HTML, each drawn once: a page of sixty fields is mostly the same every time.

What differs is the answer. A field without an answer is kept whole; of a field whose answer is
plain text everything around the text is kept, and of a short choice one drawing for each answer.
No drawing holds somebody's own words. A field with a problem or a remark is drawn anew.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from xinghai.kernel.forms import Field, kind_of
from xinghai.kernel.shown_fields import ShownField

TEMPLATE = "kernel/forms/field.html"
MOST_KEPT, LONGEST_CHOICE = 2048, 200
# Marks no definition contains; they are looked for in the drawing of a field, never in an answer.
TEXT, COUNT = "\ufdd0", "\ufdd1"
PLACES = re.compile(f"({TEXT}|{COUNT})")
NOTHING: tuple[Any, ...] = (None, "", [], {})
Key = tuple[int, str, str, str, bool, bool, str]


@dataclass(frozen=True)
class Outline(ShownField):
    """A field with marks where its text and the text's length stand."""

    @property
    def text(self) -> str:
        return TEXT

    @property
    def length(self) -> str:
        return COUNT


# The field stands beside its drawing, so that its identity cannot become another's.
_kept: dict[Key, tuple[Field, list[str]]] = {}


def draw(shown: ShownField, *, csrf_token: object = None) -> SafeString:
    """Return label, help, problems, control, counter and source of a field."""
    answer = _answer_kept(shown)
    if shown.problems or shown.comments or answer is None:
        return _drawn(shown, csrf_token)
    key = (id(shown.field), shown.language, shown.name, shown.id, shown.hidden, shown.required)
    pieces = _pieces(shown, (*key, answer))
    if len(pieces) == 1:
        return mark_safe(pieces[0])  # noqa: S308 - drawn by the template
    words = {TEXT: escape(shown.text), COUNT: str(shown.length)}
    return mark_safe("".join(words.get(piece, piece) for piece in pieces))  # noqa: S308 - escaped


def _answer_kept(shown: ShownField) -> str | None:
    """What of the answer the drawing depends on; None where it must be drawn anew."""
    kind = kind_of(shown.field)
    if kind.is_plain_text:
        return ""
    if shown.value in NOTHING:
        return "nothing"
    chosen = repr(shown.value) if kind.is_choice else ""
    return chosen if 0 < len(chosen) <= LONGEST_CHOICE else None


def _pieces(shown: ShownField, key: Key) -> list[str]:
    kept = _kept.get(key)
    if kept is None:
        is_text = kind_of(shown.field).is_plain_text
        html = _drawn(Outline(**vars(shown)) if is_text else shown, None)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        kept = _kept[key] = (shown.field, PLACES.split(html))
    return kept[1]


def _drawn(shown: ShownField, csrf_token: object) -> SafeString:
    return render_to_string(TEMPLATE, {"shown": shown, "csrf_token": csrf_token})
