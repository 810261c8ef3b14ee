"""Appointments (任职): which role a person holds, where, from when until when."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import ExpressionWrapper, Func, Q, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.kinds import BUREAU_ROLES, OFFICER_ROLES, Role
from xinghai.kernel.clock import DatabaseNow

_SPAN = Func(
    "begins_at",
    "ends_at",
    Value("[)"),
    function="tstzrange",
    output_field=DateTimeRangeField(),
)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, at: datetime | None = None) -> "AppointmentQuerySet":
        """Return those that hold at a moment; without one, now by the database's clock.

        The first moment belongs to an appointment, `ends_at` does not: one that ends with a day
        ends at that day's midnight.
        """
        moment: Any = DatabaseNow() if at is None else at
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment), begins_at__lte=moment)

    def overlapping(self, begins_at: datetime, ends_at: datetime | None) -> "AppointmentQuerySet":
        """Return those that hold at some moment of the span; no end means for ever."""
        rows = self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=begins_at))
        return rows if ends_at is None else rows.filter(begins_at__lt=ends_at)

    def not_over(self) -> "AppointmentQuerySet":
        """Return those that hold now or will."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=DatabaseNow()))

    def newest_first(self) -> "AppointmentQuerySet":
        """Return those that end last first."""
        return self.order_by(models.F("ends_at").desc(nulls_first=True), "-begins_at", "-pk")

    def of_bureau(self) -> "AppointmentQuerySet":
        return self.filter(role__in=BUREAU_ROLES)

    def as_officer(self) -> "AppointmentQuerySet":
        """Return those who work on what an office receives."""
        return self.filter(role__in=OFFICER_ROLES)

    def as_facts(self) -> models.QuerySet[Any, Any]:
        """Return each as one JSON object, to be fetched in the statement that reads a person.

        `begun` tells whether it has begun by now.
        """
        office = JSONObject(
            id="office__id",
            code="office__code",
            name="office__name",
            name_en="office__name_en",
            is_planning="office__is_planning",
            position="office__position",
        )
        begun = ExpressionWrapper(Q(begins_at__lte=DatabaseNow()), models.BooleanField())
        facts = JSONObject(
            role="role", body="body_id", office_id="office_id", office=office, begun=begun
        )
        return self.order_by("begins_at", "pk").values(facts=facts)


class Appointment(models.Model):
    """One role of one person. The bureau's roles have no body; others are held at one.

    Rows are never changed but for their end: what somebody was on a day can be asked for ever.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    body = models.ForeignKey(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        null=True,
        related_name="appointments",
        verbose_name=_("所在单位"),
    )
    office = models.ForeignKey(
        "accounts.Office",
        on_delete=models.PROTECT,
        null=True,
        related_name="appointments",
        verbose_name=_("所在处室"),
    )
    begins_at = models.DateTimeField(_("任职开始"))
    ends_at = models.DateTimeField(_("任职结束"), null=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=models.F("begins_at")),
                name="appointment_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=OFFICER_ROLES) | Q(office__isnull=False),
                name="appointment_of_officer_has_office",
            ),
            models.CheckConstraint(
                condition=Q(role__in=BUREAU_ROLES, body__isnull=True)
                | (~Q(role__in=BUREAU_ROLES) & Q(body__isnull=False, office__isnull=True)),
                name="appointment_at_bureau_or_body",
            ),
            ExclusionConstraint(
                name="appointment_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        models.functions.Coalesce("body", Value(0)),
                        RangeOperators.EQUAL,
                    ),
                    (_SPAN, RangeOperators.OVERLAPS),
                ],
            ),
            # An inbox, shared views and notes belong to one office: nobody works in two at once.
            ExclusionConstraint(
                name="appointment_in_one_office",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("office", RangeOperators.NOT_EQUAL),
                    (_SPAN, RangeOperators.OVERLAPS),
                ],
                condition=Q(office__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["office", "role"], name="appointment_in_office"),
            models.Index(fields=["role", "body"], name="appointment_of_role"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {Role(self.role).label}"

    def holds_at(self, moment: datetime) -> bool:
        """Whether it holds at a moment; equal to `in_force`."""
        return self.begins_at <= moment and (self.ends_at is None or moment < self.ends_at)
