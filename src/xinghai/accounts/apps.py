"""The accounts room: people, organisations, offices and what each may do."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "xinghai.accounts"
    label = "accounts"
    verbose_name = _("用户与单位")
