"""`manage load_demo`: both notices, invented people and suggestions; prints the sign-ins."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import override

from xinghai.accounts.models import User
from xinghai.config.demonstration.calendar import RUNNING, moment, notice, running_collection
from xinghai.config.demonstration.cast import Cast, gather_applicants, gather_staff, open_doors
from xinghai.config.demonstration.sign_ins import PASSWORD, SIGN_INS
from xinghai.config.demonstration.story import tell
from xinghai.kernel.clock import travel_to


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration; everything in it says 演示."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("The database has people already; the demonstration wants it empty.")
        with transaction.atomic():
            cast = Cast()
            with travel_to(moment(date(2021, 10, 20))):
                calls = {code: notice(code) for code in ("2022-1", "2024")}
                calls[RUNNING] = running_collection()
                gather_staff(cast)
                gather_applicants(cast)
            tell(cast, calls)
            open_doors()
        self.stdout.write(f"登录密码都是 {PASSWORD}  (one password for all)")
        for one in SIGN_INS:
            with override("en"):
                role = str(one.role)
            self.stdout.write(f"  {one.username:<28}{one.role}：{one.hint}  ({role})")
