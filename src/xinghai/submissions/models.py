"""The record every process shares, and what hangs on every record by its dossier (案卷)."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import Office, Organisation
from xinghai.calls.models import Call, CallForm, Category, Domain, Window
from xinghai.kernel.models import Recorded
from xinghai.kernel.processes import Phase
from xinghai.kernel.triggers import AppendOnly, Frozen, StateGuard
from xinghai.submissions.attachments import Attachment, AttachmentQuerySet
from xinghai.submissions.dossiers import Dossier, OfDossier
from xinghai.submissions.process import Process
from xinghai.submissions.states import LIVE_PARTNERSHIPS, PART_ASKED, PARTNERSHIP

TITLE_LENGTH = 200
# As `receipts.official_number` writes it: the call's code, which begins with a year, and digits.
OFFICIAL_NUMBER = re.compile(r"\d{4}(-\w+)*-\d{5,}")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Words in which lists of any process are asked for."""

    def with_names(self) -> "SubmissionQuerySet":
        names = ("domain", "office", "organisation", "recommender", "author")
        return self.select_related("call", "category__parent", *names)

    def in_phases(self, *phases: Phase) -> "SubmissionQuerySet":
        return self.filter(state__in=self.model.process.states(*phases))

    def knowing_partners(self) -> "SubmissionQuerySet":
        """Bring along whether there are partners at all: mostly nobody need ask for them."""
        live = Partner.objects.filter(dossier=OuterRef("pk"), state__in=LIVE_PARTNERSHIPS)
        return self.annotate(has_partners=Exists(live))

    def mentioning(self, text: str, found: Sequence[int] = ()) -> "SubmissionQuerySet":
        """Filter by an official number, else by a fragment of the title or the unit's name.

        `found` are those whose text answers too, the best first: they lead the list.
        """
        if OFFICIAL_NUMBER.fullmatch(text):
            return self.filter(number__in={text, text.upper(), text.lower()})
        # Where no letter has another case, as in most Chinese words, no title need be folded.
        holds = "contains" if text.upper() == text.lower() else "icontains"
        units = Organisation.objects.filter(**{f"name__{holds}": text})
        named = Q(**{f"title__{holds}": text}) | Q(organisation__in=units.values("pk"))
        if not found:
            return self.filter(named)
        answering = Q(pk__in=found)
        order = Value(list(found), output_field=ArrayField(models.BigIntegerField()))
        place = Func(order, F("pk"), function="array_position", output_field=IntegerField())
        # Only those found look for their place in the long list.
        place_of_found = Case(When(answering, then=place))
        rows = self.filter(named | answering)
        return rows.order_by(place_of_found.asc(nulls_last=True), *self.query.order_by)


class Submission(Recorded):
    """A record somebody fills in for a call (填报件). Each process has a concrete table of it.

    Answers are JSON under the form it was begun with.
    """

    process: ClassVar[Process]
    # Columns the permissions look at: read with the lock, so that no stale page decides.
    decisive = ("author_id", "organisation_id", "office_id", "handler_id", "recommender_id")
    followed_by = "xinghai.submissions.tasks.follow"
    # Relations of the process itself that one record's page shows.
    shown_relations: ClassVar[tuple[str, ...]] = ()

    dossier = models.OneToOneField(
        Dossier, primary_key=True, db_column="id", on_delete=models.PROTECT, related_name="+"
    )
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    # Nobody looks records up by these keys alone; an index of each would only slow writing.
    form = models.ForeignKey(CallForm, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    domain = models.ForeignKey(
        Domain, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # What the office found instead of the author's own choice, which stays beside it.
    assigned_category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    assigned_domain = models.ForeignKey(
        Domain, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,  # the index of the unit's list begins with it
    )
    title = models.CharField(_("名称"), max_length=TITLE_LENGTH, blank=True)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    # What it asks for, in yuan; the form's definition names the field.
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    saved_at = models.DateTimeField()
    state = models.CharField(max_length=30, default="draft")
    state_since = models.DateTimeField()
    number = models.CharField(_("编号"), max_length=40, blank=True)
    submitted_at = models.DateTimeField(null=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    # 经办人: who of the office works on it. Not a state, and seen by nobody outside the bureau.
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    # 归口: the body it was sent to, kept when the relation of units and bodies changes.
    recommender = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_on = models.DateField(null=True)
    outcome_reason = models.TextField(blank=True)

    objects: ClassVar[Any] = SubmissionQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or str(_("（未填名称）"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new record its dossier first: one key over all processes."""
        if self._state.adding and not self.dossier_id:
            with transaction.atomic():
                self.dossier = Dossier.objects.create(process=self.process.key)
                super().save(*args, **{**kwargs, "force_insert": True})
        else:
            super().save(*args, **kwargs)

    @property
    def phase(self) -> Phase:
        return self.workflow.phase_of(self.state)

    @property
    def needs_endorsement(self) -> bool:
        """Whether the call wants units of this kind to review what their people hand in."""
        return self.organisation is not None and self.organisation.kind in self.call.endorsed_kinds

    @property
    def needs_recommendation(self) -> bool:
        """Whether the call wants units of this kind recommended by the body they belong to."""
        kinds = self.call.recommended_kinds
        return self.organisation is not None and self.organisation.kind in kinds

    @cached_property
    def live_partners(self) -> list["Partner"]:
        if vars(self).pop("has_partners", True) is False:
            return []
        return list(
            self.partners.filter(state__in=LIVE_PARTNERSHIPS)
            .select_related("organisation", "user")
            .order_by("pk")
        )

    def forget_partners(self) -> None:
        """Ask for the partners anew: there is another one."""
        for name in ("live_partners", "has_partners"):
            vars(self).pop(name, None)

    @property
    def revisions(self) -> "models.QuerySet[Revision]":
        return Revision.objects.filter(dossier=self.pk)

    @property
    def attachments(self) -> AttachmentQuerySet:
        return Attachment.objects.filter(dossier=self.pk).of_the_newest()

    @property
    def partners(self) -> "models.QuerySet[Partner]":
        return Partner.objects.filter(dossier=self.pk)

    @property
    def remarks(self) -> "models.QuerySet[Remark]":
        return Remark.objects.filter(dossier=self.pk)

    @property
    def receipts(self) -> "models.QuerySet[Receipt]":
        return Receipt.objects.filter(dossier=self.pk)

    def steps_ahead(self) -> list[str]:
        """Return the steps that are sure to come, for the tracker of the author's page."""
        return []

    def page_facts(self) -> dict[str, Any]:
        """Return what the process adds to a page about one record."""
        return {}

    def facts_on_receipt(self, window: Window | None) -> dict[str, Any]:
        """Return further columns to write when the bureau receives it for the first time.

        `window` is the open window of the call it falls into.
        """
        return {}


class Revision(OfDossier):
    """The content at one version: what a save wrote, kept for comparing and restoring."""

    # One row per autosave: its one index is the constraint's, which begins with the dossier.
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    answers = models.JSONField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    saved_at = models.DateTimeField()
    note = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dossier", "version"], name="revision_once"),
        )
        triggers = (Frozen(["answers", "version", "dossier"], deletable=True),)

    def __str__(self) -> str:
        return f"{self.dossier_id} v{self.version}"

    @property
    def words(self) -> str:
        """Why this version was written, where it was more than typing."""
        notes = {
            "start": _("开始"),
            "merge": _("合并"),
            "restore": _("恢复"),
            "unit": _("单位资料更新"),
            "again": _("未改动，再次提交"),
        }
        return str(notes.get(self.note, ""))


class UnmergedDraft(OfDossier):
    """What a second window tried to save over a newer version: kept until the person decides."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    base_version = models.PositiveIntegerField()
    answers = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dossier", "saved_by"], name="unmerged_draft_once"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} from v{self.base_version}"


class Partner(Recorded, OfDossier):
    """An organisation asked to fill its part and confirm it (双向填报, 共同填报)."""

    # As it was called before partners belonged to every process.
    trail_name = "suggestions.partner"
    workflow = PARTNERSHIP

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=20)
    # Its place on the side, from 1: as many as the form's definition has.
    seat = models.PositiveSmallIntegerField(default=1)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=20, default=PART_ASKED)
    asked_at = models.DateTimeField()
    confirmed_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["dossier", "side", "seat"],
                condition=Q(state__in=LIVE_PARTNERSHIPS),
                name="partner_once_a_seat",
            ),
            models.UniqueConstraint(
                fields=["dossier", "side", "organisation"],
                condition=Q(state__in=LIVE_PARTNERSHIPS),
                name="partner_sits_once",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(email=""),
                name="partner_can_be_reached",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(organisation__isnull=False) & Q(user__isnull=False)),
                name="partner_confirmed_by_person",
            ),
        )
        triggers = (StateGuard(PART_ASKED),)

    def __str__(self) -> str:
        return str(self.organisation or self.email)

    @property
    def is_live(self) -> bool:
        """Neither declined nor taken back: its organisation may read the submission."""
        return self.state in LIVE_PARTNERSHIPS


class Remark(OfDossier):
    """A remark of the unit or the office on one field, until it is resolved (逐栏意见)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
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
    """What a unit's research office hands in together, with one batch receipt (批次提交)."""

    process = models.CharField(max_length=20)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
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


class Receipt(OfDossier):
    """What was received, when, under which number: written once per submission (回执)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="receipts")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dossier", "version"], name="receipt_once_a_version"),
        )
        indexes = (models.Index(fields=["number"], name="receipt_by_number"),)
        triggers = (AppendOnly(),)

    def __str__(self) -> str:
        return self.number
