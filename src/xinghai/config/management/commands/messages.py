"""`manage messages`: bring the rooms' catalogues up to date with the sources."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from xinghai.config import translations


class Command(BaseCommand):
    help = "Update every room's English catalogue from code and templates, and compile it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail when stale")

    def handle(self, *args: Any, **options: Any) -> None:
        untranslated = 0
        for room in translations.ROOMS:
            fresh, missing = translations.completed(room)
            untranslated += len(missing)
            for message in missing:
                self.stdout.write(f"{room}: {message}")
            if not options["check"] and (len(fresh) or translations.catalogue_path(room).exists()):
                translations.write(room, fresh)
        if not options["check"]:
            translations.ensure_compiled()
        if untranslated:
            raise CommandError(f"{untranslated} messages have no English yet.")
