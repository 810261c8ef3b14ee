"""The accounts room: people, organisations, offices and what each may do."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, register


class AccountsConfig(AppConfig):
    name = "xinghai.accounts"
    label = "accounts"
    verbose_name = _("用户与单位")

    def ready(self) -> None:
        register(
            "applicant",
            Entry(
                _("本单位"),
                "accounts:unit",
                "building",
                permission="accounts.manage_organisation",
                order=40,
            ),
        )
        register(
            "applicant",
            Entry(
                _("本单位人员"),
                "accounts:unit-people",
                "users",
                permission="accounts.manage_organisation",
                order=41,
            ),
        )
        register("applicant", Entry(_("我的资料"), "accounts:profile", "user", order=90))
        register(
            "staff",
            Entry(
                _("核实单位"),
                "accounts:office-organisations",
                "shield-check",
                permission="accounts.verify_organisation",
                order=70,
            ),
        )
        register(
            "staff",
            Entry(
                _("人员与角色"),
                "accounts:office-staff",
                "users",
                permission="accounts.manage_staff",
                order=80,
            ),
        )
