"""A unit becomes part of another one (单位合并): people, relations and records pass to it."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.kinds import UNITS, MemberRole
from xinghai.accounts.models import (
    Appointment,
    Invitation,
    Membership,
    Organisation,
    Recommends,
    User,
)
from xinghai.accounts.selectors import administrators
from xinghai.accounts.services.departments import department_called
from xinghai.accounts.services.recommending import end_relation
from xinghai.accounts.signals import unit_merged
from xinghai.accounts.states import CONFIRMED, INVITED, REQUESTED, VERIFIED
from xinghai.kernel.clock import city_today, database_now
from xinghai.kernel.messaging import notify
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.workflow import fire

BELONGING = (CONFIRMED, REQUESTED, INVITED)


class MergeRefused(Refusal):
    """The two cannot be put together as asked."""


@transaction.atomic
def merge_organisation(
    unit: Organisation, into: Organisation, *, by: User, reason: str
) -> Organisation:
    """Put a unit into another verified one; it cannot be undone.

    People become members there and keep their schools; whoever administers the other unit
    decides about further administrators. Records follow by the worker. What forms and receipts
    said of the former unit stays as it was said. `reason` names the document.
    Raises MergeRefused, or what `fire` raises.
    """
    locked = _locked(unit, into)
    unit, into = locked[unit.pk], locked[into.pk]
    _check(unit, into)
    told = [one.pk for one in administrators(unit)]
    fire("merge", unit, by=by, reason=reason, changes={"merged_into": into})
    # What became part of it earlier leads to where it goes itself.
    Organisation.objects.filter(merged_into=unit).update(merged_into=into)
    for membership in _people_of(unit):
        _move(membership, into, by=by)
    Invitation.objects.filter(organisation=unit, used_at=None).update(expires_at=database_now())
    for relation in Recommends.objects.filter(unit=unit).on_or_after(city_today()):
        end_relation(relation, last_day=city_today(), by=by)
    unit_merged.send(Organisation, unit=unit, into=into, by=by)
    _tell(unit, into, told, reason)
    return into


def _locked(unit: Organisation, into: Organisation) -> dict[int, Organisation]:
    """Lock both in one order, so that two merges in opposite directions cannot wait in a ring.

    What became part of the unit before is locked too: it will lead to the other one.
    """
    if unit.pk == into.pk:
        raise MergeRefused(_("单位不能并入自己。"))
    rows = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    wanted = Q(pk__in=[unit.pk, into.pk]) | Q(merged_into=unit.pk)
    return {row.pk: row for row in rows.filter(wanted)}


def _check(unit: Organisation, into: Organisation) -> None:
    if into.state != VERIFIED:
        raise MergeRefused(_("“%(unit)s”还没有通过核实，不能并入。") % {"unit": into.name})
    acts = Recommends.objects.filter(recommender=unit).on_or_after(city_today()).exists()
    if acts or Appointment.objects.filter(body=unit).not_over().exists():
        raise MergeRefused(
            _("“%(unit)s”是归口推荐单位。请先结束它的推荐关系和经办。") % {"unit": unit.name}
        )


def _people_of(unit: Organisation) -> list[Membership]:
    rows = Membership.objects.select_for_update(of=("self",)).filter(organisation=unit)
    return list(rows.filter(state__in=BELONGING).select_related("user", "department"))


def _move(membership: Membership, into: Organisation, *, by: User) -> None:
    """Let a confirmed person belong to the other unit; who only asked or was invited asks there."""
    was_confirmed, school = membership.state == CONFIRMED, membership.department
    fire("move_away", membership, by=by)
    if not was_confirmed:
        return
    there, _made = Membership.objects.select_related("organisation", "user").get_or_create(
        user=membership.user, organisation=into
    )
    if there.state != CONFIRMED:
        named = department_called(into, school.name) if school else None
        changes: dict[str, Any] = {"department": named, "role": MemberRole.MEMBER}
        fire("move_in", there, by=by, changes=changes)
    membership.user.forget_positions()


def _tell(unit: Organisation, into: Organisation, told: list[int], reason: str) -> None:
    people = {one.pk: one for one in administrators(into)}
    people |= {one.pk: one for one in User.objects.filter(pk__in=told)}
    notify(
        list(people.values()),
        key=f"organisation:{unit.pk}:merged",
        subject=gettext_noop("“%(unit)s”已并入“%(into)s”"),
        body=gettext_noop(
            "“%(unit)s”的人员和填报已转到“%(into)s”。原单位管理员现在是普通成员，"
            "需要时由“%(into)s”的管理员另行设定。依据：%(reason)s"
        ),
        parameters={"unit": unit.name, "into": into.name, "reason": reason.strip()},
        url="/my/profile/",
        topic=UNITS,
    )
