"""What stands only inside the bureau: notes among colleagues, and saved views of the lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xinghai.accounts.models import Office

LONGEST_NOTE = 1_000
LONGEST_NAME = 20
LONGEST_WORDS = 600
# The lists whose filters can be kept: the office's inbox, everything the bureau received.
INBOX, ALL = "inbox", "all"


class Note(models.Model):
    """内部备注: what colleagues tell each other about a submission; its author never reads it."""

    submission = models.ForeignKey(
        "suggestions.Submission", on_delete=models.CASCADE, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    text = models.TextField(max_length=LONGEST_NOTE)
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:20]


class SavedView(models.Model):
    """The filters of a list under a name; with an office, its colleagues see it too."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # the constraint begins with it
    )
    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, related_name="+")
    place = models.CharField(max_length=20)  # INBOX or ALL
    name = models.CharField(max_length=LONGEST_NAME)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["owner", "place", "name"], name="saved_view_name"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        )

    def __str__(self) -> str:
        return self.name
