"""Letters to people who have no account yet."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from xinghai.kernel.jobs import enqueue, job
from xinghai.submissions.models import Partner


@job("submissions.mail_invitation", queue="mail")
def mail_invitation(partner_id: int, token: str) -> None:
    found = Partner.objects.select_related("dossier").filter(pk=partner_id)
    partner = found.first()
    if partner is None or partner.state != "asked" or not partner.email:
        return
    with override("zh-hans"):
        facts = {
            "unit": partner.submission.organisation or "",
            "title": partner.submission.title,
            "link": urljoin(settings.SITE_URL, reverse("submissions:part-accept", args=[token])),
        }
        EmailMessage(
            subject=_("邀请共同填报：%(title)s") % facts,
            body=_(
                "%(unit)s 邀请贵单位共同填报“%(title)s”。\n"
                "请打开链接，登录或注册后填写本方内容并确认：\n%(link)s\n"
            )
            % facts,
            to=[partner.email],
        ).send()


def invitation_mail(partner: Partner, token: str) -> None:
    """Queue the letter; it leaves when the transaction commits."""
    enqueue(mail_invitation, partner_id=partner.pk, token=token)
