"""The portal room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, register, register_help, register_page

# The names by which rooms below link to public pages.
PAGES = {
    "home": "portal:home",
    "search": "portal:search",
    "calls": "portal:calls",
    "call": "portal:call",
    "call-questions": "portal:call-questions",
}


class PortalConfig(AppConfig):
    name = "xinghai.portal"
    label = "portal"

    def ready(self) -> None:
        what, calls = _("我能报什么"), _("征集批次")
        register("portal", Entry(_("首页"), "portal:home", "home", order=10))
        register("portal", Entry(what, "portal:what", "bulb", order=15))
        register("portal", Entry(calls, "portal:calls", "calendar", order=20))
        register("services", Entry(what, "portal:what", "bulb", order=10))
        register("services", Entry(calls, "portal:calls", "calendar", order=20))
        register("services", Entry(_("征集统计"), "portal:statistics", "chart-bar", order=40))
        register("services", Entry(_("搜索"), "portal:search", "search", order=50))
        register("about", Entry(_("帮助"), "portal:help", "help", order=10))
        register("about", Entry(_("界面说明"), "portal:design", "layout", order=20))
        for name, url_name in PAGES.items():
            register_page(name, url_name)
        register_help("xinghai.portal.guides.help_url")
