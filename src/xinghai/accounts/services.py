"""Writes of this room: registering, joining, verifying."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.credit_codes import clean_credit_code
from xinghai.accounts.kinds import MemberRole, Role
from xinghai.accounts.models import Invitation, Membership, Office, Organisation, User
from xinghai.accounts.names import clean_name, initials
from xinghai.accounts.selectors import administrators
from xinghai.accounts.states import CONFIRMED
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.notices import notify
from xinghai.kernel.workflow import fire

INVITATION_LASTS = timedelta(days=14)


class AlreadyRegistered(Exception):
    """The user name or the credit code is taken; the message says how to go on."""


class InvitationUnusable(Exception):
    """The invitation is unknown, used or expired."""


@dataclass(frozen=True)
class OrganisationFacts:
    """What a person enters once about the organisation and every form then reuses."""

    name: str
    uscc: str
    kind: str
    district: str
    tags: Sequence[str] = field(default_factory=tuple)
    address: str = ""
    profile: str = ""


def register_person(*, username: str, password: str, name: str, **facts: Any) -> User:
    """Create a person's account and its first event. Raises AlreadyRegistered."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username=username, password=password, name=clean_name(name), **facts
            )
    except IntegrityError as taken:
        raise AlreadyRegistered(
            _("“%(username)s”已经注册过。请直接登录，或找回密码。") % {"username": username}
        ) from taken
    events.record("register", user, by=user)
    return user


@transaction.atomic
def register_organisation(facts: OrganisationFacts, *, by: User) -> Organisation:
    """Create an organisation with its first person as administrator; the bureau verifies later.

    Raises BadCreditCode, or AlreadyRegistered when the code is known (then one joins).
    """
    code = clean_credit_code(facts.uscc)
    known = Organisation.objects.filter(uscc=code).first()
    if known is not None:
        raise AlreadyRegistered(
            _("“%(name)s”已经用这个代码登记过，请改为申请加入该单位。") % {"name": known.name}
        )
    organisation = Organisation(uscc=code)
    _fill(organisation, facts)
    organisation.save()
    events.record("register", organisation, by=by, data={"uscc": code, "name": organisation.name})
    founder = Membership.objects.create(
        user=by, organisation=organisation, role=MemberRole.ADMINISTRATOR
    )
    fire("found", founder, by=by)
    vars(by).pop("confirmed_memberships", None)
    _tell_verifiers(organisation)
    return organisation


@transaction.atomic
def change_organisation(organisation: Organisation, facts: OrganisationFacts, *, by: User) -> None:
    """Change what forms reuse; the credit code never changes. The trail keeps old and new."""
    before = _snapshot(organisation)
    _fill(organisation, facts)
    organisation.save(
        update_fields=["name", "initials", "kind", "district", "tags", "address", "profile"]
    )
    after = _snapshot(organisation)
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    if changed:
        events.record("change", organisation, by=by, data=changed)


def _fill(organisation: Organisation, facts: OrganisationFacts) -> None:
    organisation.name = clean_name(facts.name)
    organisation.initials = initials(organisation.name)
    organisation.kind = facts.kind
    organisation.district = facts.district
    organisation.tags = list(facts.tags)
    organisation.address = facts.address
    organisation.profile = facts.profile


def _snapshot(organisation: Organisation) -> dict[str, Any]:
    names = ("name", "kind", "district", "tags", "address", "profile")
    return {name: getattr(organisation, name) for name in names}


def _tell_verifiers(organisation: Organisation) -> None:
    notify(
        User.objects.filter(roles__overlap=[Role.PLANNER, Role.SYSTEM_ADMIN], is_active=True),
        key=f"organisation:{organisation.pk}:{organisation.event_head.hex()[:16]}",
        subject=gettext_noop("有新单位等待核实：%(name)s"),
        body=gettext_noop("“%(name)s”（%(uscc)s）已登记，请核实单位信息。"),
        parameters={"name": organisation.name, "uscc": organisation.uscc},
        url="/office/organisations/",
    )


@transaction.atomic
def verify_organisation(organisation: Organisation, *, by: User) -> None:
    """Confirm that the organisation is what it says; its people may submit from now on."""
    fire("verify", organisation, by=by, changes={"state_reason": ""})
    _tell_administrators(
        organisation,
        gettext_noop("单位已通过核实：%(name)s"),
        gettext_noop("“%(name)s”已通过核实，现在可以提交。"),
    )


@transaction.atomic
def refuse_organisation(organisation: Organisation, *, by: User, reason: str) -> None:
    """Refuse with a reason the unit can act on."""
    fire("refuse", organisation, by=by, reason=reason, changes={"state_reason": reason.strip()})
    _tell_administrators(
        organisation,
        gettext_noop("单位未通过核实：%(name)s"),
        gettext_noop("“%(name)s”未通过核实。原因：%(reason)s。修改后可以重新提交核实。"),
    )


@transaction.atomic
def ask_again(organisation: Organisation, *, by: User) -> None:
    """Put a corrected organisation back into the queue."""
    fire("ask_again", organisation, by=by)
    _tell_verifiers(organisation)


def _tell_administrators(organisation: Organisation, subject: str, body: str) -> None:
    notify(
        administrators(organisation),
        key=f"organisation:{organisation.pk}:{organisation.event_head.hex()[:16]}",
        subject=subject,
        body=body,
        parameters={"name": organisation.name, "reason": organisation.state_reason},
        url="/unit/",
    )


@transaction.atomic
def request_membership(organisation: Organisation, *, by: User, department: str = "") -> Membership:
    """Ask to join; the unit's administrators are told. Asking twice is asking once."""
    membership, _created = Membership.objects.get_or_create(user=by, organisation=organisation)
    if membership.state in {"requested", CONFIRMED}:
        return membership
    fire("request", membership, by=by, changes={"department": department.strip()})
    notify(
        administrators(organisation),
        key=f"membership:{membership.pk}:{membership.event_head.hex()[:16]}",
        subject=gettext_noop("%(person)s 申请加入 %(unit)s"),
        body=gettext_noop("%(person)s 申请加入 %(unit)s，请确认是否为本单位人员。"),
        parameters={"person": by.name, "unit": organisation.name},
        url="/unit/people/",
    )
    return membership


@transaction.atomic
def decide_membership(membership: Membership, action: str, *, by: User, reason: str = "") -> None:
    """Confirm, turn down, accept, decline, remove or leave: one edge of the table.

    The last administrator cannot leave or be removed: somebody must be able to confirm others.
    """
    if action in {"remove", "leave"} and membership.role == MemberRole.ADMINISTRATOR:
        _keep_one_administrator(membership)
    fire(action, membership, by=by, reason=reason)
    if by.pk != membership.user_id:
        notify(
            [membership.user],
            key=f"membership:{membership.pk}:{membership.event_head.hex()[:16]}",
            subject=gettext_noop("您在 %(unit)s 的成员身份有变化"),
            body=gettext_noop("%(unit)s：%(state)s。%(reason)s"),
            parameters={
                "unit": membership.organisation.name,
                "state": membership.workflow.state_by_name[membership.state].applicant_label,
                "reason": reason,
            },
            url="/my/profile/",
        )


class LastAdministrator(Exception):
    """The unit would be left without anybody who can confirm people and submissions."""


def _keep_one_administrator(membership: Membership) -> None:
    others = (
        Membership.objects.select_for_update()
        .filter(
            organisation_id=membership.organisation_id,
            role=MemberRole.ADMINISTRATOR,
            state=CONFIRMED,
        )
        .order_by("pk")
    )
    if [other.pk for other in others] == [membership.pk]:
        raise LastAdministrator(_("您是本单位唯一的管理员。请先把管理员交给另一位成员，再离开。"))


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User) -> None:
    """Make a confirmed member an administrator, or the reverse."""
    if role != MemberRole.ADMINISTRATOR and membership.role == MemberRole.ADMINISTRATOR:
        _keep_one_administrator(membership)
    old, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    events.record("change_role", membership, by=by, data={"role": [old, role]})


@transaction.atomic
def invite_person(organisation: Organisation, *, email: str, by: User) -> str:
    """Invite by e-mail; return the link's token (only its hash is stored)."""
    token = secrets.token_urlsafe(24)
    now = database_now()
    Invitation.objects.create(
        organisation=organisation,
        email=email.strip().lower(),
        token_hash=_hash(token),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    events.record("invite_person", organisation, by=by, data={"email": email})
    return token


@transaction.atomic
def use_invitation(token: str, *, by: User) -> Membership:
    """Join by an invitation's link. Raises InvitationUnusable; one link serves one person."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation", "invited_by")
        .filter(token_hash=_hash(token), used_at=None)
        .first()
    )
    if invitation is None or invitation.expires_at < database_now():
        raise InvitationUnusable(_("邀请链接已用过或已过期，请联系单位管理员重新发送。"))
    membership, _created = Membership.objects.get_or_create(
        user=by, organisation=invitation.organisation
    )
    if membership.state != CONFIRMED:
        if membership.state == "requested":
            fire("confirm", membership, by=invitation.invited_by)
        else:
            again = "invite" if membership.state == "open" else "invite_again"
            if membership.state != "invited":
                fire(again, membership, by=invitation.invited_by)
            fire("accept", membership, by=by)
    invitation.used_at = database_now()
    invitation.save(update_fields=["used_at"])
    return membership


def find_invitation(token: str) -> Invitation | None:
    """Return the usable invitation behind a link, to show who invites."""
    return (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(token_hash=_hash(token), used_at=None, expires_at__gt=database_now())
        .first()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def ensure_office(code: str, *, name: str, name_en: str, is_planning: bool = False) -> Office:
    """Return the bureau's office with this code, set up when it is new; never renames one."""
    office, _created = Office.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "name_en": name_en,
            "is_planning": is_planning,
            "position": Office.objects.count(),
        },
    )
    return office


@transaction.atomic
def appoint_staff(user: User, *, roles: Sequence[str], office: Any, by: User | None) -> None:
    """Give a person staff roles and an office; `by` is None for the first administrator."""
    old = {"roles": list(user.roles), "office": user.office_id}
    user.roles, user.office = list(roles), office
    user.save(update_fields=["roles", "office"])
    new = {"roles": list(roles), "office": office.pk if office else None}
    events.record("appoint", user, by=by, data={"old": old, "new": new})
