"""The calls room: notices as data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, register


class CallsConfig(AppConfig):
    name = "xinghai.calls"
    label = "calls"
    verbose_name = _("征集批次")

    def ready(self) -> None:
        register(
            "staff",
            Entry(_("征集批次"), "calls:office-calls", "calendar", "calls.publish_call", order=60),
        )
