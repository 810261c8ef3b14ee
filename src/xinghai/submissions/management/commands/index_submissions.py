"""`manage index_submissions`: bring the index of submissions up to date, whatever was missed."""

from typing import Any

from django.core.management.base import BaseCommand

from xinghai.submissions.indexing import keep_everything


class Command(BaseCommand):
    help = "Put every record that moved or was missed into the index; safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{keep_everything()} submissions looked over")
