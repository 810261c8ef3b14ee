"""Run once before the site opens, in a process of its own: schema, static files, demo data."""

import argparse
import gc
import io
import sys

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands

from xinghai.config.kept_schema import load_into_empty
from xinghai.config.parent import wait_until_released


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo-data", action="store_true")
    parser.add_argument("--up-to-date", action="store_true", help="schema and files are")
    wanted = parser.parse_args()
    django.setup()
    if not wanted.up_to_date:
        call_command("collectstatic", verbosity=0, interactive=False)
    # What stands now stays: no collection need look at it again.
    gc.freeze()
    wait_until_released()
    if not wanted.up_to_date:
        load_into_empty()
        call_command("migrate", verbosity=0, interactive=False)
    if wanted.demo_data:
        sys.stdout.write(load_demo_data())


def load_demo_data() -> str:
    """What `load_demo` prints (the sign-ins), or nothing when somebody is already here."""
    if get_user_model().objects.exists() or "load_demo" not in get_commands():
        return ""
    words = io.StringIO()
    call_command("load_demo", stdout=words)
    return words.getvalue()


if __name__ == "__main__":
    main()
