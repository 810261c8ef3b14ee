"""Writes about invitations: a link by mail that makes its reader a member."""

import hashlib
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from xinghai.accounts.models import Invitation, Membership, Organisation, User
from xinghai.accounts.states import CONFIRMED, INVITED, MERGED, OPEN, REQUESTED
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.workflow import fire

INVITATION_LASTS = timedelta(days=14)
MOST_A_DAY = 100


class InvitationUnusable(Exception):
    """The invitation is unknown, used or expired."""


class TooManyInvitations(Exception):
    """The unit has sent so many letters today that it could be somebody who sends spam."""


@transaction.atomic
def invite_person(organisation: Organisation, *, email: str, by: User) -> tuple[str, Invitation]:
    """Invite by e-mail; return the link's token (only its hash is stored) and the invitation.

    Raises TooManyInvitations: anybody can register a unit and have us write to strangers.
    """
    email, now = email.strip().lower(), database_now()
    today = Invitation.objects.filter(
        organisation=organisation, created_at__gt=now - timedelta(days=1)
    )
    if today.count() >= MOST_A_DAY:
        raise TooManyInvitations(
            _("一天最多邀请 %(most)d 人，请明天再邀请，或请同事自己申请加入。")
            % {"most": MOST_A_DAY}
        )
    token = _token(organisation.pk, email, now)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        token_hash=_hash(token),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    events.record("invite_person", organisation, by=by, private={"email": email})
    return token, invitation


def link_of(token: str) -> str:
    """Return the whole address that stands in the mail."""
    return urljoin(settings.SITE_URL, reverse("accounts:invitation", args=[token]))


def token_of(invitation: Invitation) -> str:
    """Work the token out again, so that it waits in no queue: the platform's key is needed."""
    return _token(invitation.organisation_id, invitation.email, invitation.created_at)


@transaction.atomic
def use_invitation(token: str, *, by: User) -> Membership:
    """Join by an invitation's link. Raises InvitationUnusable; one link serves one person."""
    found = find_invitation(token)
    unit = Organisation.objects.held(found.organisation_id) if found is not None else None
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation", "invited_by")
        .filter(token_hash=_hash(token), used_at=None)
        .first()
    )
    is_over = invitation is None or invitation.expires_at < database_now()
    if invitation is None or is_over or unit is None or unit.state == MERGED:
        raise InvitationUnusable(_("邀请链接已用过或已过期，请联系单位管理员重新发送。"))
    membership, _created = Membership.objects.get_or_create(
        user=by, organisation=invitation.organisation
    )
    _take_in(membership, invitation, by)
    invitation.used_at = database_now()
    invitation.save(update_fields=["used_at"])
    vars(by).pop("confirmed_memberships", None)
    return membership


def _take_in(membership: Membership, invitation: Invitation, by: User) -> None:
    """Walk the table's edges from wherever the person stands to being a member."""
    if membership.state == CONFIRMED:
        return
    if membership.state == REQUESTED:
        fire("confirm", membership, by=invitation.invited_by)
        return
    if membership.state != INVITED:
        again = "invite" if membership.state == OPEN else "invite_again"
        fire(again, membership, by=invitation.invited_by)
    fire("accept", membership, by=by)


def find_invitation(token: str) -> Invitation | None:
    """Return the usable invitation behind a link, to show who invites."""
    return (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(token_hash=_hash(token), used_at=None, expires_at__gt=database_now())
        .first()
    )


def _token(organisation_id: int, email: str, at: datetime) -> str:
    named = f"{organisation_id}:{email}:{int(at.timestamp() * 1_000_000)}"
    return salted_hmac("xinghai.accounts.invitation", named, algorithm="sha256").hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
