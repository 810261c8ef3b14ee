"""What the bureau reads: an office's list, everything received, the triage; and beside a record
its handler, notes, marks and saved views."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import rules
from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from xinghai.accounts.models import Appointment, Office, User
from xinghai.accounts.selectors import officers, works_in
from xinghai.casework.models import Note, SavedView
from xinghai.kernel.processes import AT_OFFICE, Phase
from xinghai.submissions import selectors
from xinghai.submissions.models import Receipt, Submission, SubmissionQuerySet
from xinghai.submissions.process import Process, every_process, process_named

# Why a record waits for somebody, in the order of the first page.
MINE, OF_OFFICE, UNROUTED = range(3)


def inbox(user: User, process: Process) -> SubmissionQuerySet:
    """Return what the user's office has received, what waits longest first."""
    records = process.records.objects
    if not works_in(user, user.office_id):
        rows: SubmissionQuerySet = records.none()
        return rows
    found: SubmissionQuerySet = records.filter(
        selectors.received(process), office_id=user.office_id
    )
    return found.with_names().defer("answers").order_by("state_since", "pk")


def received(user: User, process: Process) -> SubmissionQuerySet:
    """Return everything the bureau has received and this person may see, newest first."""
    sees_all = user.is_active and bool(set(user.roles) & selectors.READERS_OF_ALL)
    records = process.records.objects
    seen = records.all() if sees_all else selectors.visible_to(user, process)
    rows: SubmissionQuerySet = seen.filter(selectors.received(process))
    return rows.with_names().defer("answers").order_by("-submitted_at", "-pk")


def triage_queue(process: Process) -> SubmissionQuerySet:
    """Return what no rule routes, oldest first (planning office)."""
    rows: SubmissionQuerySet = process.records.objects.in_phases(Phase.UNROUTED)
    return rows.with_names().defer("answers").order_by("state_since", "pk")


def waiting_in_office(user: User, process_key: str) -> int:
    """Return how many records of a process wait for the user's office."""
    return inbox(user, process_named(process_key)).in_phases(*AT_OFFICE).count()


def waiting_in_triage(user: User, process_key: str) -> int:
    return triage_queue(process_named(process_key)).count()


@dataclass(frozen=True)
class Handling:
    """What stands beside a submission for those who may work on it."""

    notes: list[Note]
    colleagues: list[User]
    may_discuss: bool
    may_give: bool
    is_mine: bool
    handler_is_gone: bool


def handling_of(submission: Submission, user: User) -> Handling:
    """Return what this reader may see and do; nothing of it reaches an applicant's page."""
    process = submission.process
    may_discuss = rules.has_perm(process.permission("discuss"), user, submission)
    may_give = may_be_given(submission, user)
    people = colleagues_of(submission.office) if may_give else User.objects.none()
    return Handling(
        notes=list(notes_of(submission)) if may_discuss else [],
        colleagues=[one for one in people if one.pk not in (user.pk, submission.author_id)],
        may_discuss=may_discuss,
        may_give=may_give,
        is_mine=submission.handler_id == user.pk,
        handler_is_gone=is_gone(submission),
    )


def may_be_given(submission: Submission, user: User) -> bool:
    """Whether this person may say who works on it: while it is not over."""
    is_open = not submission.shown_state.final
    return is_open and rules.has_perm(submission.process.permission("process"), user, submission)


def notes_of(submission: Submission) -> QuerySet[Note]:
    """Every note on a record, oldest first; ask the permission `discuss` before showing them."""
    return Note.objects.filter(dossier=submission.pk).select_related("author").order_by("pk")


def is_gone(submission: Submission) -> bool:
    """Its handler no longer works in its office; equal to `handler_gone`."""
    known: bool | None = vars(submission).get("handler_is_gone")
    if known is not None:
        return known  # the list has asked for all its rows together: `with_marks`
    handler = submission.handler
    return handler is not None and not works_in(handler, submission.office_id)


def handler_gone() -> Q:
    """Somebody handles it who is no longer an officer of its office; equal to `is_gone`."""
    held = Appointment.objects.in_force().as_officer()
    still_there = held.filter(user=OuterRef("handler"), office=OuterRef("office"))
    return Q(handler__isnull=False) & ~Q(Exists(still_there), handler__is_active=True)


def colleagues_of(office: Office | None) -> QuerySet[User]:
    """Return the officers of an office: those a submission can be given to."""
    return officers(office).order_by("name", "pk")


def with_marks(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """Add handler, the office's own type and domain, how many notes, how often handed in."""
    standing = Note.objects.filter(dossier=OuterRef("pk"), withdrawn_at=None)
    handed_in = Receipt.objects.filter(dossier=OuterRef("pk"))
    named = rows.select_related("handler", "assigned_category", "assigned_domain")
    marked: SubmissionQuerySet = named.annotate(
        note_count=_count_of(standing),
        receipt_count=_count_of(handed_in),
        handler_is_gone=ExpressionWrapper(handler_gone(), output_field=BooleanField()),
    )
    return marked


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    grouped = rows.order_by().values("dossier").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(grouped), 0)


def visible_views(user: User, process: Process) -> QuerySet[SavedView]:
    """Return the views a person saved and those shared in the office the person works in."""
    seen = Q(owner=user)
    if works_in(user, user.office_id):
        seen |= Q(office_id=user.office_id)
    own_first = F("office_id").asc(nulls_first=True)
    rows = SavedView.objects.filter(seen, process=process.key)
    return rows.select_related("owner").order_by(own_first, "pk")


@dataclass(frozen=True)
class Waiting:
    """A record on the first page of the bureau, and why it stands there."""

    submission: Submission
    reason: int


def waiting_for(user: User, processes: Sequence[Process], *, most: int) -> list[Waiting]:
    """Return what waits for this person over all processes, at most `most`.

    First what the person handles, then what nobody of the office handles, then what planning must
    route; in each the longest waiting first. One statement for the keys, then one a process for
    the rows.
    """
    parts = [part for process in processes for part in _waiting_parts(user, process, most)]
    if not parts:
        return []
    keys = list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0])
    chosen = sorted(keys, key=lambda row: (row[2], row[3], row[1]))[:most]
    rows: dict[int, Submission] = {}
    for process in processes:
        wanted = [pk for key, pk, _reason, _since in chosen if key == process.key]
        if wanted:
            found = process.records.objects.filter(pk__in=wanted).with_names().defer("answers")
            rows |= {one.pk: one for one in found}
    return [Waiting(rows[pk], reason) for _key, pk, reason, _since in chosen if pk in rows]


def _waiting_parts(user: User, process: Process, most: int) -> list[Any]:
    """A process's share of `waiting_for`: each part bounded, in its own order."""
    todo = inbox(user, process).in_phases(*AT_OFFICE)
    unattended = Q(handler=None) | handler_gone()
    shares = []
    if works_in(user, user.office_id):
        shares += [(MINE, todo.filter(handler=user)), (OF_OFFICE, todo.filter(unattended))]
    if rules.has_perm(process.permission("oversee"), user):
        shares.append((UNROUTED, triage_queue(process)))
    key = Value(process.key, output_field=CharField())
    return [
        rows.select_related(None)
        .annotate(of=key, reason=Value(reason))
        .values_list("of", "pk", "reason", "state_since")[:most]
        for reason, rows in shares
    ]


def open_counts(user: User) -> dict[str, int]:
    """Return how many records of each process wait in the user's office, in one statement."""
    parts: list[Any] = [
        inbox(user, process)
        .in_phases(*AT_OFFICE)
        .select_related(None)
        .order_by()
        .annotate(of=Value(process.key, output_field=CharField()))
        .values("of")
        .annotate(count=Count("pk"))
        .values_list("of", "count")
        for process in every_process()
    ]
    if not parts:
        return {}
    return dict(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])
