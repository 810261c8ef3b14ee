"""What can be found: texts as they stand now, and the posting lists made from them.

PostgreSQL is the only truth: nothing is kept in a process, so web and worker agree and a crash
costs nothing. A document's number is new whenever its text is, so a posting is never wrong, at
most of a document that is gone.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

WORD = 60
# How postings are made and packed. Whoever changes that counts it up: lists of another layout are
# made anew by the next fold.
LAYOUT = 2
# Of a longer text the rest is not looked at: what nobody reads to its end nobody finds.
LONGEST_TITLE, LONGEST = 1_000, 200_000


class DocumentQuerySet(models.QuerySet["Document"]):
    def numbered(self, numbers: list[int]) -> "DocumentQuerySet":
        """Pass the numbers as one array: thousands of single parameters make a statement slow."""
        rows: Any = self.extra(where=["number = ANY(%s)"], params=[numbers])
        return rows


class Document(models.Model):
    """A text as it stands now: what it belongs to, whose it is, and who may see it."""

    number = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=WORD)
    title = models.TextField()
    body = models.TextField()
    audiences = ArrayField(models.CharField(max_length=WORD))
    facets = ArrayField(models.CharField(max_length=WORD), default=list)
    owner = models.CharField(max_length=WORD, blank=True)
    writer = models.CharField(max_length=WORD, blank=True)
    put_at = models.DateTimeField()

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "key"], name="document_key"),)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class FreshPosting(models.Model):
    """A posting that is not yet in a list: of a document added since the last fold."""

    key = models.BigIntegerField()
    entry = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["key"], include=["entry"], name="fresh_posting_key"),)

    def __str__(self) -> str:
        return str(self.key)


class Segment(models.Model):
    """A set of posting lists written together. Eight segments of one level are joined to one of
    the next.
    """

    number = models.AutoField(primary_key=True)
    level = models.IntegerField()
    layout = models.IntegerField(default=LAYOUT)
    postings = models.BigIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} ({self.level})"


class PostingList(models.Model):
    """The postings of one key in one segment, the strongest first: `rest` is seldom read."""

    pk = models.CompositePrimaryKey("key", "segment_id")
    key = models.BigIntegerField()
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE)
    held = models.IntegerField()
    best = models.BinaryField()
    rest = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key)


class Measure(models.Model):
    """Average lengths of the fields, in terms, when the lists were last built: one row."""

    title_length = models.FloatField()
    body_length = models.FloatField()

    def __str__(self) -> str:
        return f"{self.title_length:.0f} / {self.body_length:.0f}"
