"""The portal room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel import navigation


class PortalConfig(AppConfig):
    name = "xinghai.portal"
    label = "portal"

    def ready(self) -> None:
        for order, label, address, icon in (
            (10, _("首页"), "portal:home", "home"),
            (15, _("我能报什么"), "portal:what", "bulb"),
            (20, _("征集批次"), "portal:calls", "calendar"),
        ):
            navigation.register("portal", navigation.Entry(label, address, icon, order=order))
