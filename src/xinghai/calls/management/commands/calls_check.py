"""`manage calls_check FILE`: say what is wrong with a call definition, by file, line and cell."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from xinghai.calls.checking import check_definition
from xinghai.calls.composing import definition_path


class Command(BaseCommand):
    help = "Check a call definition: a TOML file, or the code of a shipped notice (2024, 2022-1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = check_definition(definition_path(options["file"]))
        errors = [one for one in findings if one.severity == "error"]
        for one in findings:
            self.stdout.write(str(one))
        if errors:
            words = _("%(count)d 处错误，不能装入。") % {"count": len(errors)}
            raise CommandError(f"{words} {len(errors)} errors; the definition cannot be loaded.")
        words = _("没有错误，%(count)d 处提示。") % {"count": len(findings)}
        self.stdout.write(f"{words} No errors, {len(findings)} notices.")
