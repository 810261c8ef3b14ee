"""What the platform remembers about pairs of suggestions, for who may see both."""

from collections.abc import Collection

from django.db.models import Q

from xinghai.accounts.models import User
from xinghai.suggestions.alike import Likeness
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.selectors import visible_to


def likeness_of(suggestion: Suggestion, other: Suggestion) -> Likeness | None:
    """Return the decision about two suggestions the reader has been shown already."""
    one, two = sorted((suggestion.pk, other.pk))
    found = Likeness.objects.filter(one=one, other=two).select_related("judged_by__office")
    return found.first()


def judged_with(suggestion: Suggestion, user: User) -> dict[int, Likeness]:
    """Return what was decided about this suggestion, by the other one the reader may see too."""
    pk = suggestion.pk
    rows = Likeness.objects.filter(Q(one=pk) | Q(other=pk)).select_related("judged_by")
    found = {row.other_id if row.one_id == pk else row.one_id: row for row in rows}
    seen = seen_by(user, found)
    return {other: row for other, row in found.items() if other in seen}


def seen_by(user: User, pks: Collection[int]) -> dict[int, Suggestion]:
    """Return those of the suggestions this person may open, with what a line about them shows."""
    if not pks:
        return {}
    rows = visible_to(user).filter(pk__in=pks).with_names().defer("answers", "condensation")
    return {row.pk: row for row in rows}
