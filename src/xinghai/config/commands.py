"""The commands that need Django: each in the environment of one installation."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.core.management import call_command, execute_from_command_line
from django.core.management.base import CommandError

from xinghai.config.checks import database_faults, require_schema
from xinghai.config.environment import choose_data_dir
from xinghai.config.errors import StartError
from xinghai.config.installation import installation
from xinghai.config.logs import configure_logs
from xinghai.config.texts import run_texts
from xinghai.config.worker import run_worker


def texts(arguments: argparse.Namespace) -> None:
    with _inside(arguments):
        django.setup()
        run_texts()


def worker(arguments: argparse.Namespace) -> None:
    with _inside(arguments):
        django.setup()
        require_schema()
        run_worker(concurrency=arguments.concurrency)


def migrate(arguments: argparse.Namespace) -> None:
    _django(arguments, "migrate", interactive=False, verbosity=1)


def check(arguments: argparse.Namespace) -> None:
    """Django's checks, the database's promises, and that every migration has been applied."""
    with _inside(arguments):
        django.setup()
        _refuse_faults()


def ready(arguments: argparse.Namespace) -> None:
    """What `serve` needs before it opens, in one process: each would load the site anew."""
    with _inside(arguments):
        django.setup()
        if arguments.migrate:
            call_command("migrate", interactive=False, verbosity=0)
        _refuse_faults()
        call_command("collectstatic", interactive=False, verbosity=0)


def _refuse_faults() -> None:
    call_command("check", fail_level="ERROR")
    faults = database_faults()
    if faults:
        raise StartError(
            *map("\n".join, zip(*((fault.zh, fault.en) for fault in faults), strict=True))
        )


def calls(arguments: argparse.Namespace) -> None:
    words = (arguments.file, *arguments.passed_on)
    _django(arguments, f"calls_{arguments.action}", *words, stored=arguments.action == "load")


def create_admin(arguments: argparse.Namespace) -> None:
    _django(arguments, "create_admin", *arguments.passed_on, stored=True)


def manage(arguments: argparse.Namespace) -> None:
    with _inside(arguments):
        execute_from_command_line(["xinghai manage", *arguments.rest])


def _django(
    arguments: argparse.Namespace, name: str, *words: str, stored: bool = False, **options: Any
) -> None:
    """Run one of Django's commands; `stored` when it needs the schema."""
    with _inside(arguments):
        django.setup()
        if stored:
            require_schema()
        call_command(name, *words, **options)


@contextmanager
def _inside(arguments: argparse.Namespace) -> Iterator[None]:
    """The environment of the installation; what a command refuses is said without a traceback."""
    configure_logs(os.environ["XINGHAI_LOG"])
    try:
        with installation(choose_data_dir(arguments.data_dir, default="serve")):
            yield
    except CommandError as refusal:
        raise SystemExit(str(refusal)) from refusal
