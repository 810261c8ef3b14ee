"""Writes about memberships: asking, confirming, leaving."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.kinds import UNITS, MemberRole
from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.selectors import administrators
from xinghai.accounts.services.departments import department_called
from xinghai.accounts.states import CONFIRMED, REQUESTED
from xinghai.kernel import events
from xinghai.kernel.messaging import notify
from xinghai.kernel.workflow import fire


class LastAdministrator(Exception):
    """The unit would be left without anybody who can confirm people and submissions."""


@transaction.atomic
def request_membership(organisation: Organisation, *, by: User, department: str = "") -> Membership:
    """Ask to join; the unit's administrators are told. Asking twice is asking once.

    Who asks a unit that became part of another one asks that one.
    """
    organisation = Organisation.objects.held(organisation.pk)
    organisation = organisation.merged_into or organisation
    membership, _created = Membership.objects.get_or_create(user=by, organisation=organisation)
    if membership.state in {REQUESTED, CONFIRMED}:
        return membership
    named = department_called(organisation, department)
    fire("request", membership, by=by, changes={"department": named})
    notify(
        administrators(organisation),
        key=f"membership:{membership.pk}:{membership.event_head.hex()[:16]}",
        subject=gettext_noop("%(person)s 申请加入 %(unit)s"),
        body=gettext_noop("%(person)s 申请加入 %(unit)s，请确认是否为本单位人员。"),
        parameters={"person": by.name, "unit": organisation.name},
        url="/unit/people/",
        topic=UNITS,
    )
    return membership


@transaction.atomic
def decide_membership(membership: Membership, action: str, *, by: User, reason: str = "") -> None:
    """Confirm, turn down, accept, decline, remove or leave: one edge of the table.

    The last administrator cannot leave or be removed: somebody must be able to confirm others.
    """
    if action in {"confirm", "accept"}:
        # Whoever is being appointed at the bureau now waits, or has been appointed before.
        User.objects.select_for_update(of=("self",)).get(pk=membership.user_id)
        by.forget_positions()
    if action in {"remove", "leave"}:
        _keep_one_administrator(membership, _locked_with_administrators(membership))
    fire(action, membership, by=by, reason=reason)
    if by.pk != membership.user_id:
        notify(
            [membership.user],
            key=f"membership:{membership.pk}:{membership.event_head.hex()[:16]}",
            subject=gettext_noop("您在 %(unit)s 的成员身份有变化"),
            body=gettext_noop("%(unit)s：%(state)s。%(reason)s"),
            parameters={
                "unit": membership.organisation.name,
                "state": membership.shown_state.applicant_label,
                "reason": reason,
            },
            url="/my/profile/",
            topic=UNITS,
        )


def _locked_with_administrators(membership: Membership) -> dict[int, Membership]:
    """Lock the row and its unit's administrators in one order, so that two cannot wait in a ring.

    Roles are judged by these rows: whoever was promoted since the page was read counts.
    """
    is_administrator = Q(
        organisation_id=membership.organisation_id,
        role=MemberRole.ADMINISTRATOR,
        state=CONFIRMED,
    )
    rows = Membership.objects.select_for_update(of=("self",)).order_by("pk")
    return {row.pk: row for row in rows.filter(Q(pk=membership.pk) | is_administrator)}


def _keep_one_administrator(membership: Membership, locked: dict[int, Membership]) -> None:
    leading = {
        pk
        for pk, row in locked.items()
        if row.role == MemberRole.ADMINISTRATOR and row.state == CONFIRMED
    }
    if leading == {membership.pk}:
        raise LastAdministrator(_("您是本单位唯一的管理员。请先把管理员交给另一位成员，再离开。"))


@transaction.atomic
def change_own_department(membership: Membership, department: str, *, by: User) -> None:
    """A confirmed member names the own school; nothing but that.

    Raises DoesNotExist when the person has left, or when it is somebody else's.
    """
    after = department_called(membership.organisation_id, department)
    rows = Membership.objects.select_for_update().filter(user=by, state=CONFIRMED)
    before = rows.get(pk=membership.pk).department
    if before == after:
        return
    membership.department = after
    membership.save(update_fields=["department"])
    names = [str(before or ""), str(after or "")]
    events.record("change_department", membership, by=by, private={"department": names})


@transaction.atomic
def change_membership(membership: Membership, *, role: str, department: str, by: User) -> None:
    """Change a confirmed member's role and department; the last administrator stays one."""
    named = department_called(membership.organisation_id, department)
    locked = _locked_with_administrators(membership)
    if role != MemberRole.ADMINISTRATOR:
        _keep_one_administrator(membership, locked)
    stored = locked[membership.pk]
    new = {"role": role, "department": named}
    changed = {
        name: [str(getattr(stored, name) or ""), str(value or "")]
        for name, value in new.items()
        if getattr(stored, name) != value
    }
    if not changed:
        return
    membership.role, membership.department = role, named
    membership.save(update_fields=list(new))
    events.record("change_membership", membership, by=by, private=changed)
