"""Thin the stored versions of submissions: every autosave writes one, few are ever asked for.

A version is kept when something refers to it: a receipt, an event, an unmerged draft, a
note. The first and the newest version of a submission are always kept. Of the others that
are old enough, the newest of each interval is kept.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import (
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from xinghai.kernel.models import Event
from xinghai.submissions.models import Receipt, Revision, UnmergedDraft
from xinghai.submissions.process import every_process

# Rows looked at in one transaction: a night after a deadline must not hold locks for minutes.
BATCH = 1000
# Any full hour does: intervals are counted from here.
ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)


def thin(now: datetime) -> int:
    """Delete the versions that may go; return how many were deleted.

    The rows are locked before the second look: a save that has just made one of them the
    base of an unmerged draft (`drafting.save`) is then seen, and its base stays. Rows that
    such a save still holds are left for the next night.
    """
    deleted, after = 0, 0
    while rows := _next_rows(after):
        with transaction.atomic():
            locked = _lock(superfluous(now).filter(pk__gt=after, pk__lte=rows[-1]))
            deleted += _delete(locked, now) if locked else 0
        after = rows[-1]
    return deleted


def superfluous(now: datetime) -> QuerySet[Revision]:
    """Return the versions old enough to be thinned that nothing refers to.

    `next_saved_at` is when the next stored version of the submission was saved; the newest
    version has none, so it is never among them.
    """
    others = Revision.objects.filter(dossier=OuterRef("dossier"))
    following = others.filter(version__gt=OuterRef("version")).order_by("version")
    same_version = {"dossier": OuterRef("dossier"), "version": OuterRef("version")}
    unmerged = UnmergedDraft.objects.filter(
        dossier=OuterRef("dossier"), base_version=OuterRef("version")
    )
    return (
        Revision.objects.filter(saved_at__lt=now - settings.REVISIONS_KEPT_WHOLE, note="")
        .annotate(next_saved_at=Subquery(following.values("saved_at")[:1]))
        .filter(_interval_of(F("next_saved_at"), is_that_of=F("saved_at")))
        .filter(Exists(others.filter(version__lt=OuterRef("version"))))
        .exclude(Exists(Receipt.objects.filter(**same_version)))
        .exclude(Exists(unmerged))
        .exclude(Exists(_events_naming_the_version()))
        .exclude(Exists(_events_at_the_version()))
    )


def _next_rows(after: int) -> list[int]:
    rows = Revision.objects.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _lock(revisions: QuerySet[Revision]) -> list[int]:
    rows = revisions.order_by("pk").select_for_update(of=("self",), skip_locked=True)
    return list(rows.values_list("pk", flat=True))


def _delete(locked: list[int], now: datetime) -> int:
    """Delete those of the locked rows that are superfluous still."""
    return superfluous(now).filter(pk__in=locked).delete()[0]


def _interval_of(moment: F, *, is_that_of: F) -> Exact:
    return Exact(_begin_of_interval(moment), _begin_of_interval(is_that_of))


def _begin_of_interval(moment: F) -> Func:
    return Func(
        Value(settings.REVISIONS_THINNED_TO),
        moment,
        Value(ORIGIN),
        function="date_bin",
        output_field=DateTimeField(),
    )


def _events() -> QuerySet[Event]:
    kinds = [process.records.trail_name for process in every_process()]
    return Event.objects.filter(subject_type__in=kinds, subject_id=OuterRef("dossier"))


def _events_naming_the_version() -> QuerySet[Event]:
    return (
        _events()
        .annotate(named=KT("data__version"))
        .filter(named=Cast(OuterRef("version"), TextField()))
    )


def _events_at_the_version() -> QuerySet[Event]:
    """Events that happened while this version was the newest: `versions` shows what changed since.

    Not every event names its version, and a returned submission is compared with the text
    the unit or the office had read.
    """
    return _events().filter(at__gte=OuterRef("saved_at"), at__lt=OuterRef("next_saved_at"))
