"""The groups of a call's suggestions as last computed, and what people corrected in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xinghai.accounts.models import Office
from xinghai.calls.models import Call


class Grouping(models.Model):
    """The groups of a call's suggestions as last computed: of one office, or of the whole bureau.

    An office's groups are made from what it may read alone: a name is made of titles.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+", db_index=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
    # Digest of members, versions and ties it was computed from.
    made_of = models.CharField(max_length=64, blank=True)
    # By a suggestion's id: its group's number, its place on the map. By number: key phrases.
    labels = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    names = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["call", "office"], name="grouping_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.call_id} / {self.office_id or '-'}"


class Tie(models.Model):
    """Somebody's word that two suggestions belong in one group, or do not; held until undone."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    one = models.ForeignKey(
        "suggestions.Suggestion",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # the constraint begins with it
    )
    other = models.ForeignKey(
        "suggestions.Suggestion", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    is_together = models.BooleanField()
    tied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    tied_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(undone_at=None), name="tie_once_a_pair"
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="tie_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} {'+' if self.is_together else '/'} {self.other_id}"
