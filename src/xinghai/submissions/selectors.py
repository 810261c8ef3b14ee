"""Reads of this room; every list starts from what the reader may see."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xinghai.accounts.kinds import OFFICER_ROLES, Role
from xinghai.accounts.models import User
from xinghai.kernel.kept_statements import kept, padded
from xinghai.kernel.models import StoredFile
from xinghai.kernel.processes import HANDED_ON, RECEIVED, RETURNED, WITH_UNIT, Phase
from xinghai.submissions.models import (
    Batch,
    OfDossier,
    Partner,
    Receipt,
    Remark,
    Revision,
    Submission,
    SubmissionQuerySet,
    UnmergedDraft,
)
from xinghai.submissions.process import Process, every_process, process_named
from xinghai.submissions.redacting import may_read, reader_of
from xinghai.submissions.states import LIVE_PARTNERSHIPS, PART_ASKED, PART_FILLING

# What a recommending body has, and what it has passed on.
REACHED_RECOMMENDER = (Phase.RECOMMENDING, *RECEIVED)
READERS_OF_ALL = {Role.PLANNER, Role.LEADER, Role.AUDIT_ADMIN}
NAMES = ("call", "form", "category__parent", "domain", "office", "organisation", "recommender")
EVERY_NAME = (*NAMES, "organisation__district", "assigned_category", "assigned_domain", "author")


def visible_to(user: User, process: Process) -> SubmissionQuerySet:
    """Return the records this person may open; equal to the process's rule `view`."""
    records = process.records.objects
    if not user.is_authenticated or not user.is_active:
        return records.none()
    seen: Any = Q(author=user) | Exists(
        Partner.objects.filter(
            organisation_id__in=user.unit_ids,
            dossier=OuterRef("pk"),
            state__in=LIVE_PARTNERSHIPS,
        )
    )
    if user.administered_ids:
        seen |= Q(organisation_id__in=user.administered_ids) & past_the_author(process)
    if bodies := user.bodies_as(Role.RECOMMENDER):
        seen |= Q(recommender__in=bodies, state__in=process.states(*REACHED_RECOMMENDER))
    roles = set(user.roles)
    if roles & READERS_OF_ALL:
        seen |= received(process)
    elif roles & set(OFFICER_ROLES) and user.office_id is not None:
        seen |= Q(office_id=user.office_id) & received(process)
    return records.filter(seen)


def received(process: Process) -> Q:
    """The bureau has it, whoever has it now."""
    return Q(state__in=process.states(*RECEIVED))


def past_the_author(process: Process) -> Q:
    """It has been handed over at least once; equal to the rule `is_past_the_author`."""
    return ~Q(state__in=process.states(Phase.WRITING)) | ~Q(number="")


def opened(user: User, process: Process) -> SubmissionQuerySet:
    """Return what `visible_to` allows with everything one record's page needs joined."""
    return joined(visible_to(user, process))


def own(user: User, process: Process) -> SubmissionQuerySet:
    """Return what this person writes, joined like `opened`; a part of `visible_to`."""
    return joined(process.records.objects.filter(author_id=user.pk))


def own_record(user: User, process: Process, pk: int) -> Submission | None:
    """Return one record of `own`."""
    found: Submission | None = _own_record.one(process.key, author=user.pk, record=pk)
    return found


@kept
def _own_record(process: str, *, author: int, record: int) -> SubmissionQuerySet:
    return joined(process_named(process).records.objects.filter(author_id=author, pk=record))


def record_in_writing(user: User, process: Process, pk: int) -> Submission | None:
    """Return the same with only what saving joins: autosaves come by the second."""
    found: Submission | None = _in_writing.one(process.key, author=user.pk, record=pk)
    return found


@kept
def _in_writing(process: str, *, author: int, record: int) -> SubmissionQuerySet:
    rows = process_named(process).records.objects.filter(author_id=author, pk=record)
    return rows.select_related(*NAMES).knowing_partners().defer("form__definition")


def joined(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """Join what one record's page needs; the form's heavy JSON waits until it is asked for."""
    more = rows.model.shown_relations
    found = rows.select_related(*EVERY_NAME, *more).knowing_partners()
    return found.defer("form__definition")


def listed_for(user: User, process: Process) -> SubmissionQuerySet:
    """An author's own records with what their rows show, the last touched first."""
    return rows_listed(user.pk, process)


def rows_listed(author: int, process: Process) -> SubmissionQuerySet:
    rows = process.records.objects.filter(author_id=author).select_related(*NAMES, "author")
    return rows.defer("form__definition").order_by("-saved_at", "-pk")


def copyable_for(user: User, process: Process, *, limit: int = 50) -> list[Submission]:
    """Earlier records of the person to begin a new one from, the newest first."""
    return list(_copyable(process.key, limit, author=user.pk))


@kept
def _copyable(process: str, limit: int, *, author: int) -> SubmissionQuerySet:
    rows = process_named(process).records.objects.filter(author_id=author).exclude(title="")
    named = rows.select_related("category")
    shown = named.only("title", "category__name", "category__name_en", "saved_at")
    return shown.order_by("-saved_at", "-pk")[:limit]


def of_units(user: User, process: Process) -> SubmissionQuerySet:
    """Everything of the administered units that has left the author's desk, oldest first.

    A part of `visible_to`, without its other ways to see a record, which cost at every row.
    """
    return _of_units(user.administered_ids, process)


def _of_units(units: Iterable[int], process: Process) -> SubmissionQuerySet:
    seen = Q(organisation_id__in=units)
    rows: SubmissionQuerySet = process.records.objects.filter(past_the_author(process), seen)
    named = rows.with_names().select_related("form").defer("form__definition")
    return named.order_by("state_since", "pk")


def sent_to_recommender(user: User, process: Process) -> SubmissionQuerySet:
    """Return what the bodies this person speaks for have to recommend, and what they passed on.

    Oldest first; a part of `visible_to`. Nobody recommends what the person wrote.
    """
    bodies = user.bodies_as(Role.RECOMMENDER) if user.is_active else set()
    rows: SubmissionQuerySet = process.records.objects.filter(
        recommender__in=bodies, state__in=process.states(*REACHED_RECOMMENDER)
    )
    named = rows.exclude(author=user).with_names().select_related("form")
    return named.defer("form__definition").order_by("state_since", "pk")


def to_recommend(user: User, process: Process) -> SubmissionQuerySet:
    """Return what waits for the recommending bodies this person speaks for, oldest first."""
    return sent_to_recommender(user, process).in_phases(Phase.RECOMMENDING)


def recommending_counts(user: User, process: Process) -> tuple[int, int]:
    """Return how many records wait for the person's bodies, and how many these have passed on."""
    rows = sent_to_recommender(user, process).order_by()
    counted = rows.aggregate(
        waiting=Count("pk", filter=Q(state__in=process.states(Phase.RECOMMENDING))),
        passed=Count("pk", filter=received(process)),
    )
    return counted["waiting"], counted["passed"]


def recommending_processes() -> list[Process]:
    """Return the processes whose line may lead to a recommending body."""
    return [one for one in every_process() if one.states(Phase.RECOMMENDING)]


def waiting_for_bodies(user: User) -> int:
    """Return how many records of all processes wait for this person's bodies."""
    return sum(to_recommend(user, one).order_by().count() for one in recommending_processes())


def state_counts(rows: SubmissionQuerySet) -> dict[str, int]:
    """Return how many rows stand in each state, and in `all`."""
    grouped = rows.order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in grouped}
    counts["all"] = sum(counts.values())
    return counts


def visible_remarks(submission: Submission, user: User) -> QuerySet[Remark]:
    """Return the remarks this reader may see: a unit's remarks stay between unit and author."""
    rows = submission.remarks.select_related("author")
    is_inside = submission.author_id == user.pk or (
        submission.organisation_id in user.administered_ids
    )
    return rows if is_inside else rows.filter(side="office")


def parts_of(user: User) -> QuerySet[Partner]:
    """Return the parts this person's organisations were asked to fill, of every process."""
    return _parts(user.unit_ids)


def _parts(units: Iterable[int]) -> QuerySet[Partner]:
    rows = Partner.objects.filter(organisation_id__in=units)
    return rows.select_related("dossier", "organisation").order_by("-asked_at", "-pk")


def open_parts_of(user: User, *, most: int) -> Iterable[Partner]:
    """Return those that still wait for the person's organisations."""
    units = padded(user.unit_ids)
    return _open_parts(most, units=units) if units else ()


@kept
def _open_parts(most: int, *, units: tuple[int, ...]) -> QuerySet[Partner]:
    return _parts(units).filter(state__in=(PART_ASKED, PART_FILLING))[:most]


def visible_partners(user: User) -> QuerySet[Partner]:
    """Return partnerships this person may open: own parts, and those on own records."""
    seen = Q(organisation_id__in=user.unit_ids) | _of_own_records(user)
    return Partner.objects.filter(seen).select_related("dossier", "organisation")


def asked_by(user: User) -> QuerySet[Partner]:
    """Return the partnerships on this person's own records, of every process."""
    return Partner.objects.filter(_of_own_records(user))


def _of_own_records(user: User) -> Q:
    found = Q()
    for process in every_process():
        found |= Q(Exists(process.records.objects.filter(pk=OuterRef("dossier"), author=user)))
    return found


def with_submissions(rows: Iterable[Any]) -> list[Any]:
    """Read the records the rows hang on, in one query a process, however many rows."""
    rows = list(rows)
    keys: dict[str, list[int]] = {}
    for row in rows:
        keys.setdefault(row.dossier.process, []).append(row.dossier_id)
    found: dict[int, Submission] = {}
    for key, pks in keys.items():
        records = process_named(key).records.objects.with_names().filter(pk__in=pks)
        found |= {record.pk: record for record in records}
    for row in rows:
        put_submission(row, found[row.dossier_id])
    return rows


def put_submission(row: OfDossier, submission: Submission) -> None:
    """Let a row know the record it hangs on, so that nothing asks for it again."""
    vars(row)["submission"] = submission


def revisions_of(submission: Submission) -> QuerySet[Revision]:
    """Return the stored versions, newest first, without their content."""
    rows = submission.revisions.select_related("saved_by").defer("answers")
    return rows.order_by("-version")


def invitation_for(token: str) -> Partner | None:
    """Return the invitation an e-mailed link names, while it may be taken up."""
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    rows = Partner.objects.select_related("dossier")
    return rows.filter(token_hash=token_hash, state__in=[PART_ASKED, PART_FILLING]).first()


def attachments_of(submission: Submission, user: User) -> QuerySet[StoredFile]:
    """Return the files of the newest answers this person may read, and those of the person."""
    reader = reader_of(submission, user)
    seen = [one.id for one in submission.form.form.fields() if may_read(one, reader)]
    named = submission.attachments.filter(Q(field__in=seen) | Q(file__owner=user))
    return StoredFile.objects.filter(pk__in=named.values("file"))


def unmerged_of(submission: Submission, user: User) -> UnmergedDraft | None:
    return UnmergedDraft.objects.filter(dossier=submission.pk, saved_by=user).first()


def visible_batches(user: User, process: Process) -> QuerySet[Batch]:
    """Return batch receipts of the administered units and of those that became part of them.

    Planning and audit see all.
    """
    rows = Batch.objects.select_related("call", "organisation", "submitted_by").order_by("-pk")
    rows = rows.filter(process=process.key)
    if set(user.roles) & READERS_OF_ALL:
        return rows
    units = user.administered_ids
    return rows.filter(Q(organisation__in=units) | Q(organisation__merged_into__in=units))


@dataclass(frozen=True)
class Verification:
    """What the public page says about a number and a hash; nothing of the content."""

    receipt: Receipt | None
    batch: Batch | None
    matches: bool


def verify_receipt(number: str, content_hash: str) -> Verification:
    """Return whether a receipt (or batch receipt) with this number and hash was issued."""
    number, content_hash = number.strip().upper(), content_hash.strip().lower()
    receipt = Receipt.objects.filter(number__iexact=number).order_by("-received_at")
    matching = receipt.filter(content_hash=content_hash).first()
    batch = Batch.objects.select_related("call").filter(number__iexact=number).first()
    matches = matching is not None or (batch is not None and batch.content_hash == content_hash)
    return Verification(matching or receipt.first(), batch, matches)


@dataclass(frozen=True)
class UnitWork:
    """How much of one process stands where for the units a person administers."""

    process: Process
    waiting: int
    returned: int
    handed_in: int


def unit_work(user: User) -> list[UnitWork]:
    """Return a line a process, in one query each."""
    return [_unit_work(user, process) for process in every_process()]


def _unit_work(user: User, process: Process) -> UnitWork:
    counts = state_counts(of_units(user, process))

    def count(*phases: Phase) -> int:
        return sum(counts.get(state, 0) for state in process.states(*phases))

    return UnitWork(process, count(*WITH_UNIT), count(*RETURNED), count(*HANDED_ON))


def waiting_for_units(user: User) -> int:
    """How many records of all processes wait for the research offices this person administers."""
    keys, units = tuple(one.key for one in every_process()), padded(user.administered_ids)
    return _waiting_for_units.count(keys, units=units) if keys and units else 0


@kept
def _waiting_for_units(keys: tuple[str, ...], *, units: tuple[int, ...]) -> QuerySet[Any, Any]:
    waiting = [
        _of_units(units, process_named(key))
        .in_phases(*WITH_UNIT)
        .select_related(None)
        .order_by()
        .values("pk")
        for key in keys
    ]
    rows: QuerySet[Any, Any] = waiting[0].union(*waiting[1:], all=True)
    return rows
