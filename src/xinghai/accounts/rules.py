"""Who may do what to people and organisations, as sentences of predicates."""

from typing import Any

import rules

from xinghai.accounts.kinds import Role
from xinghai.accounts.states import CONFIRMED


def has_role(*roles: Role) -> rules.Predicate:
    """Return the predicate "holds one of these staff roles"."""

    @rules.predicate(f"has_role:{'|'.join(roles)}")
    def holds(user: Any, record: Any = None) -> bool:
        return bool(user.is_authenticated and user.is_active and set(roles) & set(user.roles))

    return holds


@rules.predicate
def is_signed_in(user: Any, record: Any = None) -> bool:
    return bool(user.is_authenticated and user.is_active)


@rules.predicate
def is_staff(user: Any, record: Any = None) -> bool:
    """Works at the bureau now; a role held elsewhere makes nobody staff."""
    return bool(user.is_authenticated and user.is_active and user.is_staff)


@rules.predicate
def is_or_will_be_staff(user: Any, record: Any = None) -> bool:
    """Works at the bureau now or has been appointed from a later day on."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.is_or_will_be_staff)


@rules.predicate
def administers_organisation(user: Any, organisation: Any = None) -> bool:
    """Administers this organisation; without one, whether the person administers any."""
    if not user.is_authenticated or not user.is_active:
        return False
    if organisation is None:
        return bool(user.administered_ids)
    return organisation.pk in user.administered_ids


@rules.predicate
def administers_unit_of_record(user: Any, record: Any = None) -> bool:
    """Administers the organisation the record belongs to; a record may belong to none.

    The record's own id is never compared: it counts other rows than those of organisations.
    """
    if record is None:
        return administers_organisation(user)
    if not user.is_authenticated or not user.is_active:
        return False
    return record.organisation_id is not None and record.organisation_id in user.administered_ids


@rules.predicate
def is_of_nobody_at_the_bureau(user: Any, record: Any = None) -> bool:
    """The membership's person neither works at the bureau nor is appointed to."""
    if record is None:
        return True
    return not record.user.appointments.of_bureau().not_over().exists()


@rules.predicate
def is_own(user: Any, record: Any = None) -> bool:
    return record is None or record.user_id == user.pk


@rules.predicate
def is_confirmed_member(user: Any, record: Any = None) -> bool:
    return bool(
        user.is_authenticated
        and user.is_active
        and record is not None
        and record.pk in user.unit_ids
    )


@rules.predicate
def is_without_members(user: Any, record: Any = None) -> bool:
    """Nobody belongs to the organisation yet: its first person may found it."""
    if record is None:
        return True
    return not record.organisation.memberships.filter(state=CONFIRMED).exists()


is_planner = has_role(Role.PLANNER)
is_system_admin = has_role(Role.SYSTEM_ADMIN)

rules.add_perm("accounts.use_profile", is_signed_in)
rules.add_perm("accounts.enter_desk", is_staff)
rules.add_perm("accounts.view_organisation", is_staff | is_confirmed_member)
rules.add_perm("accounts.manage_organisation", administers_organisation)
rules.add_perm("accounts.verify_organisation", is_planner | is_system_admin)
rules.add_perm("accounts.own_membership", is_signed_in & is_own)
# The bureau judges what units hand in, so its people belong to none.
may_belong = is_signed_in & is_own & ~is_or_will_be_staff
rules.add_perm("accounts.join_organisation", may_belong)
rules.add_perm("accounts.found_membership", may_belong & is_without_members)
rules.add_perm("accounts.manage_membership", administers_unit_of_record)
# Who was appointed after asking to join does not belong to the unit either.
rules.add_perm(
    "accounts.confirm_membership", administers_unit_of_record & is_of_nobody_at_the_bureau
)
rules.add_perm("accounts.view_membership", (is_signed_in & is_own) | administers_unit_of_record)
rules.add_perm("accounts.manage_staff", is_system_admin)
rules.add_perm("accounts.manage_recommending", is_planner | is_system_admin)
