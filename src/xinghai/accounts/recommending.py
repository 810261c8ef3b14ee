"""归口: which body recommends a unit to the bureau, from which day until which."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.city import District
from xinghai.accounts.spans import DAYS, OfDaysQuerySet


class Recommends(models.Model):
    """A body recommends one unit, or every unit of a district that has none of its own.

    Rows are never changed but for their last day: who recommended whom on a day can be asked
    for ever. A record keeps the body it was sent to.
    """

    recommender = models.ForeignKey(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        related_name="recommends",
        verbose_name=_("推荐单位"),
    )
    unit = models.ForeignKey(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        null=True,
        related_name="recommended_by",
        verbose_name=_("被推荐的单位"),
    )
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_column="district",
        db_index=False,
        verbose_name=_("被推荐的区市县"),
    )
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("最后一天"), null=True)
    source = models.CharField(_("依据"), max_length=200)

    objects: ClassVar[Any] = OfDaysQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="recommends_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, district__isnull=True)
                | Q(unit__isnull=True, district__isnull=False),
                name="recommends_unit_or_district",
            ),
            ExclusionConstraint(
                name="recommends_one_a_unit",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(unit__isnull=False),
            ),
            ExclusionConstraint(
                name="recommends_one_a_district",
                expressions=[
                    ("district", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(district__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.recommender} → {self.unit or self.district}"
