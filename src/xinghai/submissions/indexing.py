"""Which records stand in the index of texts, with which words, for whom.

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
from xinghai.kernel.processes import RECEIVED, Phase
from xinghai.submissions.index_text import body_of
from xinghai.submissions.models import Submission, SubmissionQuerySet
from xinghai.submissions.process import Process, every_process
from xinghai.submissions.selectors import READERS_OF_ALL, received

BUREAU = "bureau"
AT_ONCE = 200


def audiences_of(submission: Submission) -> list[str]:
    """Return who may find it: the office that holds it, who reads all, its own unit."""
    found = []
    if submission.phase in RECEIVED:
        found.append(BUREAU)
        if submission.office_id is not None:
            found.append(f"office:{submission.office_id}")
    if submission.organisation_id is not None and submission.phase != Phase.WRITING:
        found.append(f"unit:{submission.organisation_id}")
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
def keep_in_index(process: Process, *pks: int) -> None:
    """Put records into the index as they stand now, or take them out.

    They do not move meanwhile: who read before a move must not write after it.
    """
    _keep(process, list(_whole(process.records.objects.filter(pk__in=pks).order_by("pk"))))


def keep_everything() -> int:
    """Look over what has moved or was missed since it was last kept; return how many."""
    return sum(_keep_stale(process) for process in every_process())


def _keep_stale(process: Process) -> int:
    waiting = iter(list(stale(process).values_list("pk", flat=True)))
    done = 0
    while some := list(islice(waiting, AT_ONCE)):
        with transaction.atomic():
            rows = process.records.objects.filter(pk__in=some).order_by("pk")
            _keep(process, list(_whole(rows)))
        done += len(some)
    return done


def stale(process: Process) -> SubmissionQuerySet:
    """Return what the index may not have as it stands: missing, moved since, or to be removed."""
    same = Document.objects.filter(kind=process.key, key=Cast(OuterRef("pk"), CharField()))
    in_unit = Q(organisation__isnull=False) & ~Q(state__in=process.states(Phase.WRITING))
    rows: SubmissionQuerySet = process.records.objects.annotate(
        kept_at=Subquery(same.values("put_at")[:1]), is_kept=Exists(same)
    )
    moved = Q(is_kept=True) & Q(state_since__gte=F("kept_at"))
    return rows.filter(Q(is_kept=False) & (received(process) | in_unit) | moved).order_by("pk")


def _whole(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    return rows.select_related("call", "form").select_for_update(of=("self",), no_key=True)


def _keep(process: Process, submissions: list[Submission]) -> None:
    for one in submissions:
        if not audiences_of(one):
            remove(kind=process.key, key=str(one.pk))
    keep(list(_texts(process, submissions)))


def _texts(process: Process, submissions: list[Submission]) -> Iterator[Text]:
    for one in submissions:
        if audiences := audiences_of(one):
            yield Text(
                kind=process.key,
                key=str(one.pk),
                title=one.title,
                body=body_of(one),
                audiences=audiences,
                facets=[f"call:{one.call.code}"],
                owner=f"unit:{one.organisation_id}" if one.organisation_id else "",
                writer=f"user:{one.author_id}",
            )
