"""Writes of this room: registering, joining, verifying, appointing."""

from xinghai.accounts.services.departments import DepartmentRefused, rename_department
from xinghai.accounts.services.identities import (
    IdentityRefused,
    forget_identity,
    identify,
)
from xinghai.accounts.services.invitations import (
    INVITATION_LASTS,
    InvitationUnusable,
    TooManyInvitations,
    find_invitation,
    invite_person,
    link_of,
    token_of,
    use_invitation,
)
from xinghai.accounts.services.memberships import (
    LastAdministrator,
    change_membership,
    change_own_department,
    decide_membership,
    request_membership,
)
from xinghai.accounts.services.merging import MergeRefused, merge_organisation
from xinghai.accounts.services.organisations import (
    OrganisationFacts,
    ask_again,
    change_organisation,
    refuse_organisation,
    register_organisation,
    verify_organisation,
)
from xinghai.accounts.services.people import AlreadyRegistered, change_profile, register_person
from xinghai.accounts.services.qualifications import (
    QualificationRefused,
    add_qualification,
    remove_qualification,
)
from xinghai.accounts.services.recommending import (
    RelationRefused,
    add_relation,
    end_relation,
)
from xinghai.accounts.services.staff import (
    appoint,
    create_staff,
    deactivate_staff,
    end_appointment,
    ensure_offices,
    reactivate_staff,
)

__all__ = [
    "INVITATION_LASTS",
    "AlreadyRegistered",
    "DepartmentRefused",
    "IdentityRefused",
    "InvitationUnusable",
    "LastAdministrator",
    "MergeRefused",
    "OrganisationFacts",
    "QualificationRefused",
    "RelationRefused",
    "TooManyInvitations",
    "add_qualification",
    "add_relation",
    "appoint",
    "ask_again",
    "change_membership",
    "change_organisation",
    "change_own_department",
    "change_profile",
    "create_staff",
    "deactivate_staff",
    "decide_membership",
    "end_appointment",
    "end_relation",
    "ensure_offices",
    "find_invitation",
    "forget_identity",
    "identify",
    "invite_person",
    "link_of",
    "merge_organisation",
    "reactivate_staff",
    "refuse_organisation",
    "register_organisation",
    "register_person",
    "remove_qualification",
    "rename_department",
    "request_membership",
    "token_of",
    "use_invitation",
    "verify_organisation",
]
