"""Writes about the bureau's people: offices, roles, accounts that end."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.kinds import OFFICER_ROLES, Role
from xinghai.accounts.models import Office, User
from xinghai.accounts.selectors import confirmed_units
from xinghai.accounts.services.people import register_person
from xinghai.accounts.usernames import contact_of
from xinghai.kernel import events

BUSINESS = frozenset({*OFFICER_ROLES, Role.PLANNER, Role.LEADER})
SEPARATED = frozenset({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN})


class AppointmentRefused(Exception):
    """These roles cannot be given to this person; the message says why."""


def ensure_offices(wanted: Sequence[Mapping[str, Any]]) -> dict[str, Office]:
    """Return the bureau's offices by code; new ones are set up, none is ever renamed.

    Each of `wanted` has `code`, `name` and perhaps `name_en` and `is_planning`.
    """
    known = Office.objects.in_bulk(field_name="code")
    new = [one for one in wanted if one["code"] not in known]
    if not new:
        return known
    made = [
        Office(
            code=one["code"],
            name=one["name"],
            name_en=one.get("name_en", ""),
            is_planning=one.get("is_planning", False),
            position=position,
        )
        for position, one in enumerate(new, start=len(known))
    ]
    # Somebody else may set up the same office now: the first one stays.
    Office.objects.bulk_create(made, ignore_conflicts=True)
    return Office.objects.in_bulk(field_name="code")


@transaction.atomic
def appoint_staff(
    user: User, *, roles: Sequence[str], office: Office | None, by: User | None
) -> None:
    """Give a person staff roles and an office; `by` is None for the first administrator.

    Raises AppointmentRefused: duties are separated (who administers the system
    or audits it decides nothing of the business), and who belongs to an
    applicant's unit does not judge applicants.
    """
    check_separation(roles)
    if roles and office is None and set(OFFICER_ROLES) & set(roles):
        raise AppointmentRefused(_("处室经办和处室负责人必须选定所在处室。"))
    if roles and (unit := confirmed_units(user).first()):
        raise AppointmentRefused(
            _("%(person)s 是“%(unit)s”的成员。工作人员不能参与填报，请先让其离开该单位。")
            % {"person": user.name, "unit": unit.name}
        )
    if Role.SYSTEM_ADMIN not in roles:
        _keep_one_system_administrator(user)
    locked = User.objects.select_for_update().get(pk=user.pk)
    old = {"roles": list(locked.roles), "office": locked.office_id}
    user.roles, user.office = list(roles), office
    user.save(update_fields=["roles", "office"])
    new = {"roles": list(roles), "office": office.pk if office else None}
    events.record("appoint", user, by=by, data={"old": old, "new": new})


def check_separation(roles: Collection[str]) -> None:
    """Refuse roles that control one another in one hand. Raises AppointmentRefused."""
    held = set(roles)
    if held & SEPARATED and held & BUSINESS:
        raise AppointmentRefused(
            _("系统管理员和审计管理员不能兼任业务角色：管系统的人不办业务，办业务的人不管系统。")
        )
    if held >= SEPARATED:
        raise AppointmentRefused(_("系统管理员不能兼任审计管理员：审计的对象包括系统管理员。"))


@transaction.atomic
def create_staff(
    *, username: str, name: str, roles: Sequence[str], office: Office | None, by: User | None
) -> tuple[User, str]:
    """Create a bureau account; return it with its first password, which is shown once.

    Raises AlreadyRegistered or AppointmentRefused.
    """
    password = secrets.token_urlsafe(12)
    user = register_person(username=username, password=password, name=name, **contact_of(username))
    appoint_staff(user, roles=roles, office=office, by=by)
    return user, password


@transaction.atomic
def deactivate_staff(user: User, *, by: User) -> None:
    """End a bureau person's access at once; what the person did stays in the trail."""
    if user.pk == by.pk:
        raise AppointmentRefused(_("不能停用自己的账号，请另一位系统管理员操作。"))
    _keep_one_system_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    events.record("deactivate", user, by=by)


@transaction.atomic
def reactivate_staff(user: User, *, by: User) -> None:
    """Give a bureau person's access back."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    events.record("reactivate", user, by=by)


def _keep_one_system_administrator(user: User) -> None:
    """Lock every active system administrator, then look: two cannot remove each other at once."""
    active = (
        User.objects.select_for_update()
        .filter(roles__contains=[Role.SYSTEM_ADMIN], is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if list(active) == [user.pk]:
        raise AppointmentRefused(
            _("%(person)s 是唯一的系统管理员。请先任命另一位系统管理员。") % {"person": user.name}
        )
