"""The accounts room: people, organisations, offices and what each may do."""

from typing import Any

from django.apps import AppConfig
from django.core.management.base import CommandError
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.city_file import CityFileRefused
from xinghai.accounts.kinds import UNITS
from xinghai.kernel import message_topics
from xinghai.kernel.navigation import Entry, register, register_page

MANAGE = "accounts.manage_organisation"
VERIFY = "accounts.verify_organisation"
STAFF = "accounts.manage_staff"
RECOMMENDING = "accounts.manage_recommending"

COUNTS = "xinghai.accounts.selectors"

DESK = Entry(_("工作台"), "accounts:desk", "building-bank", "accounts.enter_desk", order=5)
APPLICANT = (
    DESK,
    Entry(_("本单位"), "accounts:unit", "building", MANAGE, order=40),
)
BUREAU = (
    Entry(
        _("核实单位"),
        "accounts:office-organisations",
        "shield-check",
        VERIFY,
        order=70,
        count=f"{COUNTS}.units_waiting",
    ),
    Entry(_("归口推荐关系"), "accounts:office-recommending", "send", RECOMMENDING, order=75),
    Entry(_("人员与角色"), "accounts:office-staff", "users", STAFF, order=80),
)

ABOUT_UNITS = message_topics.MessageTopic(
    UNITS, _("单位和成员"), _("单位核实、加入申请和成员身份的变化。"), "building"
)


def _load_city(**sent: Any) -> None:
    """Read the city's lists once the tables are there (`accounts.city`)."""
    try:
        import_string("xinghai.accounts.city.load_city")(sent["apps"])
    except CityFileRefused as refused:
        raise CommandError(str(refused)) from refused


class AccountsConfig(AppConfig):
    name = "xinghai.accounts"
    label = "accounts"
    verbose_name = _("用户与单位")

    def ready(self) -> None:
        register("portal", DESK)
        for entry in APPLICANT:
            register("applicant", entry)
        for entry in BUREAU:
            register("staff", entry)
        register("person", Entry(_("我的资料"), "accounts:profile", "user", order=10))
        register("person", Entry(_("登录与安全"), "mfa_index", "shield-lock", order=20))
        register("entrance", Entry(_("登录"), "account_login", "login", order=10))
        register("entrance", Entry(_("注册"), "account_signup", "", order=20))
        register_page("desk", "accounts:desk")
        register_page("profile", "accounts:profile")
        register_page("sign-out", "account_logout")
        message_topics.register(ABOUT_UNITS)
        post_migrate.connect(_load_city, sender=self)
