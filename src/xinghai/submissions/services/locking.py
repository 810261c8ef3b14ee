"""Lock records for the transaction that decides about them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from xinghai.accounts.models import Membership, User
from xinghai.accounts.states import CONFIRMED
from xinghai.kernel.clock import Clock, note_moment
from xinghai.kernel.events import hold
from xinghai.submissions.exceptions import NotEditable
from xinghai.submissions.models import Submission, SubmissionQuerySet
from xinghai.submissions.process import Process


def rows_of(process: Process, pks: Sequence[int]) -> SubmissionQuerySet:
    return process.records.objects.filter(pk__in=pks)


def locked_one(process: Process, pk: int, *, by: User) -> Submission:
    """Lock one row; it knows whether `by` is a member of its unit (`is_members`)."""
    members = Membership.objects.filter(organisation=OuterRef("organisation"), state=CONFIRMED)
    found = locked(process, [pk], is_members=Exists(members.filter(user=by)))
    if not found:
        raise NotEditable(_("这份草稿已经删除。"))
    return found[0]


def locked(process: Process, pks: Sequence[int], **more: Any) -> list[Submission]:
    """Lock the rows in one order, so that two batches cannot wait for each other.

    They are held: the next event of each needs no further lock. The time comes with them.
    """
    rows = list(
        process.records.objects.select_for_update(of=("self",))
        .select_related(
            "call",
            "form",
            "category__parent",
            "domain",
            "organisation",
            "author",
            "office",
            "recommender",
        )
        .prefetch_related("call__windows")
        .knowing_partners()
        .annotate(told_at=Clock(), **more)
        .filter(pk__in=pks)
        .order_by("pk")
    )
    for one in rows:
        note_moment(one.told_at)
        hold(one)
    return rows
