"""What the bureau sees of a submission beside its content: handler, notes, marks, saved views."""

from dataclasses import dataclass
from typing import Any

import rules
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from xinghai.accounts.kinds import OFFICER_ROLES
from xinghai.accounts.models import Office, User
from xinghai.casework.models import Note, SavedView
from xinghai.submissions.models import Receipt, Submission, SubmissionQuerySet
from xinghai.suggestions.states import SUGGESTION


@dataclass(frozen=True)
class Inside:
    """What stands beside a submission for those who may work on it."""

    notes: list[Note]
    colleagues: list[User]
    may_discuss: bool
    may_give: bool
    is_mine: bool
    handler_is_gone: bool


def inside_of(submission: Submission, user: User) -> Inside:
    """Return what this reader may see and do; nothing of it reaches an applicant's page."""
    may_discuss = rules.has_perm("suggestions.discuss", user, submission)
    is_open = not SUGGESTION.state_by_name[submission.state].final
    may_give = is_open and rules.has_perm("suggestions.process", user, submission)
    people = colleagues_of(submission.office) if may_give else User.objects.none()
    return Inside(
        notes=list(notes_of(submission)) if may_discuss else [],
        colleagues=[one for one in people if one.pk not in (user.pk, submission.author_id)],
        may_discuss=may_discuss,
        may_give=may_give,
        is_mine=submission.handler_id == user.pk,
        handler_is_gone=is_gone(submission),
    )


def notes_of(submission: Submission) -> QuerySet[Note]:
    """Every note on a submission, oldest first; ask `submissions.discuss` before showing them."""
    return Note.objects.filter(submission=submission).select_related("author").order_by("pk")


def is_gone(submission: Submission) -> bool:
    """Its handler no longer works in its office; equal to `queues.handler_gone`."""
    handler = submission.handler
    if handler is None:
        return False
    is_officer = bool(set(OFFICER_ROLES) & set(handler.roles))
    return not (handler.is_active and is_officer and handler.office_id == submission.office_id)


def colleagues_of(office: Office | None) -> QuerySet[User]:
    """Return the officers of an office: those a submission can be given to."""
    people = User.objects.filter(
        is_active=True, office=office, office__isnull=False, roles__overlap=OFFICER_ROLES
    )
    return people.order_by("name", "pk")


def with_marks(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """Add handler, the office's own type and domain, how many notes, how often handed in."""
    standing = Note.objects.filter(submission=OuterRef("pk"), withdrawn_at=None)
    received = Receipt.objects.filter(submission=OuterRef("pk"))
    named = rows.select_related("handler", "assigned_category", "assigned_domain")
    marked: SubmissionQuerySet = named.annotate(
        note_count=_count_of(standing), receipt_count=_count_of(received)
    )
    return marked


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    grouped = rows.order_by().values("submission").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(grouped), 0)


def visible_views(user: User) -> QuerySet[SavedView]:
    """Return the views a person saved and those shared in the office the person works in."""
    seen = Q(owner=user)
    if user.office_id is not None and set(OFFICER_ROLES) & set(user.roles):
        seen |= Q(office_id=user.office_id)
    own_first = F("office_id").asc(nulls_first=True)
    return SavedView.objects.filter(seen).select_related("owner").order_by(own_first, "pk")
