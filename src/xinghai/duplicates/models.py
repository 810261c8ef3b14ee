"""What people found about pairs of submissions, and the groups of a call."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import Office
from xinghai.calls.models import Call

LONGEST_REASON = 500


class Verdict(models.TextChoices):
    """What an officer decided about two submissions; nothing follows by itself."""

    SAME = "same", _("重复")
    RELATED = "related", _("相关")
    UNRELATED = "unrelated", _("不相关")


class Likeness(models.Model):
    """One decision about two submissions, kept once whichever of them is read.

    The row holds the last decision; earlier ones stand in both trails.
    """

    one = models.ForeignKey(
        "suggestions.Submission",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # the constraint begins with it
    )
    other = models.ForeignKey("suggestions.Submission", on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField(max_length=LONGEST_REASON, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    judged_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likeness_in_order"),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="likeness_verdict"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.SAME) | ~Q(reason=""), name="likeness_same_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.one_id} / {self.other_id}: {self.verdict}"

    @property
    def stamp(self) -> str:
        """Which decision a page has seen: one that came in between is not written over."""
        return self.judged_at.isoformat()


class Grouping(models.Model):
    """The groups of a call's submissions as last computed: of one office, or of the whole bureau.

    An office's groups are made from what it may read alone: a name is made of titles.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+", db_index=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
    # Digest of members, versions and ties it was computed from.
    made_of = models.CharField(max_length=64, blank=True)
    # By a submission's id: its group's number, its place on the map. By number: key phrases.
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
    """Somebody's word that two submissions belong in one group, or do not; held until undone."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    one = models.ForeignKey(
        "suggestions.Submission",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # the constraint begins with it
    )
    other = models.ForeignKey(
        "suggestions.Submission", on_delete=models.CASCADE, related_name="+", db_index=False
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
