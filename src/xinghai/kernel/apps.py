"""The kernel room: mechanisms every other room uses, and no noun of the field."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "xinghai.kernel"
    label = "kernel"
    verbose_name = _("公共机制")
