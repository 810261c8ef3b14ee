"""`manage load_demo`: both notices, invented people and suggestions; prints the sign-ins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from xinghai.accounts.models import User
from xinghai.calls.composing import compose, definition_path
from xinghai.calls.models import Call
from xinghai.calls.services import load_call
from xinghai.config.demonstration.people import (
    MAIL,
    PASSWORD,
    SIGN_INS,
    Cast,
    day,
    gather_applicants,
    gather_staff,
)
from xinghai.config.demonstration.story import tell
from xinghai.kernel.clock import travel_to


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration; everything in it says 演示."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("The database has people already; the demonstration wants it empty.")
        with transaction.atomic():
            cast = Cast()
            with travel_to(day(10, 20, year=2021)):
                calls = {code: notice(code) for code in ("2022-1", "2024")}
                gather_staff(cast)
                gather_applicants(cast)
            tell(cast, calls)
        self.stdout.write(f"登录密码都是 {PASSWORD}  (one password for all)")
        for line in SIGN_INS:
            name = MAIL.format(name=line.person)
            self.stdout.write(f"  {name:<28}{line.role}：{line.hint}  ({line.role_en})")


def notice(code: str) -> Call:
    return load_call(compose(definition_path(code)), publish=True)
