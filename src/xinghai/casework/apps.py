"""The casework room: what an office does with a submission, of whatever process."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, register


class CaseworkConfig(AppConfig):
    name = "xinghai.casework"
    label = "casework"

    def ready(self) -> None:
        works = "casework.work_in_bureau"
        register("staff", Entry(_("我的办理"), "casework:home", "home", works, order=6))
