"""Reads of this room; every list starts from what the reader may see."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from xinghai.accounts.kinds import OFFICER_ROLES, Role
from xinghai.accounts.models import User
from xinghai.kernel.models import StoredFile
from xinghai.submissions.states import LIVE_PARTNERSHIPS, PART_ASKED, PART_FILLING
from xinghai.submissions.models import (
    ARRIVED,
    Batch,
    Remark,
    Partner,
    Receipt,
    Revision,
    Submission,
    SubmissionQuerySet,
    UnmergedDraft,
)
from xinghai.submissions.precheck import wanted_files
from xinghai.suggestions.states import AT_OFFICE, AT_UNIT, EDITABLE, RETURNED

READERS_OF_ALL = {Role.PLANNER, Role.LEADER, Role.AUDIT_ADMIN}


def visible_to(user: User) -> SubmissionQuerySet:
    """Return the submissions this person may open; equal to the rule `submissions.view`."""
    if not user.is_authenticated or not user.is_active:
        return Submission.objects.none()
    seen: Any = Q(author=user) | Exists(
        Partner.objects.filter(
            organisation_id__in=user.unit_ids,
            submission=OuterRef("pk"),
            state__in=LIVE_PARTNERSHIPS,
        )
    )
    if user.administered_ids:
        past_the_author = ~Q(state="draft") | ~Q(number="")
        seen |= Q(organisation_id__in=user.administered_ids) & past_the_author
    roles = set(user.roles)
    if roles & READERS_OF_ALL:
        seen |= ARRIVED
    elif roles & set(OFFICER_ROLES) and user.office_id is not None:
        seen |= Q(office_id=user.office_id) & ARRIVED
    return Submission.objects.filter(seen)


def opened(user: User) -> SubmissionQuerySet:
    """Return what `visible_to` allows with everything one record's page needs joined."""
    return joined(visible_to(user))


def own(user: User) -> SubmissionQuerySet:
    """Return what this person writes, joined like `opened`; a part of `visible_to`."""
    return joined(Submission.objects.filter(author_id=user.pk))


def in_writing(user: User) -> SubmissionQuerySet:
    """Return what this person writes with only what saving joins: autosaves come by the second."""
    return (
        Submission.objects.filter(author_id=user.pk)
        .select_related(
            "call",
            "form",
            "category__parent",
            "domain",
            "office",
            "organisation",
        )
        .defer("form__definition")
    )


def joined(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """Join what one record's page needs; the forms' heavy JSON waits until it is asked for."""
    return rows.select_related(
        "call",
        "form",
        "category__parent",
        "domain",
        "assigned_category",
        "assigned_domain",
        "office",
        "organisation",
        "author",
        "merged_into",
    ).defer("form__definition")


def written_by(user: User) -> SubmissionQuerySet:
    """An author's own submissions, the ones that wait for the author first."""
    return Submission.objects.filter(author=user).with_names().order_by("-saved_at", "-pk")


def listed_for(user: User) -> SubmissionQuerySet:
    """An author's own submissions with what their rows show, the last touched first."""
    return (
        written_by(user)
        .select_related(
            "call",
            "category__parent",
            "domain",
            "office",
            "organisation",
            "author",
            "form",
        )
        .defer("form__definition")
    )


def copyable_for(user: User, *, limit: int = 50) -> list[Submission]:
    """Earlier records of the person to begin a new one from, the newest first."""
    rows = Submission.objects.filter(author=user).exclude(title="")
    return list(
        rows.select_related("call", "category")
        .only("title", "number", "call__title", "call__title_en", "category__name", "saved_at")
        .order_by("-saved_at", "-pk")[:limit]
    )


def on_the_desk_of(user: User) -> SubmissionQuerySet:
    """Return what waits for the author's pen: returned ones first, then drafts."""
    is_draft = Case(When(state__in=RETURNED, then=0), default=1)
    rows = listed_for(user).filter(state__in=EDITABLE)
    return rows.order_by(is_draft, "-saved_at", "-pk")


def handed_in_by(user: User) -> SubmissionQuerySet:
    """Return what has left the author, the latest movement first."""
    rows = listed_for(user).exclude(state__in=EDITABLE).defer("answers")
    return rows.order_by("-state_since", "-pk")


def papers_of_units(user: User) -> SubmissionQuerySet:
    """Everything of the administered units that has left the author's desk, oldest first.

    A part of `visible_to`, without its other ways to see a submission, which cost at every row.
    """
    past_the_author = ~Q(state="draft") | ~Q(number="")
    return (
        Submission.objects.filter(past_the_author, organisation_id__in=user.administered_ids)
        .with_names()
        .select_related("form")
        .defer("form__definition")
        .order_by("state_since", "pk")
    )


def inbox(user: User) -> SubmissionQuerySet:
    """Return what the user's office has received, what waits longest first."""
    if user.office_id is None or not set(user.roles) & set(OFFICER_ROLES):
        return Submission.objects.none()
    return (
        Submission.objects.filter(ARRIVED, office_id=user.office_id)
        .with_names()
        .defer("answers")
        .order_by("state_since", "pk")
    )


def state_counts(rows: SubmissionQuerySet) -> dict[str, int]:
    """Return how many rows stand in each state, and in `all`."""
    grouped = rows.order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in grouped}
    counts["all"] = sum(counts.values())
    return counts


def received(user: User) -> SubmissionQuerySet:
    """Return everything the bureau has received and this person may see, newest first."""
    sees_all = user.is_active and bool(set(user.roles) & READERS_OF_ALL)
    seen = Submission.objects.all() if sees_all else visible_to(user)
    return seen.filter(ARRIVED).with_names().defer("answers").order_by("-submitted_at", "-pk")


def triage_queue() -> SubmissionQuerySet:
    """Return the submissions no rule covers, oldest first (planning office)."""
    return (
        Submission.objects.in_triage().with_names().defer("answers").order_by("state_since", "pk")
    )


def merge_targets(submission: Submission, text: str, *, limit: int = 20) -> list[Submission]:
    """Return submissions of the same call one can be merged into, by number or title."""
    rows = (
        Submission.objects.filter(call_id=submission.call_id, state__in=["with_office", "pooled"])
        .exclude(pk=submission.pk)
        .with_names()
        .defer("answers")
    )
    if text.strip():
        rows = rows.mentioning(text.strip())
    else:
        rows = rows.filter(office=submission.office, domain=submission.domain)
    return list(rows.order_by("-submitted_at", "pk")[:limit])


def visible_comments(submission: Submission, user: User) -> QuerySet[Remark]:
    """Return the remarks this reader may see: a unit's remarks stay between unit and author."""
    rows = Remark.objects.filter(submission=submission).select_related("author")
    is_inside = submission.author_id == user.pk or (
        submission.organisation_id in user.administered_ids
    )
    return rows if is_inside else rows.filter(side="office")


def parts_of(user: User) -> QuerySet[Partner]:
    """Return the parts this person's organisations were asked to fill."""
    return (
        Partner.objects.filter(organisation_id__in=user.unit_ids)
        .select_related("suggestion__organisation", "suggestion__call", "organisation")
        .order_by("-asked_at", "-pk")
    )


def visible_partners(user: User) -> QuerySet[Partner]:
    """Return partnerships this person may open: own parts, and those on own submissions."""
    return Partner.objects.filter(
        Q(organisation_id__in=user.unit_ids) | Q(suggestion__author=user)
    ).select_related("submission", "organisation")


def revisions_of(submission: Submission) -> QuerySet[Revision]:
    """Return the stored versions, newest first, without their content."""
    return (
        Revision.objects.filter(submission=submission)
        .select_related("saved_by")
        .defer("answers")
        .order_by("-version")
    )


def absorbed_by(submission: Submission) -> list[Submission]:
    """Return what was merged into this one: number and title are shown, nothing more."""
    return list(submission.absorbed.only("number", "title", "merged_into").order_by("pk"))


def invitation_for(token: str) -> Partner | None:
    """Return the invitation an e-mailed link names, while it may be taken up."""
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    return (
        Partner.objects.select_related("suggestion__organisation", "suggestion__call")
        .filter(token_hash=token_hash, state__in=[PART_ASKED, PART_FILLING])
        .first()
    )


def attachments_of(submission: Submission) -> QuerySet[StoredFile]:
    """Return the whole files the answers name, uploaded by somebody who wrote in them.

    The second condition matters: naming another person's upload gives no access to it.
    """
    wanted = wanted_files(submission)
    writers = submission.revisions.values("saved_by")
    return StoredFile.objects.filter(
        pk__in=wanted,
        owner__in=writers,
        completed_at__isnull=False,
    )


def unmerged_of(submission: Submission, user: User) -> UnmergedDraft | None:
    return UnmergedDraft.objects.filter(submission=submission, saved_by=user).first()


def visible_batches(user: User) -> QuerySet[Batch]:
    """Return batch receipts of the administered units; planning and audit see all."""
    rows = Batch.objects.select_related("call", "organisation", "submitted_by").order_by("-pk")
    if set(user.roles) & READERS_OF_ALL:
        return rows
    return rows.filter(organisation_id__in=user.administered_ids)


@dataclass(frozen=True)
class Verification:
    """What the public page says about a number and a hash; nothing of the content."""

    receipt: Receipt | None
    batch: Batch | None
    matches: bool


def verify_receipt(number: str, content_hash: str) -> Verification:
    """Return whether a receipt (or batch receipt) with this number and hash was issued."""
    number, content_hash = number.strip().upper(), content_hash.strip().lower()
    receipt = (
        Receipt.objects.select_related("suggestion__call")
        .filter(number__iexact=number)
        .order_by("-received_at")
    )
    matching = receipt.filter(content_hash=content_hash).first()
    batch = Batch.objects.select_related("call").filter(number__iexact=number).first()
    matches = matching is not None or (batch is not None and batch.content_hash == content_hash)
    return Verification(matching or receipt.first(), batch, matches)


def waiting_in_office(user: User) -> int:
    """How many submissions wait for the user's office."""
    return inbox(user).filter(state__in=AT_OFFICE).count()


def waiting_in_triage(user: User) -> int:
    return triage_queue().count()


def waiting_for_units(user: User) -> int:
    """How many submissions wait for the research offices this person administers."""
    return papers_of_units(user).filter(state__in=AT_UNIT).count()
