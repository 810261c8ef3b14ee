"""What is like a suggestion: the same words, the same subject, and what was decided about it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from xinghai.accounts.models import User
from xinghai.corpus.selectors import Copy, copies, similar
from xinghai.kernel.processes import State
from xinghai.similarity.aligning import OWN
from xinghai.suggestions.alike import Likeness, Verdict
from xinghai.suggestions.indexing import KIND, audiences_in_bureau
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.pairs import percent, stock_of
from xinghai.suggestions.selectors import visible_to
from xinghai.suggestions.states import SUGGESTION
from xinghai.suggestions.texts import body_of

MOST = 5
# Copied enough to be told: a twentieth of the text, or one run of a good sentence.
LEAST_SHARE, LEAST_RUN = 0.05, 60
TONES = {Verdict.SAME: "waiting", Verdict.RELATED: "moving", Verdict.UNRELATED: "quiet"}


@dataclass(frozen=True)
class Alike:
    """One suggestion like the one read: how much of the words, and what was decided.

    An author's own earlier text is told, not counted: its share is nought.
    """

    suggestion: Suggestion
    state: State
    share: int
    is_copied: bool
    likeness: Likeness | None
    tone: str


@dataclass(frozen=True)
class Alikes:
    """Decided ones first, then what was found; what was called unrelated is not proposed again."""

    near: list[Alike]
    unrelated: list[Alike]


def alikes_of(suggestion: Suggestion, user: User) -> Alikes:
    """Return what this reader of the bureau may see that is like the suggestion."""
    shares = _found(suggestion, audiences_in_bureau(user))
    judged = _judged(suggestion)
    rows = _seen_by(user, {*shares, *judged})
    every = [
        _alike(rows[pk], shares.get(pk), judged.get(pk))
        for pk in (*judged, *(pk for pk in shares if pk not in judged))
        if pk in rows
    ]
    near = [one for one in every if one.tone != TONES[Verdict.UNRELATED]]
    decided = sum(one.likeness is not None for one in near)
    unrelated = [one for one in every if one.tone == TONES[Verdict.UNRELATED]]
    return Alikes(near[: max(MOST, decided)], unrelated)


def likeness_of(suggestion: Suggestion, other: Suggestion) -> Likeness | None:
    """Return the decision about two suggestions the reader has been shown already."""
    one, two = sorted((suggestion.pk, other.pk))
    return Likeness.objects.filter(one=one, other=two).select_related("judged_by").first()


def is_telling(copy: Copy) -> bool:
    """Enough is the same to be told, counted or not."""
    runs = (one.longest for one in copy.passages if one.why in ("", OWN))
    longest = max(runs, default=0)
    return copy.share >= LEAST_SHARE or longest >= LEAST_RUN


def _found(suggestion: Suggestion, audiences: list[str]) -> dict[int, int | None]:
    """Return what is like it, the most copied first, with percents; None is the subject alone."""
    if not audiences:
        return {}
    title, body = suggestion.title, body_of(suggestion)
    itself, most = (KIND, str(suggestion.pk)), 2 * MOST
    copied = copies(
        f"{title}\n{body}",
        audiences=audiences,
        kinds=[KIND],
        limit=most,
        except_for=itself,
        writer=f"user:{suggestion.author_id}",
        stock=stock_of(suggestion),
    )
    near = similar(title, body, audiences=audiences, kinds=[KIND], limit=most, except_for=itself)
    found: dict[int, int | None] = {
        int(copy.key): percent(copy.share) for copy in copied if is_telling(copy)
    }
    return found | {int(hit.key): None for hit in near if int(hit.key) not in found}


def _judged(suggestion: Suggestion) -> dict[int, Likeness]:
    pk = suggestion.pk
    rows = Likeness.objects.filter(Q(one=pk) | Q(other=pk)).select_related("judged_by")
    return {row.other_id if row.one_id == pk else row.one_id: row for row in rows.order_by("pk")}


def _seen_by(user: User, pks: Collection[int]) -> dict[int, Suggestion]:
    """Return those of the suggestions this person may open, with what a line about them shows."""
    if not pks:
        return {}
    rows: Iterable[Suggestion] = visible_to(user).filter(pk__in=pks).with_names().defer("answers")
    return {row.pk: row for row in rows}


def _alike(other: Suggestion, share: int | None, likeness: Likeness | None) -> Alike:
    return Alike(
        other,
        SUGGESTION.state_by_name[other.state],
        share or 0,
        share is not None,
        likeness,
        TONES[Verdict(likeness.verdict)] if likeness else "",
    )
