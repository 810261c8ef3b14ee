"""Invented people and organisations of the demonstration, and the calendar they live in."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from xinghai.accounts.kinds import District, OrganisationKind, OrganisationTag, Role
from xinghai.accounts.models import Office, Organisation, User
from xinghai.accounts.services import (
    OrganisationFacts,
    appoint_staff,
    decide_membership,
    register_organisation,
    register_person,
    request_membership,
    verify_organisation,
)

CITY = ZoneInfo("Asia/Shanghai")
PASSWORD = "xinghai-demo"  # noqa: S105 - printed at the start; the demonstration has no secrets
MAIL = "{name}@demo.example"


@dataclass
class Cast:
    """Everybody who takes part, by the word the script calls them."""

    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, Organisation] = field(default_factory=dict)

    def unit_of(self, person: str) -> Organisation:
        return self.units[UNIT_OF[person]]


@dataclass(frozen=True)
class SignIn:
    """One line of the list printed at the start."""

    person: str
    role: str
    role_en: str
    hint: str


UNITS = {
    "jingji": OrganisationFacts(
        name="大连演示精密机械有限公司",
        uscc="91210200MA7DEMO01",
        kind=OrganisationKind.ENTERPRISE,
        district=District.JINPU,
        tags=(OrganisationTag.HIGH_TECH, OrganisationTag.SPECIALISED),
        profile="研制船用与航空精密零部件的演示企业，员工三百余人，建有市级演示技术中心。",
    ),
    "chuneng": OrganisationFacts(
        name="大连演示储能科技有限公司",
        uscc="91210200MA7DEMO02",
        kind=OrganisationKind.ENTERPRISE,
        district=District.HIGH_TECH,
        tags=(OrganisationTag.HIGH_TECH, OrganisationTag.GAZELLE),
        profile="从事储能材料与系统集成的演示企业，拥有演示中试线一条。",
    ),
    "haizhen": OrganisationFacts(
        name="大连演示海珍品加工有限公司",
        uscc="91210200MA7DEMO03",
        kind=OrganisationKind.ENTERPRISE,
        district=District.CHANGHAI,
        profile="海产品精深加工的演示企业。",
    ),
    "daxue": OrganisationFacts(
        name="滨海演示大学",
        uscc="12210200MA7DEMO04",
        kind=OrganisationKind.UNIVERSITY,
        district=District.GANJINGZI,
        profile="以工科见长的演示高校，设有演示科研处统一管理项目。",
    ),
    "yiyuan": OrganisationFacts(
        name="滨海演示医院",
        uscc="12210200MA7DEMO05",
        kind=OrganisationKind.MEDICAL,
        district=District.ZHONGSHAN,
        profile="演示医疗机构。",
    ),
    "xinban": OrganisationFacts(
        name="大连演示新办企业有限公司",
        uscc="91210200MA7DEMO06",
        kind=OrganisationKind.ENTERPRISE,
        district=District.PULANDIAN,
        profile="刚刚登记、等待核实的演示企业。",
    ),
}

# Who belongs where; the first person of a unit registers it and administers it.
UNIT_OF = {
    "enterprise": "jingji",
    "energy": "chuneng",
    "seafood": "haizhen",
    "science": "daxue",
    "teacher": "daxue",
    "lecturer": "daxue",
    "hospital": "yiyuan",
    "newcomer": "xinban",
}

NAMES = {
    "enterprise": ("演示王研发", "研发经理"),
    "energy": ("演示李工", "总工程师"),
    "seafood": ("演示周厂长", "厂长"),
    "science": ("演示科研处", "科研处副处长"),
    "teacher": ("演示陈教授", "教授"),
    "lecturer": ("演示刘讲师", "讲师"),
    "hospital": ("演示赵主任", "科教科主任"),
    "newcomer": ("演示新用户", "经理"),
}

STAFF = {
    "gaoxin": ("演示高新处经办", [Role.OFFICER], "gaoxin"),
    "shenong": ("演示社农处负责人", [Role.OFFICER, Role.OFFICE_HEAD], "shenong"),
    "chengguo": ("演示成果处经办", [Role.OFFICER], "chengguo"),
    "fagui": ("演示法规处经办", [Role.OFFICER], "fagui"),
    "quyu": ("演示区域处经办", [Role.OFFICER], "quyu"),
    "waizhuan": ("演示外专处经办", [Role.OFFICER], "waizhuan"),
    "planner": ("演示规划处", [Role.PLANNER], "guihua"),
    "leader": ("演示局领导", [Role.LEADER], None),
    "admin": ("演示系统管理员", [Role.SYSTEM_ADMIN], None),
    "auditor": ("演示审计管理员", [Role.AUDIT_ADMIN], None),
}

SIGN_INS = (
    SignIn("enterprise", "企业研发经理", "enterprise R&D manager", "新写一条建议，看退回的那条"),
    SignIn("energy", "合作企业", "partner enterprise", "填写被邀请的部分并确认"),
    SignIn("teacher", "高校教师", "university researcher", "草稿、单位审核中的建议"),
    SignIn("science", "高校科研处", "university research office", "批量审核，统一提交"),
    SignIn("gaoxin", "高新处经办", "officer, High-tech Office", "受理、采纳、退回、合并"),
    SignIn("shenong", "社农处负责人", "head, Agriculture Office", "处理本处的建议"),
    SignIn("planner", "规划处", "planning office", "分派没有归口的建议，核实单位"),
    SignIn("leader", "局领导", "bureau leader", "查看全部建议"),
    SignIn("admin", "系统管理员", "system administrator", "人员与角色"),
)


def demo_code(body: str) -> str:
    """Return a valid credit code for a 17-character body; its check digit is computed."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = body.replace("O", "0")
    total = sum(alphabet.index(mark) * pow(3, place, 31) for place, mark in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


def gather_staff(cast: Cast) -> None:
    """Appoint the bureau's people; offices exist because a notice was loaded before."""
    for word, (name, roles, office) in STAFF.items():
        person = register_person(
            username=MAIL.format(name=word),
            password=PASSWORD,
            name=name,
            email=MAIL.format(name=word),
        )
        place = Office.objects.get(code=office) if office else None
        appoint_staff(person, roles=roles, office=place, by=None)
        cast.people[word] = person


def gather_applicants(cast: Cast) -> None:
    """Register people and units; all but the newcomer's unit are verified."""
    mobiles = itertools.count(13800000001)
    for word, (name, job_title) in NAMES.items():
        cast.people[word] = register_person(
            username=MAIL.format(name=word),
            password=PASSWORD,
            name=name,
            job_title=job_title,
            mobile=str(next(mobiles)),
            landline="0411-00000000",
            email=MAIL.format(name=word),
        )
    for person, unit in UNIT_OF.items():
        if unit not in cast.units:
            facts = UNITS[unit]
            registered = OrganisationFacts(**{**vars(facts), "uscc": demo_code(facts.uscc)})
            cast.units[unit] = register_organisation(registered, by=cast.people[person])
            if unit != "xinban":
                verify_organisation(cast.units[unit], by=cast.people["planner"])
        else:
            founder = next(word for word, place in UNIT_OF.items() if place == unit)
            membership = request_membership(cast.units[unit], by=cast.people[person])
            decide_membership(membership, "confirm", by=cast.people[founder])
    for somebody in cast.people.values():
        vars(somebody).pop("confirmed_memberships", None)


def day(month: int, number: int, hour: int = 10, *, year: int = 2024) -> datetime:
    return datetime(year, month, number, hour, 20, tzinfo=CITY)


def days_ago(count: int) -> datetime:
    """Ten in the morning some days before today, in the city."""
    today = datetime.now(CITY).replace(hour=10, minute=20, second=0, microsecond=0)
    return today - timedelta(days=count)
