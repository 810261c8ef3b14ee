"""The casework room: what an office does with a submission, of whatever process."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xinghai.kernel.navigation import Entry, SearchField, register, register_search_field


class CaseworkConfig(AppConfig):
    name = "xinghai.casework"
    label = "casework"

    def ready(self) -> None:
        decides, works = "casework.decide", "casework.work_in_bureau"
        register("staff", Entry(_("我的办理"), "casework:home", "home", decides, order=6))
        register_search_field(
            SearchField(
                _("查找填报"),
                _("查找：文字、编号或单位"),
                _("找到的填报"),
                url_name="casework:search",
                offers_url_name="casework:offers",
                permission=works,
            )
        )
