"""The closed lists of the seeds: kinds of organisation, roles."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """单位性质, as the 2024 notice lists them (二（二）3)."""

    ENTERPRISE = "enterprise", _("企业")
    UNIVERSITY = "university", _("高等院校")
    INSTITUTE = "institute", _("科研院所")
    CONVERTED_INSTITUTE = "converted_institute", _("转制科研院所")
    NEW_RD = "new_rd", _("新型研发机构")
    MEDICAL = "medical", _("医疗机构")
    PUBLIC = "public", _("有科研职能的事业单位")
    PRIVATE_NONPROFIT = "private_nonprofit", _("民办非企业单位")
    ASSOCIATION = "association", _("行业协会")
    GOVERNMENT = "government", _("政府部门")
    OTHER = "other", _("其他")


class Role(TextChoices):
    """What a person may be appointed as; several at once where they do not exclude each other."""

    OFFICER = "officer", _("业务处室经办")
    OFFICE_HEAD = "office_head", _("业务处室负责人")
    PLANNER = "planner", _("规划处")
    LEADER = "leader", _("局领导")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")
    # Held at a body outside the bureau: it does not make a person staff.
    RECOMMENDER = "recommender", _("归口推荐经办")


BUREAU_ROLES = [
    Role.OFFICER,
    Role.OFFICE_HEAD,
    Role.PLANNER,
    Role.LEADER,
    Role.SYSTEM_ADMIN,
    Role.AUDIT_ADMIN,
]

# Who works on what an office has received.
OFFICER_ROLES = [Role.OFFICER, Role.OFFICE_HEAD]


class MemberRole(TextChoices):
    """A person's role in the own organisation."""

    ADMINISTRATOR = "administrator", _("单位管理员")
    MEMBER = "member", _("成员")


# What this room's messages are about.
UNITS = "accounts.units"
