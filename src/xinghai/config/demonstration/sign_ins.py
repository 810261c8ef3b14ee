"""Who can be tried in the demonstration: printed at the start, offered on its sign-in page.

Data only: the settings read it, and they are read before any model can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PASSWORD = "xinghai-demo"  # noqa: S105 - printed at the start; the demonstration has no secrets
MAIL = "{name}@demo.example"


@dataclass(frozen=True)
class SignIn:
    """One role: its name and one sentence on what to try, both translated for the page."""

    person: str
    role: _StrPromise
    hint: _StrPromise
    icon: str

    @property
    def password(self) -> str:
        return PASSWORD

    @property
    def username(self) -> str:
        return MAIL.format(name=self.person)


SIGN_INS = (
    SignIn(
        "enterprise",
        _("企业研发经理"),
        _("改好被退回的那条，或点一个类型写一条新的，交上去拿回执。"),
        "building",
    ),
    SignIn(
        "energy",
        _("合作企业"),
        _("打开“合作填报”，填写高校邀请的那一部分并确认。"),
        "users",
    ),
    SignIn(
        "teacher",
        _("高校教师"),
        _("看草稿差什么、谁正在审核；撤回一条再改。"),
        "certificate",
    ),
    SignIn(
        "science",
        _("高校科研处"),
        _("打开“本单位的填报”，逐条看预检结果，退回一条，其余勾选后统一提交，得到一张批次回执。"),
        "list-check",
    ),
    SignIn(
        "gaoxin",
        _("高新处经办"),
        _("只用键盘清空收件箱，按 ? 看全部按键；打开“功率器件”那条，点相似的建议左右对照。"),
        "inbox",
    ),
    SignIn(
        "gaoxinhead",
        _("高新处处长"),
        _("在“办理情况”里看谁手上有多少、放了多久；到收件箱把一条交给别人办理。"),
        "chart-bar",
    ),
    SignIn(
        "planner",
        _("规划处"),
        _("给没有归口的建议分派处室，核实新单位，看本批次总览。"),
        "route",
    ),
    SignIn(
        "leader",
        _("局领导"),
        _("一页看清收了多少、卡在哪里；点任何一个数字都能看到那几条。"),
        "eye",
    ),
    SignIn(
        "admin",
        _("系统管理员"),
        _("在“人员与角色”里任命工作人员，调整角色。"),
        "settings",
    ),
)
