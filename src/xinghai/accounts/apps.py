"""The accounts room: people, organisations, offices and what each may do."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, register

MANAGE = "accounts.manage_organisation"
VERIFY = "accounts.verify_organisation"
STAFF = "accounts.manage_staff"

APPLICANT = (
    Entry(_("本单位"), "accounts:unit", "building", permission=MANAGE, order=40),
    Entry(_("本单位人员"), "accounts:unit-people", "users", permission=MANAGE, order=41),
    Entry(_("我的资料"), "accounts:profile", "user", order=90),
)
BUREAU = (
    Entry(
        _("核实单位"), "accounts:office-organisations", "shield-check", permission=VERIFY, order=70
    ),
    Entry(_("人员与角色"), "accounts:office-staff", "users", permission=STAFF, order=80),
)


class AccountsConfig(AppConfig):
    name = "xinghai.accounts"
    label = "accounts"
    verbose_name = _("用户与单位")

    def ready(self) -> None:
        for entry in APPLICANT:
            register("applicant", entry)
        for entry in BUREAU:
            register("staff", entry)
