"""Background work of this room: the mail that carries an invitation, and word of new units."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from xinghai.accounts.models import Invitation, Organisation, Session, User
from xinghai.accounts.services import INVITATION_LASTS, invite_person, link_of, token_of
from xinghai.accounts.services.organisations import fill_initials, tell_verifiers
from xinghai.kernel.clock import database_now
from xinghai.kernel.jobs import enqueue, job, periodic

__all__ = ["fill_initials", "tell_verifiers"]


@transaction.atomic
def invite_by_mail(organisation: Organisation, *, email: str, by: User) -> str:
    """Invite and queue the mail in one transaction; return the link's token."""
    token, invitation = invite_person(organisation, email=email, by=by)
    language = get_language() or settings.LANGUAGE_CODE
    enqueue(mail_invitation, invitation=invitation.pk, language=language)
    return token


@job("accounts.mail_invitation", queue="mail")
def mail_invitation(invitation: int, language: str) -> None:
    """Send the link; the job carries no secret, the token is worked out here."""
    found = (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(pk=invitation, used_at=None)
        .first()
    )
    if found is not None:
        with override(language):
            letter(found).send()


def letter(invitation: Invitation) -> EmailMessage:
    """The invitation as a mail, in the language that is active."""
    words = {
        "unit": invitation.organisation.name,
        "person": invitation.invited_by.name,
        "link": link_of(token_of(invitation)),
        "days": INVITATION_LASTS.days,
    }
    return EmailMessage(
        subject=_("邀请您加入 %(unit)s") % words,
        body=_(
            "%(person)s 邀请您在星海科技计划服务平台加入“%(unit)s”。\n\n"
            "请在 %(days)d 天内打开下面的链接：\n%(link)s\n\n"
            "如果您不认识邀请人，请不要理会这封邮件。\n"
        )
        % words,
        to=[invitation.email],
        headers={"Message-ID": f"<invitation-{invitation.pk}@{settings.MAIL_DOMAIN}>"},
    )


@periodic("accounts.clear_sessions", cron="17 3 * * *")
def clear_sessions(timestamp: int) -> None:
    """Delete the sessions that have run out: they open nothing and name whom they belonged to."""
    Session.objects.filter(expire_date__lt=database_now()).delete()
