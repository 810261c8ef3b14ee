"""What officers decided about pairs of submissions, and what the worker found out about them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinghai.submissions.models import Dossier

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
        Dossier,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # the constraint begins with it
    )
    other = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField(max_length=LONGEST_REASON, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    judged_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="verdict_once_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="verdict_in_order"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.SAME) | ~Q(reason=""), name="verdict_same_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.one_id} / {self.other_id}: {self.verdict}"

    @property
    def stamp(self) -> str:
        """Which decision a page has seen: one that came in between is not written over."""
        return self.judged_at.isoformat()


class Rewording(models.Model):
    """Two submissions of which one may say in other words what the other says; advice only.

    The shares are percents of the text of each. The sentences themselves are not kept: the page
    that compares the two finds them again.
    """

    one = models.ForeignKey(
        Dossier,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # the constraint begins with it
    )
    other = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    share_one = models.PositiveSmallIntegerField()
    share_other = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="rewording_once_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="rewording_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} / {self.other_id}: {self.share_one} %, {self.share_other} %"


class DeeperLook(models.Model):
    """Which text of a submission was last compared with its nearest: the number in the index."""

    dossier = models.OneToOneField(
        Dossier, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    document = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.document}"
