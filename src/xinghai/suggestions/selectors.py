"""Reads that are a suggestion's own."""

from typing import Any

from xinghai.suggestions.deciding import MERGES_INTO
from xinghai.suggestions.models import Suggestion


def merge_targets(suggestion: Suggestion, text: str, *, limit: int = 20) -> list[Suggestion]:
    """Return suggestions of the same call one can be merged into, by number or title.

    Without words: those of the same office and domain.
    """
    rows: Any = Suggestion.objects.filter(call_id=suggestion.call_id, state__in=MERGES_INTO)
    rows = rows.exclude(pk=suggestion.pk).with_names().defer("answers")
    if text.strip():
        rows = rows.mentioning(text.strip())
    else:
        rows = rows.filter(office=suggestion.office, domain=suggestion.domain)
    return list(rows.order_by("-submitted_at", "pk")[:limit])
