"""What was true of an organisation on a day: its verified names, and its qualifications (资质)."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.city import District, QualificationKind
from xinghai.accounts.kinds import OrganisationKind
from xinghai.accounts.spans import DAYS, OfDaysQuerySet, ends_after_it_begins
from xinghai.kernel.triggers import AppendOnly


class OrganisationVersion(models.Model):
    """An organisation as the bureau verified it, from that moment until the next version."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="versions"
    )
    from_at = models.DateTimeField()
    name = models.CharField(_("单位名称"), max_length=100)
    kind = models.CharField(_("单位性质"), max_length=20, choices=OrganisationKind.choices)
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="district",
        db_index=False,
        verbose_name=_("所属区市县（先导区）"),
    )

    class Meta:
        ordering = ("from_at", "pk")
        indexes = (
            models.Index(fields=["organisation", "-from_at"], name="organisation_version_at"),
        )
        triggers = (AppendOnly(),)

    def __str__(self) -> str:
        return self.name


class Qualification(models.Model):
    """A title an organisation holds for a time, such as 高新技术企业, which ends after three years.

    Without a first day it began before the platform knew of it; without a last day it has no end.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="qualifications"
    )
    kind = models.ForeignKey(
        QualificationKind,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="kind",
        db_index=False,
        verbose_name=_("资质"),
    )
    number = models.CharField(_("证书编号"), max_length=60, blank=True)
    from_on = models.DateField(_("从哪天起"), null=True, blank=True)
    to_on = models.DateField(_("最后一天"), null=True, blank=True)
    source = models.CharField(_("认定机关或公告"), max_length=120, blank=True)

    objects: ClassVar[Any] = OfDaysQuerySet.as_manager()

    class Meta:
        ordering = (F("to_on").desc(nulls_first=True), "pk")
        constraints = (
            ends_after_it_begins("qualification_begins_before_it_ends"),
            ExclusionConstraint(
                name="qualification_once_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        return str(self.kind)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day; equal to `on`."""
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.to_on is None or self.to_on >= day)


def version_at(organisation: Any, moment: datetime) -> OrganisationVersion | None:
    """Return the organisation as it was verified at a moment; None before it ever was."""
    rows = OrganisationVersion.objects.filter(organisation=organisation, from_at__lte=moment)
    return rows.order_by("-from_at", "-pk").first()
