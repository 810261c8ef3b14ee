"""`manage calls_load FILE`: load a call definition; the same one again changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from xinghai.calls.composing import compose, definition_path
from xinghai.calls.services import DefinitionRefused, load_call
from xinghai.calls.states import DRAFT

NEXT = "Loaded, not public yet: the planning office publishes it, or add --publish."


class Command(BaseCommand):
    help = "Load a call definition: a TOML file, or the code of a shipped notice (2024, 2022-1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument(
            "--publish", action="store_true", help="publish it: the notice has been issued"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = compose(definition_path(options["file"]))
        try:
            call = load_call(made, publish=options["publish"])
        except DefinitionRefused as refused:
            for finding in refused.findings:
                self.stderr.write(str(finding))
            raise CommandError(f"{len(refused.findings)} errors; nothing was loaded.") from refused
        label = call.shown_state.label
        self.stdout.write(f"{call.code} {call.title}: {label}")
        if call.state == DRAFT:
            words = _("已装入，还没有公开：由规划处在“征集批次”里发布，或者加上 --publish。")
            self.stderr.write(f"{words}\n{NEXT}")
