"""Writes about the bureau's people: offices, appointments, accounts that end."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Appointment, Office, Organisation, User
from xinghai.accounts.selectors import confirmed_units
from xinghai.accounts.separation import AppointmentRefused, check_roles, check_with_others
from xinghai.accounts.services.people import register_person
from xinghai.accounts.usernames import contact_of
from xinghai.kernel import events
from xinghai.kernel.clock import database_now


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
def appoint(
    user: User,
    *,
    roles: Sequence[Role | str],
    office: Office | None = None,
    body: Organisation | None = None,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    by: User | None,
) -> None:
    """Appoint a person from a moment (now, when none is given) until another, or without end.

    The bureau's roles have no `body`, and an `office` where one must be; other roles are held at
    a body. `by` is None for the first administrator. Raises AppointmentRefused: duties are
    separated, also from appointments still to come; who belongs to an applicant's unit does not
    work at the bureau; nobody works in two offices at once.
    """
    if not roles:
        raise AppointmentRefused(_("请选择角色。"))
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    begins_at = begins_at or database_now()
    if ends_at is not None and ends_at <= begins_at:
        raise AppointmentRefused(_("任职结束的日子不能早于开始的日子。"))
    if ends_at is not None and Role.SYSTEM_ADMIN in roles:
        # The last one would be gone at midnight, with nobody to appoint another.
        raise AppointmentRefused(_("系统管理员不定任期：离任时由另一位系统管理员结束。"))
    check_roles(roles)
    others = Appointment.objects.filter(user=user).overlapping(begins_at, ends_at)
    check_with_others(roles, office, body, list(others.select_related("office")))
    if body is None:
        _check_units(user)
    facts = {"body": body, "office": None if body else office, "appointed_by": by}
    term = {"begins_at": begins_at, "ends_at": ends_at}
    made = [Appointment(user=user, role=role, **facts, **term) for role in roles]
    Appointment.objects.bulk_create(made)
    user.forget_positions()
    data = {"roles": [str(role) for role in roles], **_facts(made[0])}
    events.record("appoint", user, by=by, data=data)


def _facts(one: Appointment) -> dict[str, Any]:
    return {
        "office": one.office_id,
        "body": one.body_id,
        "from": one.begins_at.isoformat(),
        "until": one.ends_at.isoformat() if one.ends_at else None,
    }


def _check_units(user: User) -> None:
    if unit := confirmed_units(user).first():
        raise AppointmentRefused(
            _("%(person)s 是“%(unit)s”的成员。工作人员不能参与填报，请先让其离开该单位。")
            % {"person": user.name, "unit": unit.name}
        )


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User | None) -> None:
    """End an appointment now; what has ended keeps its end.

    It cannot be taken back, only given anew: who was what at a moment stays to be asked.
    """
    user = User.objects.get(pk=appointment.user_id)
    if appointment.role == Role.SYSTEM_ADMIN:
        _keep_one_system_administrator(user)
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    stored = Appointment.objects.get(pk=appointment.pk)
    now = database_now()
    if stored.ends_at is not None and stored.ends_at <= now:
        return
    # What has not begun never holds: it ends where it would have begun.
    stored.ends_at = max(now, stored.begins_at)
    stored.save(update_fields=["ends_at"])
    appointment.ends_at = stored.ends_at
    events.record("end_appointment", user, by=by, data={"role": stored.role, **_facts(stored)})


@transaction.atomic
def create_staff(
    *,
    username: str,
    name: str,
    roles: Sequence[Role | str],
    office: Office | None,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    by: User | None,
) -> tuple[User, str]:
    """Create a bureau account; return it with its first password, which is shown once.

    Raises AlreadyRegistered or AppointmentRefused.
    """
    password = secrets.token_urlsafe(12)
    user = register_person(username=username, password=password, name=name, **contact_of(username))
    appoint(user, roles=roles, office=office, begins_at=begins_at, ends_at=ends_at, by=by)
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
    held = Appointment.objects.filter(role=Role.SYSTEM_ADMIN).in_force()
    active = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
    list(active.select_for_update(of=("self",)).values_list("pk"))
    # A second statement: one that waited for the lock still sees the appointments of before.
    if list(active.values_list("pk", flat=True)) == [user.pk]:
        raise AppointmentRefused(
            _("%(person)s 是唯一的系统管理员。请先任命另一位系统管理员。") % {"person": user.name}
        )
