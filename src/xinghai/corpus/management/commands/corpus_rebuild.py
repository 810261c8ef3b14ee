"""`manage corpus_rebuild`: make every posting list anew from the documents."""

from typing import Any

from django.core.management.base import BaseCommand

from xinghai.corpus.rebuilding import rebuild


class Command(BaseCommand):
    help = "Make every posting list of the corpus anew; searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        documents, postings = rebuild()
        self.stdout.write(f"{documents} documents, {postings} postings.")
