"""Reads of this room; every list starts from what the reader may see."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from xinghai.accounts.kinds import OFFICER_ROLES, Role
from xinghai.accounts.models import User
from xinghai.kernel.models import StoredFile
from xinghai.submissions.states import LIVE_PARTNERSHIPS, PART_ASKED, PART_FILLING
from xinghai.suggestions.models import (
    ARRIVED,
    Batch,
    FieldComment,
    Partner,
    Receipt,
    Revision,
    Suggestion,
    SuggestionQuerySet,
    UnmergedDraft,
)
from xinghai.suggestions.prechecking import wanted_files
from xinghai.suggestions.states import AT_OFFICE, AT_UNIT, EDITABLE, RETURNED

READERS_OF_ALL = {Role.PLANNER, Role.LEADER, Role.AUDIT_ADMIN}


def visible_to(user: User) -> SuggestionQuerySet:
    """Return the suggestions this person may open; equal to the rule `suggestions.view`."""
    if not user.is_authenticated or not user.is_active:
        return Suggestion.objects.none()
    seen: Any = Q(author=user) | Exists(
        Partner.objects.filter(
            organisation_id__in=user.unit_ids,
            suggestion=OuterRef("pk"),
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
    return Suggestion.objects.filter(seen)


def opened(user: User) -> SuggestionQuerySet:
    """Return what `visible_to` allows with everything one record's page needs joined."""
    return joined(visible_to(user))


def own(user: User) -> SuggestionQuerySet:
    """Return what this person writes, joined like `opened`; a part of `visible_to`."""
    return joined(Suggestion.objects.filter(author_id=user.pk))


def in_writing(user: User) -> SuggestionQuerySet:
    """Return what this person writes with only what saving joins: autosaves come by the second."""
    return (
        Suggestion.objects.filter(author_id=user.pk)
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


def joined(rows: SuggestionQuerySet) -> SuggestionQuerySet:
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


def written_by(user: User) -> SuggestionQuerySet:
    """An author's own suggestions, the ones that wait for the author first."""
    return Suggestion.objects.filter(author=user).with_names().order_by("-saved_at", "-pk")


def listed_for(user: User) -> SuggestionQuerySet:
    """An author's own suggestions with what their rows show, the last touched first."""
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


def copyable_for(user: User, *, limit: int = 50) -> list[Suggestion]:
    """Earlier records of the person to begin a new one from, the newest first."""
    rows = Suggestion.objects.filter(author=user).exclude(title="")
    return list(
        rows.select_related("call", "category")
        .only("title", "number", "call__title", "call__title_en", "category__name", "saved_at")
        .order_by("-saved_at", "-pk")[:limit]
    )


def on_the_desk_of(user: User) -> SuggestionQuerySet:
    """Return what waits for the author's pen: returned ones first, then drafts."""
    is_draft = Case(When(state__in=RETURNED, then=0), default=1)
    rows = listed_for(user).filter(state__in=EDITABLE)
    return rows.order_by(is_draft, "-saved_at", "-pk")


def handed_in_by(user: User) -> SuggestionQuerySet:
    """Return what has left the author, the latest movement first."""
    rows = listed_for(user).exclude(state__in=EDITABLE).defer("answers")
    return rows.order_by("-state_since", "-pk")


def papers_of_units(user: User) -> SuggestionQuerySet:
    """Everything of the administered units that has left the author's desk, oldest first.

    A part of `visible_to`, without its other ways to see a paper, which cost at every row.
    """
    past_the_author = ~Q(state="draft") | ~Q(number="")
    return (
        Suggestion.objects.filter(past_the_author, organisation_id__in=user.administered_ids)
        .with_names()
        .select_related("form")
        .defer("form__definition")
        .order_by("state_since", "pk")
    )


def inbox(user: User) -> SuggestionQuerySet:
    """Return what the user's office has received, what waits longest first."""
    if user.office_id is None or not set(user.roles) & set(OFFICER_ROLES):
        return Suggestion.objects.none()
    return (
        Suggestion.objects.filter(ARRIVED, office_id=user.office_id)
        .with_names()
        .defer("answers")
        .order_by("state_since", "pk")
    )


def state_counts(rows: SuggestionQuerySet) -> dict[str, int]:
    """Return how many rows stand in each state, and in `all`."""
    grouped = rows.order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in grouped}
    counts["all"] = sum(counts.values())
    return counts


def received(user: User) -> SuggestionQuerySet:
    """Return everything the bureau has received and this person may see, newest first."""
    sees_all = user.is_active and bool(set(user.roles) & READERS_OF_ALL)
    seen = Suggestion.objects.all() if sees_all else visible_to(user)
    return seen.filter(ARRIVED).with_names().defer("answers").order_by("-submitted_at", "-pk")


def triage_queue() -> SuggestionQuerySet:
    """Return the suggestions no rule covers, oldest first (planning office)."""
    return (
        Suggestion.objects.in_triage().with_names().defer("answers").order_by("state_since", "pk")
    )


def merge_targets(suggestion: Suggestion, text: str, *, limit: int = 20) -> list[Suggestion]:
    """Return suggestions of the same call one can be merged into, by number or title."""
    rows = (
        Suggestion.objects.filter(call_id=suggestion.call_id, state__in=["with_office", "pooled"])
        .exclude(pk=suggestion.pk)
        .with_names()
        .defer("answers")
    )
    if text.strip():
        rows = rows.mentioning(text.strip())
    else:
        rows = rows.filter(office=suggestion.office, domain=suggestion.domain)
    return list(rows.order_by("-submitted_at", "pk")[:limit])


def visible_comments(suggestion: Suggestion, user: User) -> QuerySet[FieldComment]:
    """Return the remarks this reader may see: a unit's remarks stay between unit and author."""
    rows = FieldComment.objects.filter(suggestion=suggestion).select_related("author")
    is_inside = suggestion.author_id == user.pk or (
        suggestion.organisation_id in user.administered_ids
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
    """Return partnerships this person may open: own parts, and those on own suggestions."""
    return Partner.objects.filter(
        Q(organisation_id__in=user.unit_ids) | Q(suggestion__author=user)
    ).select_related("suggestion", "organisation")


def revisions_of(suggestion: Suggestion) -> QuerySet[Revision]:
    """Return the stored versions, newest first, without their content."""
    return (
        Revision.objects.filter(suggestion=suggestion)
        .select_related("saved_by")
        .defer("answers")
        .order_by("-version")
    )


def absorbed_by(suggestion: Suggestion) -> list[Suggestion]:
    """Return what was merged into this one: number and title are shown, nothing more."""
    return list(suggestion.absorbed.only("number", "title", "merged_into").order_by("pk"))


def invitation_for(token: str) -> Partner | None:
    """Return the invitation an e-mailed link names, while it may be taken up."""
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    return (
        Partner.objects.select_related("suggestion__organisation", "suggestion__call")
        .filter(token_hash=token_hash, state__in=[PART_ASKED, PART_FILLING])
        .first()
    )


def attachments_of(suggestion: Suggestion) -> QuerySet[StoredFile]:
    """Return the whole files the answers name, uploaded by somebody who wrote in them.

    The second condition matters: naming another person's upload gives no access to it.
    """
    wanted = wanted_files(suggestion)
    writers = suggestion.revisions.values("saved_by")
    return StoredFile.objects.filter(
        pk__in=wanted,
        owner__in=writers,
        completed_at__isnull=False,
    )


def unmerged_of(suggestion: Suggestion, user: User) -> UnmergedDraft | None:
    return UnmergedDraft.objects.filter(suggestion=suggestion, saved_by=user).first()


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
    """How many suggestions wait for the user's office."""
    return inbox(user).filter(state__in=AT_OFFICE).count()


def waiting_in_triage(user: User) -> int:
    return triage_queue().count()


def waiting_for_units(user: User) -> int:
    """How many papers wait for the research offices this person administers."""
    return papers_of_units(user).filter(state__in=AT_UNIT).count()
