"""Where a person's own records stand, over all processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value

from xinghai.accounts.models import User
from xinghai.kernel.kept_statements import kept, padded
from xinghai.kernel.processes import RETURNED, Phase
from xinghai.submissions.models import Submission, SubmissionQuerySet
from xinghai.submissions.process import Process, every_process, process_named
from xinghai.submissions.selectors import rows_listed


@dataclass(frozen=True)
class Standing:
    """Which records of a person stand where: keys of editable and of handed-in ones."""

    with_author: list[tuple[str, int]]
    handed_in: list[tuple[str, int]]


def standing_of(user: User, *, most: int) -> Standing:
    """Return a person's records over all processes in one statement, at most `most` each.

    Returned ones come first, then drafts by their last save; handed-in ones by their last move.
    """
    keys = tuple(one.key for one in every_process())
    rows = _standing(keys, most, author=user.pk) if keys else ()
    by_place: dict[int, list[Any]] = {0: [], 1: [], 2: []}
    for key, pk, place, _moment in sorted(rows, key=lambda row: row[3], reverse=True):
        by_place[place].append((key, pk))
    return Standing([*by_place[0], *by_place[1]][:most], by_place[2][:most])


@kept
def _standing(keys: tuple[str, ...], most: int, *, author: int) -> QuerySet[Any, Any]:
    parts = [part for key in keys for part in _parts_of(author, process_named(key), most)]
    rows: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return rows


def _parts_of(author: int, process: Process, most: int) -> list[Any]:
    """A process's share of `standing_of`: each part bounded, in its own order."""
    mine = process.records.objects.filter(author_id=author)
    key = Value(process.key, output_field=CharField())
    returned, drafts = process.states(*RETURNED), process.states(Phase.WRITING)
    shares = (
        (0, "saved_at", Q(state__in=returned)),
        (1, "saved_at", Q(state__in=drafts)),
        (2, "state_since", ~Q(state__in=(*returned, *drafts))),
    )
    return [
        mine.filter(which)
        .annotate(of=key, place=Value(place), moment=F(moment))
        .order_by(f"-{moment}", "-pk")
        .values_list("of", "pk", "place", "moment")[:most]
        for place, moment, which in shares
    ]


def fetched(user: User, found: Sequence[tuple[str, int]]) -> list[Submission]:
    """Read records named by process and key, in the order of `found`, one query a process."""
    rows: dict[int, Submission] = {}
    for key in dict.fromkeys(key for key, _pk in found):
        wanted = [pk for one, pk in found if one == key]
        rows |= {one.pk: one for one in _listed(key, author=user.pk, records=padded(wanted))}
    return [rows[pk] for _key, pk in found if pk in rows]


@kept
def _listed(process: str, *, author: int, records: tuple[int, ...]) -> SubmissionQuerySet:
    return rows_listed(author, process_named(process)).filter(pk__in=records)
