"""`manage erase_history NAME ID --reason …`: erase what one record's events say about persons."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from xinghai.kernel.events import erase_history
from xinghai.kernel.trail_names import recorded_models


class Command(BaseCommand):
    help = "Erase reasons, private facts and addresses from the events of one record, for ever."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(recorded_models()), help="the trail name")
        parser.add_argument("id", type=int)
        parser.add_argument("--reason", required=True, help="who asked, and on what ground")

    def handle(self, *args: Any, **options: Any) -> None:
        record = recorded_models()[options["name"]]._base_manager.filter(pk=options["id"]).first()
        if record is None:
            raise CommandError(f"There is no {options['name']} {options['id']}.")
        count = erase_history(record, by=None, reason=options["reason"])
        self.stdout.write(f"Erased in {count} events.")
