"""Suggestions, their versions, partners, comments, receipts and batches."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import Office, Organisation
from xinghai.calls.models import Call, CallForm, Category, Domain
from xinghai.kernel.models import Recorded
from xinghai.kernel.triggers import AppendOnly, Frozen, StateGuard
from xinghai.submissions.states import (
    DRAFT,
    LIVE_PARTNERSHIPS,
    PART_ASKED,
    PARTNERSHIP,
    RETURNED_BY_UNIT,
    TRIAGE,
    UNIT_REVIEW,
)
from xinghai.suggestions.alike import Grouping as Grouping
from xinghai.suggestions.alike import Likeness as Likeness
from xinghai.suggestions.alike import Tie as Tie
from xinghai.suggestions.bureau import Note as Note
from xinghai.suggestions.bureau import SavedView as SavedView
from xinghai.suggestions.states import AT_OFFICE, RECEIVED, SUGGESTION

TITLE_LENGTH = 200
# As `receipts.official_number` writes it: the call's code, which begins with a year, and digits.
OFFICIAL_NUMBER = re.compile(r"\d{4}(-\w+)*-\d{5,}")

# The bureau has it, or it is back with the author for an answer to the office.
NOT_RECEIVED = (DRAFT, UNIT_REVIEW, RETURNED_BY_UNIT)
ARRIVED = Q(state__in=RECEIVED)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Words a list is asked in."""

    def with_names(self) -> "SuggestionQuerySet":
        return self.select_related(
            "call", "category", "category__parent", "domain", "office", "organisation", "author"
        )

    def in_triage(self) -> "SuggestionQuerySet":
        return self.filter(state=TRIAGE)

    def mentioning(self, text: str, found: Sequence[int] = ()) -> "SuggestionQuerySet":
        """Filter by an official number, else by a fragment of the title or the unit's name.

        `found` are those whose text answers too, the best first: they lead the list.
        """
        if OFFICIAL_NUMBER.fullmatch(text):
            return self.filter(number__in={text, text.upper(), text.lower()})
        named = Q(title__icontains=text) | Q(organisation__name__icontains=text)
        if not found:
            return self.filter(named)
        order = Value(list(found), output_field=ArrayField(models.BigIntegerField()))
        place = Func(order, F("pk"), function="array_position", output_field=IntegerField())
        rows = self.filter(named | Q(pk__in=found))
        return rows.order_by(place.asc(nulls_last=True), *self.query.order_by)


class Suggestion(Recorded):
    """A guide suggestion (指南建议). Answers are JSON under the form it was begun with."""

    workflow = SUGGESTION
    decisive = ("author_id", "organisation_id", "office_id", "handler_id")
    followed_by = "xinghai.suggestions.tasks.follow"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="suggestions")
    # Nobody looks papers up by these keys alone; an index of each would only slow writing.
    form = models.ForeignKey(CallForm, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    domain = models.ForeignKey(
        Domain, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    assigned_category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    assigned_domain = models.ForeignKey(
        Domain, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="suggestions"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="suggestions",
        db_index=False,  # suggestion_unit begins with it
    )
    title = models.CharField(_("名称"), max_length=TITLE_LENGTH, blank=True)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    state = models.CharField(
        max_length=20,
        default=DRAFT,
        choices=[(state.name, state.label) for state in SUGGESTION.states],
    )
    state_since = models.DateTimeField()
    number = models.CharField(_("编号"), max_length=40, blank=True)
    submitted_at = models.DateTimeField(null=True)
    is_rolling = models.BooleanField(default=False)
    pool_tag = models.CharField(max_length=20, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    # 经办人: who of the office works on it. Not a state, and seen by nobody outside the bureau.
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    due_on = models.DateField(null=True)
    outcome_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="absorbed"
    )

    objects: ClassVar[Any] = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["number", "call"], condition=~Q(number=""), name="suggestion_number"
            ),
            models.CheckConstraint(
                condition=Q(state__in=NOT_RECEIVED)
                | (~Q(number="") & Q(submitted_at__isnull=False) & Q(organisation__isnull=False)),
                name="suggestion_received_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
                name="suggestion_merged_has_target",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("pk")), name="suggestion_not_into_itself"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["with_office", "pooled", "condensed"])
                | Q(office__isnull=False),
                name="suggestion_at_office_has_office",
            ),
        )
        indexes = (
            # Lists of the bureau: in order, and counted by state from the index alone.
            models.Index(
                fields=["office", "state_since", "id"],
                include=["state"],
                condition=ARRIVED,
                name="suggestion_inbox",
            ),
            models.Index(
                fields=["office", "state_since", "id"],
                condition=Q(state__in=AT_OFFICE),
                name="suggestion_todo",
            ),
            models.Index(
                fields=["-submitted_at", "-id"],
                include=["state"],
                condition=ARRIVED,
                name="suggestion_arrived",
            ),
            models.Index(fields=["state", "state_since"], name="suggestion_state"),
            models.Index(fields=["organisation", "state"], name="suggestion_unit"),
        )
        triggers = (StateGuard(DRAFT),)

    def __str__(self) -> str:
        return self.title or str(_("（未填名称）"))

    @property
    def needs_endorsement(self) -> bool:
        """Universities and institutes hand in through their research office (notice, 四.3)."""
        return self.organisation is not None and self.organisation.kind in self.call.endorsed_kinds

    @cached_property
    def live_partners(self) -> list["Partner"]:
        return list(
            self.partners.filter(state__in=LIVE_PARTNERSHIPS)
            .select_related("organisation", "user")
            .order_by("pk")
        )


class Revision(models.Model):
    """The content at one version: what a save wrote, kept for comparing and restoring."""

    # One row per autosave: its one index is the constraint's, which begins with the suggestion.
    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    version = models.PositiveIntegerField()
    answers = models.JSONField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    saved_at = models.DateTimeField()
    note = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["suggestion", "version"], name="revision_version"),
        )
        triggers = (Frozen(["answers", "version", "suggestion"], deletable=True),)

    def __str__(self) -> str:
        return f"{self.suggestion_id} v{self.version}"

    @property
    def words(self) -> str:
        """Why this version was written, where it was more than typing."""
        notes = {
            "start": _("开始"),
            "merge": _("合并"),
            "restore": _("恢复"),
            "again": _("未改动，再次提交"),
        }
        return str(notes.get(self.note, ""))


class UnmergedDraft(models.Model):
    """What a second window tried to save over a newer version: kept until the person decides."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="unmerged")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    base_version = models.PositiveIntegerField()
    answers = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["suggestion", "saved_by"], name="unmerged_one_each"),
        )

    def __str__(self) -> str:
        return f"{self.suggestion_id} from v{self.base_version}"


class Partner(Recorded):
    """An organisation asked to fill its part and confirm it (双向填报, 共同填报)."""

    workflow = PARTNERSHIP

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="partners")
    side = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=20,
        default=PART_ASKED,
        choices=[(state.name, state.label) for state in PARTNERSHIP.states],
    )
    asked_at = models.DateTimeField()
    confirmed_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["suggestion", "side"],
                condition=Q(state__in=LIVE_PARTNERSHIPS),
                name="partner_one_per_side",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(email=""), name="partner_is_reachable"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(organisation__isnull=False) & Q(user__isnull=False)),
                name="partner_confirmed_has_person",
            ),
        )
        triggers = (StateGuard(PART_ASKED),)

    def __str__(self) -> str:
        return str(self.organisation or self.email)


class FieldComment(models.Model):
    """A remark of the unit or the office on one field, until it is resolved."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="comments")
    field = models.CharField(max_length=60)
    text = models.TextField(max_length=500)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.field}: {self.text[:20]}"


class Batch(models.Model):
    """Papers a unit's research office hands in together, with one batch receipt."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="batches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="batches")
    number = models.CharField(max_length=40, unique=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        triggers = (AppendOnly(),)

    def __str__(self) -> str:
        return self.number


class Receipt(models.Model):
    """What was received, when, under which number: written once per submission."""

    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.PROTECT, related_name="receipts", db_index=False
    )
    number = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="receipts")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["suggestion", "version"], name="receipt_per_version"),
        )
        indexes = (models.Index(fields=["number"], name="receipt_number"),)
        triggers = (AppendOnly(),)

    def __str__(self) -> str:
        return self.number
