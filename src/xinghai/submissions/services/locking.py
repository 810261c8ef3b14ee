"""Lock records for the transaction that decides about them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from xinghai.accounts.models import Membership, User
from xinghai.accounts.states import CONFIRMED
from xinghai.kernel.clock import Clock, note_moment
from xinghai.kernel.events import hold
from xinghai.kernel.kept_statements import kept
from xinghai.submissions.exceptions import NotEditable
from xinghai.submissions.models import Submission, SubmissionQuerySet
from xinghai.submissions.process import Process, process_named
from xinghai.submissions.selectors import NAMES


def rows_of(process: Process, pks: Sequence[int]) -> SubmissionQuerySet:
    return process.records.objects.filter(pk__in=pks)


def locked_one(process: Process, pk: int, *, by: User) -> Submission:
    """Lock one row; it knows whether `by` is a member of its unit (`is_members`)."""
    found = _held(_one_to_lock(process.key, record=pk, person=by.pk))
    if not found:
        raise NotEditable(_("这份草稿已经删除。"))
    return found[0]


@kept
def _one_to_lock(process: str, *, record: int, person: int) -> SubmissionQuerySet:
    members = Membership.objects.filter(organisation=OuterRef("organisation"), state=CONFIRMED)
    is_members = Exists(members.filter(user_id=person))
    return _to_lock(process_named(process)).annotate(is_members=is_members).filter(pk=record)


def locked(process: Process, pks: Sequence[int]) -> list[Submission]:
    """Lock the rows in one order, so that two batches cannot wait for each other.

    They are held: the next event of each needs no further lock. The time comes with them.
    """
    return _held(_to_lock(process).filter(pk__in=pks))


def _to_lock(process: Process) -> SubmissionQuerySet:
    rows = process.records.objects.select_for_update(of=("self",))
    named = rows.select_related(*NAMES, "author").prefetch_related("call__windows")
    return named.knowing_partners().annotate(told_at=Clock()).order_by("pk")


def _held(found: SubmissionQuerySet) -> list[Submission]:
    rows: list[Any] = list(found)
    for one in rows:
        note_moment(one.told_at)
        hold(one)
    return rows
