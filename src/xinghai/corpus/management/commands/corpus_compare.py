"""`manage corpus_compare`: every text beside every other, overnight; a line for each pair."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from xinghai.corpus.comparing import compare_all


class Command(BaseCommand):
    help = (
        "Compare all texts of the corpus with one another and print the pairs that share words,"
        " as JSON lines: both keys, the share of each text, the longest run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", default="", help="only texts of this kind")

    def handle(self, *args: Any, **options: Any) -> None:
        for pair in compare_all(kind=options["kind"]):
            self.stdout.write(json.dumps(pair, ensure_ascii=False))
