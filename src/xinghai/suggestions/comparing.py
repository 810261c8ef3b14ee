"""Two versions of a suggestion side by side, as people read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from xinghai.kernel.forms import changes
from xinghai.kernel.models import Event
from xinghai.suggestions.models import Revision, Suggestion

# What gave the paper back to its author: what stood there then is what the unit has read.
BACK = {"unit_return", "unit_return_correction", "office_return", "recall", "recall_correction"}


@dataclass(frozen=True)
class Changed:
    """One field in two versions, as people read it."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Since:
    """What the author changed since the paper last went back."""

    at: datetime
    verb: str
    changes: list[Changed]


def compare_versions(
    suggestion: Suggestion, older: Revision, newer: Revision | Suggestion
) -> list[Changed]:
    """A suggestion itself is its newest version."""
    return list(_changed(suggestion, older, newer))


def changed_since_it_went_back(suggestion: Suggestion, trail: Iterable[Event]) -> Since | None:
    """Compare the text with what it was when it last went back; None when it never did.

    Only with that version: what the author wrote before handing it over is the author's.
    """
    back = [event for event in trail if event.verb in BACK]
    if not back:
        return None
    revisions = suggestion.revisions.filter(saved_at__lte=back[-1].at).order_by("-version")
    older = revisions.first()
    if older is None:
        return None
    return Since(back[-1].at, back[-1].verb, compare_versions(suggestion, older, suggestion))


def _changed(
    suggestion: Suggestion, older: Revision, newer: Revision | Suggestion
) -> Iterator[Changed]:
    form, language = suggestion.form.form, get_language() or "zh-hans"
    for change in changes(older.answers, newer.answers, form, language):
        field = form.field(change.field)
        label = field.title(language) if field else change.label
        for one in change.differences:
            where = f"{label} · {one.where}" if one.where else label
            yield Changed(change.field, where, one.old, one.new)
