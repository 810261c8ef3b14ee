"""The identity of a record over all processes, and what hangs on it (案卷)."""

from functools import cached_property
from typing import Any

from django.db import models

from xinghai.submissions.process import process_named


class Dossier(models.Model):
    """The identity of a record over all processes: its key is the record's key."""

    process = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.process} {self.pk}"

    @property
    def submission(self) -> Any:
        """The record itself: one query of its process's table."""
        return process_named(self.process).records.objects.get(pk=self.pk)


class OfDossier(models.Model):
    """What hangs on a record of any process."""

    dossier: Any

    class Meta:
        abstract = True

    @cached_property
    def submission(self) -> Any:
        """The record it hangs on: two queries, unless `selectors.with_submissions` read it."""
        return self.dossier.submission
