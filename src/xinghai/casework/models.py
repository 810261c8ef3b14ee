"""What stands only inside the bureau: notes among colleagues, and saved views of the lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xinghai.accounts.models import Office
from xinghai.submissions.models import Dossier, OfDossier

LONGEST_NOTE = 1_000
LONGEST_NAME = 20
LONGEST_WORDS = 600
# The lists whose filters can be kept: the office's inbox, everything the bureau received.
INBOX, ALL = "inbox", "all"


class Note(OfDossier):
    """内部备注: what colleagues tell each other about a submission; its author never reads it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
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
    """The filters of a process's list under a name; with an office, its colleagues see it too."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # the constraint begins with it
    )
    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, related_name="+")
    process = models.CharField(max_length=20)
    place = models.CharField(max_length=20)  # INBOX or ALL
    name = models.CharField(max_length=LONGEST_NAME)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "process", "place", "name"], name="saved_view_once_a_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_is_named"),
        )

    def __str__(self) -> str:
        return self.name
