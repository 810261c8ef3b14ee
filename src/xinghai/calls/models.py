"""A call (征集批次) and what its definition was unfolded into, so that records can point at it.

The definition is kept whole; the rows below are its index. Forms are frozen: a
record keeps the row it was begun with, whatever is loaded later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.kinds import OrganisationKind
from xinghai.accounts.models import Office
from xinghai.calls.asking import Question as Question
from xinghai.calls.states import (
    CALL,
    COLLECT,
    DRAFT,
    HAND_IN,
    NOTICE,
    PUBLISHED,
    RECOMMEND,
    REMEMBERED,
    ROLLING,
)
from xinghai.calls.windows import last_end
from xinghai.kernel.forms import FormDefinition, parse_form, table_names, take_table
from xinghai.kernel.hashing import content_hash
from xinghai.kernel.models import Recorded
from xinghai.kernel.triggers import Frozen, StateGuard


@dataclass(frozen=True)
class _Known:
    """A stored form as read once per process: parsed, and the hash of each of its tables."""

    form: FormDefinition
    hashes: Mapping[str, str]


_read: dict[str, _Known] = {}


class Programme(models.Model):
    """A programme (计划) whose calls follow one another, year by year."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class CallQuerySet(models.QuerySet["Call"]):
    def published(self) -> "CallQuerySet":
        return self.filter(state=PUBLISHED)

    def issued(self) -> "CallQuerySet":
        """Everything the public may see: published, and cancelled with its reason."""
        return self.exclude(state=DRAFT)


class Call(Recorded):
    """One notice that takes records of a kind. The plan year is not the window's year."""

    trail_name = "calls.call"
    workflow = CALL

    code = models.SlugField(_("批次代码"), max_length=20, unique=True)
    title = models.CharField(_("名称"), max_length=100)
    title_en = models.CharField(max_length=160)
    # The key of the process its records belong to (`submissions.Process`).
    kind = models.CharField(max_length=20)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="calls"
    )
    # The call of the same kind that this one continues; its types and fields name theirs there.
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="continued_by"
    )
    plan_year = models.PositiveSmallIntegerField(_("计划年度"))
    issued_on = models.DateField(_("印发日期"))
    definition_hash = models.CharField(max_length=64)
    endorsed_kinds = ArrayField(
        models.CharField(max_length=20, choices=OrganisationKind.choices), default=list
    )
    # Whose units a recommending body (归口) passes on, after the unit where that reviews too.
    recommended_kinds = ArrayField(
        models.CharField(max_length=20, choices=OrganisationKind.choices), default=list
    )
    state = models.CharField(
        max_length=20,
        default=DRAFT,
        choices=[(state.name, state.label) for state in CALL.states],
    )
    loaded_at = models.DateTimeField()

    objects: ClassVar[Any] = CallQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_on", "code")
        triggers = (StateGuard(DRAFT),)

    def __str__(self) -> str:
        return self.title

    def know_windows(self, windows: "list[Window]") -> None:
        """Take windows that were read with it, as `prefetch_related` would; share this call."""
        for window in windows:
            window.call = self
        rows: Any = Window.objects.all()
        rows._result_cache = windows
        vars(self).setdefault("_prefetched_objects_cache", {})["windows"] = rows

    @property
    def definition(self) -> dict[str, Any]:
        """The whole definition; a query of its own unless `definition_row` was selected too."""
        return dict(self.definition_row.content)

    def closing_day(self, purpose: str = HAND_IN) -> date | None:
        """The last day for a purpose, in the city; None while it has no end."""
        end = last_end(self.windows.all(), purpose)
        return timezone.localtime(end).date() if end else None


class CallDefinition(models.Model):
    """The definition as loaded, apart from its call: it is long, and every record's list would
    otherwise fetch it once per row."""

    call = models.OneToOneField(
        Call, on_delete=models.PROTECT, primary_key=True, related_name="definition_row"
    )
    content = models.JSONField()

    def __str__(self) -> str:
        return str(self.call)


class Category(models.Model):
    """A type of project (项目类型), below another one where the notice groups them."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="categories")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    form_key = models.CharField(max_length=20, blank=True)
    allowed_kinds = ArrayField(
        models.CharField(max_length=20, choices=OrganisationKind.choices), default=list
    )
    joint = models.JSONField(default=dict)
    # What it was in the previous call, whatever it was called there.
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    is_accepting = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["call", "code"], name="category_code"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")), name="category_not_under_itself"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def above(self) -> tuple[str, ...]:
        """Codes of the categories this one stands under, nearest first."""
        found, category = [], self.parent
        while category is not None:
            found.append(category.code)
            category = category.parent
        return tuple(found)


class Domain(models.Model):
    """A field guides are written for (编制领域)."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="domains")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    is_listed = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["call", "code"], name="domain_code"),)

    def __str__(self) -> str:
        return self.name


class Window(models.Model):
    """When the call is open for a purpose; the closing second belongs to it.

    Windows of one purpose never overlap, those of two may: bodies still recommend what
    authors can no longer hand in.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="windows")
    kind = models.CharField(
        max_length=10, choices=[(COLLECT, _("集中征集")), (ROLLING, _("常态化征集"))]
    )
    purpose = models.CharField(
        max_length=12,
        choices=[(HAND_IN, _("提交")), (RECOMMEND, _("归口推荐"))],
        default=HAND_IN,
    )
    name = models.CharField(max_length=40, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    pool_tag = models.CharField(max_length=20)

    class Meta:
        ordering = ("opens_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=models.F("opens_at")),
                name="window_opens_before_it_closes",
            ),
            ExclusionConstraint(
                name="window_one_of_a_purpose_at_a_time",
                expressions=[
                    ("call", RangeOperators.EQUAL),
                    ("purpose", RangeOperators.EQUAL),
                    (
                        Func(
                            "opens_at",
                            "closes_at",
                            Value("[]"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.call_id} {self.name}"

    @property
    def is_rolling(self) -> bool:
        return self.kind == ROLLING

    @property
    def label(self) -> str:
        """What the window is called on pages: how authors are asked, or that bodies recommend."""
        kind, purpose = self.get_kind_display(), self.get_purpose_display()
        return str(kind if self.purpose == HAND_IN else purpose)


class CallOffice(models.Model):
    """An office as this call lists it: the landline to ask and what it answers for."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="offices")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    landline = models.CharField(max_length=30)
    duties = models.CharField(max_length=300, blank=True)
    duties_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["call", "office"], name="call_office_once"),
            models.CheckConstraint(condition=~Q(landline=""), name="call_office_is_reachable"),
        )

    def __str__(self) -> str:
        return f"{self.office} {self.landline}"


class Route(models.Model):
    """Who receives a type, a domain or a cell; no office means the notice leaves it open."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="routes")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="+")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    proposed = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.CharField(
        max_length=12,
        choices=[(NOTICE, _("通知规定")), (REMEMBERED, _("分派时记住"))],
        default=NOTICE,
    )
    source = models.CharField(max_length=120, blank=True)
    # Where the notice divides by an answer: the field of the form and the answer.
    field = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["call", "category", "domain", "field", "value", "origin"],
                name="route_one_per_cell",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=False) | Q(domain__isnull=False),
                name="route_names_a_cell",
            ),
            models.CheckConstraint(
                condition=Q(origin=NOTICE) | Q(office__isnull=False),
                name="route_remembered_has_office",
            ),
        )

    def __str__(self) -> str:
        return f"{self.category or '*'} x {self.domain or '*'} -> {self.office or '?'}"


class CallForm(models.Model):
    """One version of one form, never changed: records render with it for ever.

    A form belongs to a call, or to none where a process takes records without one.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="forms")
    key = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    definition = models.JSONField()
    definition_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("key", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=["call", "key", "version"],
                name="call_form_version",
                nulls_distinct=False,
            ),
        )
        triggers = (Frozen(["call", "key", "version", "definition", "definition_hash"]),)

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def form(self) -> FormDefinition:
        return self._content.form

    def table_hash(self, table: str) -> str:
        """The hash of one table's definition by itself, as receipts state it; "" is the own one."""
        return self._content.hashes[table]

    @cached_property
    def _content(self) -> _Known:
        """Read once per process, because the content of a form never changes."""
        if self.definition_hash not in _read:
            hashes = {
                table: content_hash(take_table(self.definition, table))
                for table in table_names(self.definition)
            }
            _read[self.definition_hash] = _Known(parse_form(self.definition), hashes)
        return _read[self.definition_hash]
