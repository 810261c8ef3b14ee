"""Which uploaded files a record's answers name (附件), and since which version."""

from django.db import models
from django.db.models import Q

from xinghai.kernel.models import StoredFile


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of_the_newest(self) -> "AttachmentQuerySet":
        """Those the newest answers name; the others belong to earlier versions."""
        return self.filter(until_version=None)


class Attachment(models.Model):
    """A file one field of a record names, from `since_version` to before `until_version`.

    Only the save that names a file writes the row, and only for a file its writer uploaded or
    the record had already: who knows the id of another person's upload gains nothing by it.
    """

    dossier = models.ForeignKey(
        "submissions.Dossier", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    field = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    since_version = models.PositiveIntegerField()
    until_version = models.PositiveIntegerField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = (
            # Its index serves page, access check and cascade: all begin with the record.
            models.UniqueConstraint(
                fields=["dossier", "field", "file", "since_version"], name="attachment_once"
            ),
            models.UniqueConstraint(
                fields=["dossier", "field", "file"],
                condition=Q(until_version=None),
                name="attachment_named_once",
            ),
            models.CheckConstraint(
                condition=Q(until_version=None) | Q(until_version__gt=models.F("since_version")),
                name="attachment_until_after_since",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.field}: {self.file_id}"
