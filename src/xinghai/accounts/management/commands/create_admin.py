"""`create-admin`: the first system administrator, who then appoints everybody else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from xinghai.accounts.kinds import Role
from xinghai.accounts.separation import AppointmentRefused
from xinghai.accounts.services import AlreadyRegistered, create_staff
from xinghai.accounts.usernames import BadUsername, clean_username

ONCE = "The password is not shown again. Sign in and set up a second factor."


class Command(BaseCommand):
    help = "Create a system administrator; the generated password is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="e-mail address or mobile number")
        parser.add_argument("--name", help="the person's name")

    def handle(self, *args: Any, **options: Any) -> None:
        typed = options["username"] or input(
            _("邮箱或手机号") + " E-mail address or mobile number: "
        )
        name = options["name"] or input(_("姓名") + " Name: ")
        if not name.strip():
            raise CommandError(_("请填写姓名。") + " A name is needed.")
        try:
            username = clean_username(typed)
            _person, password = create_staff(
                username=username, name=name, roles=[Role.SYSTEM_ADMIN], office=None, by=None
            )
        except (BadUsername, AlreadyRegistered, AppointmentRefused) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{_('登录名')} User name: {username}\n{_('密码')} Password: {password}")
        words = _("密码只显示这一次。请登录，并设置第二重验证。")
        self.stderr.write(f"{words}\n{ONCE}")
