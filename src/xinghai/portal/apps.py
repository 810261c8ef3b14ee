"""The portal room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel import navigation


class PortalConfig(AppConfig):
    name = "xinghai.portal"
    label = "portal"

    def ready(self) -> None:
        navigation.register("portal", navigation.Entry(_("首页"), "portal:home", "home", order=10))
