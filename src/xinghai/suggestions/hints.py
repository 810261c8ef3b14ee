"""What a writer is told of earlier suggestions: the own unit's and public ones, nobody else's."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from xinghai.accounts.models import User
from xinghai.corpus.selectors import copies, similar
from xinghai.submissions.states import DRAFT
from xinghai.suggestions.indexing import KIND, audiences_in_unit
from xinghai.suggestions.likenesses import is_telling
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.pairs import percent, stock_of
from xinghai.suggestions.selectors import visible_to
from xinghai.suggestions.texts import body_of

MOST = 3
# A title is short: half of what it says must be met, or everything is like everything.
LEAST_MET = 0.4
SHORTEST = 4


@dataclass(frozen=True)
class Near:
    """An earlier suggestion; address and number are empty where the reader may not open it."""

    pk: int
    title: str
    address: str
    share: int = 0
    number: str = ""


def near_title(suggestion: Suggestion, title: str, user: User) -> list[Near]:
    """Return earlier suggestions of the same subject, as far as this writer may know of them."""
    audiences = _audiences(suggestion, user)
    if not audiences or len(title.strip()) < SHORTEST:
        return []
    hits = similar(
        title,
        audiences=audiences,
        kinds=[KIND],
        limit=MOST,
        except_for=(KIND, str(suggestion.pk)),
        least=LEAST_MET,
    )
    return _told(((int(hit.key), _plain(hit.title), 0) for hit in hits), user)


def near_draft(suggestion: Suggestion, user: User) -> list[Near]:
    """Return what the preview tells: the same passages first, then the same subject."""
    copied = near_text(suggestion, user)
    known = {one.pk for one in copied}
    alike = near_title(suggestion, suggestion.title, user)
    return [*copied, *(one for one in alike if one.pk not in known)][:MOST]


def near_text(suggestion: Suggestion, user: User) -> list[Near]:
    """Return earlier suggestions that hold the same passages, the most copied first."""
    audiences = _audiences(suggestion, user)
    if not audiences:
        return []
    found = copies(
        f"{suggestion.title}\n{body_of(suggestion)}",
        audiences=audiences,
        kinds=[KIND],
        limit=MOST,
        except_for=(KIND, str(suggestion.pk)),
        stock=stock_of(suggestion),
    )
    rows = ((int(one.key), one.title, percent(one.share)) for one in found if is_telling(one))
    return _told(rows, user)


def _audiences(suggestion: Suggestion, user: User) -> list[str]:
    """Return as whom the writer asks: who has left the unit is told nothing of it any more."""
    if suggestion.organisation_id not in user.unit_ids:
        return []
    return audiences_in_unit(suggestion.organisation_id)


def _plain(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(text for text, _is_marked in pieces)


def _told(found: Iterable[tuple[int, str, int]], user: User) -> list[Near]:
    """Of what has been taken back since, or has left the unit, nothing is told."""
    rows = list(found)
    if not rows:
        return []
    near = Suggestion.objects.filter(pk__in=[pk for pk, _title, _share in rows])
    told = near.filter(organisation__in=user.unit_ids).exclude(state=DRAFT)
    still = set(told.values_list("pk", flat=True))
    opened = visible_to(user).filter(pk__in=still).only("author_id", "number")
    seen = {one.pk: one for one in opened}
    return [
        Near(pk, title, _address(seen[pk], user), share, seen[pk].number)
        if pk in seen
        else Near(pk, title, "", share)
        for pk, title, share in rows
        if pk in still
    ]


def _address(one: Suggestion, user: User) -> str:
    page = "suggestions:record" if one.author_id == user.pk else "suggestions:unit-paper"
    return reverse(page, args=[one.pk])
