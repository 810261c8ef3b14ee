"""Which suggestions stand in the index, with which words, for whom.

Nobody's draft is in it. What a unit has not handed over is found by that unit alone; what the
bureau has received, by the office that holds it and by who reads everything.
"""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from xinghai.accounts.kinds import OFFICER_ROLES
from xinghai.accounts.models import User
from xinghai.corpus.models import Document
from xinghai.corpus.services import Text, remove
from xinghai.corpus.syncing import keep
from xinghai.submissions.states import DRAFT
from xinghai.suggestions.models import ARRIVED, Suggestion, SuggestionQuerySet
from xinghai.suggestions.selectors import READERS_OF_ALL
from xinghai.suggestions.states import RECEIVED
from xinghai.suggestions.texts import body_of

KIND = "suggestion"
BUREAU = "bureau"
AT_ONCE = 200


def audiences_of(suggestion: Suggestion) -> list[str]:
    """Return who may find it: the office that holds it, who reads all, its own unit."""
    found = []
    if suggestion.state in RECEIVED:
        found.append(BUREAU)
        if suggestion.office_id is not None:
            found.append(f"office:{suggestion.office_id}")
    if suggestion.organisation_id is not None and suggestion.state != DRAFT:
        found.append(f"unit:{suggestion.organisation_id}")
    return found


def audiences_in_bureau(user: User) -> list[str]:
    """Return as whom somebody of the bureau asks; `selectors.visible_to` is asked again after."""
    roles = set(user.roles)
    if roles & READERS_OF_ALL:
        return [BUREAU]
    if roles & set(OFFICER_ROLES) and user.office_id is not None:
        return [f"office:{user.office_id}"]
    return []


def audiences_in_unit(organisation_id: int | None) -> list[str]:
    """Return as whom somebody asks who writes for a unit: never for another one."""
    return [] if organisation_id is None else [f"unit:{organisation_id}"]


@transaction.atomic
def keep_in_index(pk: int) -> None:
    """Put one suggestion into the index as it stands now, or take it out.

    It does not move meanwhile: who read before a move must not write after it.
    """
    _keep(list(_whole(Suggestion.objects.filter(pk=pk))))


def keep_everything() -> int:
    """Look over what has moved or was missed since it was last kept; return how many."""
    waiting = stale().values_list("pk", flat=True)
    pks = iter(list(waiting))
    done = 0
    while some := list(islice(pks, AT_ONCE)):
        with transaction.atomic():
            _keep(list(_whole(Suggestion.objects.filter(pk__in=some).order_by("pk"))))
        done += len(some)
    return done


def stale() -> SuggestionQuerySet:
    """Return what the index may not have as it stands: missing, moved since, or to be removed."""
    same = Document.objects.filter(kind=KIND, key=Cast(OuterRef("pk"), CharField()))
    in_unit = Q(organisation__isnull=False) & ~Q(state=DRAFT)
    rows: SuggestionQuerySet = Suggestion.objects.annotate(
        kept_at=Subquery(same.values("put_at")[:1]), is_kept=Exists(same)
    )
    moved = Q(is_kept=True) & Q(state_since__gte=F("kept_at"))
    return rows.filter(Q(is_kept=False) & (ARRIVED | in_unit) | moved).order_by("pk")


def _whole(rows: SuggestionQuerySet) -> SuggestionQuerySet:
    joined = rows.select_related("call", "form")
    return joined.select_for_update(of=("self",), no_key=True)


def _keep(suggestions: list[Suggestion]) -> None:
    for one in suggestions:
        if not audiences_of(one):
            remove(kind=KIND, key=str(one.pk))
    keep(list(_texts(suggestions)))


def _texts(suggestions: list[Suggestion]) -> Iterator[Text]:
    for one in suggestions:
        if audiences := audiences_of(one):
            yield Text(
                kind=KIND,
                key=str(one.pk),
                title=one.title,
                body=body_of(one),
                audiences=audiences,
                facets=[f"call:{one.call.code}"],
                owner=f"unit:{one.organisation_id}" if one.organisation_id else "",
                writer=f"user:{one.author_id}",
            )
