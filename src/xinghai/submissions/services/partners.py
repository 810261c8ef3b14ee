"""Joint filling: ask a partner, let it fill its part, take its confirmation."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.kinds import OrganisationKind
from xinghai.accounts.models import Organisation, User
from xinghai.accounts.selectors import administrators, pick_organisations
from xinghai.accounts.states import VERIFIED
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.messaging import notify
from xinghai.kernel.processes import WITH_AUTHOR
from xinghai.kernel.workflow import fire
from xinghai.submissions import subjects
from xinghai.submissions.answers import author_side
from xinghai.submissions.exceptions import NotReady, Refused
from xinghai.submissions.mails import invitation_mail
from xinghai.submissions.models import Partner, Submission
from xinghai.submissions.precheck import part_hash, precheck
from xinghai.submissions.process import process_named
from xinghai.submissions.selectors import asked_by, put_submission
from xinghai.submissions.services.drafting import Saved, save
from xinghai.submissions.states import LIVE_PARTNERSHIPS, PART_ASKED

MOST_LETTERS_A_DAY = 30


def invite_organisation(
    submission: Submission, organisation: Organisation, *, side: str, by: User
) -> Partner:
    """Ask a registered organisation to fill `side`. Its administrators are told at once."""
    _check_partner(submission, organisation, side)
    with transaction.atomic():
        partner = _ask(submission, side, by=by, organisation=organisation)
        notify(
            administrators(organisation),
            key=f"partner:{partner.pk}:asked",
            subject=gettext_noop("请填写合作部分：%(title)s"),
            body=gettext_noop("%(unit)s 邀请贵单位共同填报“%(title)s”，请填写本方内容并确认。"),
            parameters={"title": submission.title, "unit": submission.organisation or ""},
            url=reverse("submissions:part", args=[partner.pk]),
            topic=subjects.PARTS,
        )
    return partner


def invite_by_mail(submission: Submission, email: str, *, side: str, by: User) -> str:
    """Ask somebody by e-mail; return the link's token (only its hash is stored)."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        _check_letters(by)
        partner = _ask(
            submission, side, by=by, email=email.strip().lower(), token_hash=_hash(token)
        )
        invitation_mail(partner, token)
    return token


def _check_letters(author: User) -> None:
    """Withdrawing and inviting again must not make the platform write to strangers all day."""
    since = database_now() - timedelta(days=1)
    today = asked_by(author).filter(asked_at__gt=since)
    if today.exclude(email="").count() >= MOST_LETTERS_A_DAY:
        raise Refused(
            _("一天最多用邮件邀请 %(most)d 次。对方已经注册的，请填信用代码或全称。")
            % {"most": MOST_LETTERS_A_DAY}
        )


def _ask(submission: Submission, side: str, *, by: User, **whom: Any) -> Partner:
    locked = type(submission).objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if locked.phase not in WITH_AUTHOR or locked.author_id != by.pk:
        raise Refused(_("只有填报人在草稿或退回修改时可以邀请合作方。"))
    form = submission.form.form
    if side not in form.partner_sides - {author_side(locked)}:
        raise Refused(_("这张表没有需要这一方填写的部分。"))
    there = locked.partners.filter(side=side, state__in=LIVE_PARTNERSHIPS)
    taken = set(there.values_list("seat", flat=True))
    seat = next((one for one in range(1, form.most_on(side) + 1) if one not in taken), None)
    if seat is None:
        raise Refused(_no_room(form.most_on(side)))
    with _each_once():
        partner = Partner.objects.create(
            dossier_id=submission.pk, side=side, seat=seat, asked_at=database_now(), **whom
        )
    asked = {"organisation": partner.organisation_id} if partner.organisation_id else {}
    events.record("ask_partner", partner, by=by, data={"side": side, **asked})
    submission.forget_partners()
    return partner


def _no_room(most: int) -> str:
    if most == 1:
        return _("已经邀请过一家合作方。要更换，请先撤回原来的邀请。")
    words = _("已经邀请了 %(most)d 家合作方，这张表不能再多。要更换，请先撤回一个邀请。")
    return words % {"most": most}


@contextmanager
def _each_once() -> Iterator[None]:
    """Refuse what the database refuses: an organisation that stands on the side already."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as twice:
        raise Refused(_("这家单位已经是这份填报的合作方。")) from twice


def _check_partner(submission: Submission, organisation: Organisation, side: str) -> None:
    if organisation.pk == submission.organisation_id:
        raise Refused(_("合作方不能是本单位。"))
    kinds = submission.category.joint.get(f"{side}_kinds", [])
    if organisation.kind not in kinds:
        names = "、".join(str(OrganisationKind(kind).label) for kind in kinds)
        raise Refused(_("这一方须是：%(kinds)s。请改邀合适的单位。") % {"kinds": names})


def accept_link(token: str, *, by: User, organisation: Organisation) -> Partner:
    """Take up an e-mailed invitation for one's organisation; a link binds to one organisation."""
    with transaction.atomic():
        partner = (
            Partner.objects.select_for_update(of=("self",))
            .select_related("dossier")
            .filter(token_hash=_hash(token), state__in=["asked", "filling"])
            .first()
        )
        if partner is None:
            raise Refused(_("邀请链接已失效，请联系邀请方重新发送。"))
        if partner.organisation_id not in (None, organisation.pk):
            raise Refused(_("这个邀请已由另一家单位接受。"))
        if organisation.pk not in by.unit_ids:
            raise Refused(_("请用本单位的账号接受邀请。"))
        _check_partner(partner.submission, organisation, partner.side)
        partner.organisation, partner.user = organisation, by
        with _each_once():
            partner.save(update_fields=["organisation", "user"])
        events.record("accept_link", partner, by=by, data={"organisation": organisation.pk})
        if partner.state == "asked":
            fire("begin", partner, by=by)
    return partner


def write_part(partner: Partner, *, by: User, version: int, typed: Mapping[str, Any]) -> Saved:
    """Store what the partner typed in its part; the first words begin the part."""
    saved = save(partner.submission, by=by, base_version=version, answers=typed)
    if partner.state == PART_ASKED:
        fire("begin", partner, by=by)
    return saved


def write_and_confirm(
    partner: Partner, *, by: User, version: int, typed: Mapping[str, Any]
) -> None:
    """Store the part and confirm it; what was typed stays when something is still missing."""
    write_part(partner, by=by, version=version, typed=typed)
    confirm_part(partner, by=by)


def invite(submission: Submission, whom: str, *, side: str, by: User) -> Partner:
    """Ask by e-mail address, credit code or name; raises Refused with what to type instead."""
    whom = whom.strip()
    if "@" in whom:
        try:
            validate_email(whom)
        except ValidationError as wrong:
            raise Refused(_("这个邮箱地址不完整，请检查后再发。")) from wrong
        invite_by_mail(submission, whom, side=side, by=by)
        return submission.live_partners[-1]
    return invite_organisation(submission, _organisation_called(whom), side=side, by=by)


def _organisation_called(whom: str) -> Organisation:
    found = pick_organisations(whom)
    exact = [one for one in found if whom.upper() == one.uscc or whom == one.name]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise Refused(
            _("平台上没有找到“%(whom)s”。请核对信用代码或全称；对方还没有注册的，请填对方邮箱。")
            % {"whom": whom}
        )
    names = "、".join(f"{one.name}（{one.uscc}）" for one in found[:5])
    raise Refused(_("有几家单位符合，请填写信用代码：%(names)s") % {"names": names})


def confirm_part(partner: Partner, *, by: User) -> None:
    """The partner confirms its own part; raises NotReady with what is still missing there."""
    with transaction.atomic():
        records = process_named(partner.dossier.process).records.objects
        submission: Submission = records.select_for_update(of=("self",)).get(pk=partner.dossier_id)
        organisation = partner.organisation
        if organisation is None or organisation.state != VERIFIED:
            raise Refused(_("本单位还没有通过科技局核实，核实后就能确认。"))
        found = precheck(submission, now=database_now(), sides={partner.side})
        if not found.is_submittable:
            raise NotReady(found)
        put_submission(partner, submission)
        fire(
            "confirm",
            partner,
            by=by,
            changes={"user": by, "confirmed_hash": part_hash(submission, partner.side)},
        )
        notify(
            [submission.author],
            key=f"partner:{partner.pk}:{partner.event_head.hex()[:16]}",
            subject=gettext_noop("合作方已确认：%(title)s"),
            body=gettext_noop("%(unit)s 已填写并确认“%(title)s”中由其负责的部分。"),
            parameters={"title": submission.title, "unit": organisation.name},
            url=submission.process.address("edit", submission.pk),
            topic=subjects.PARTS,
        )


def answer_invitation(partner: Partner, action: str, *, by: User, reason: str = "") -> None:
    """Begin, reopen or decline one's part; the author is told when it is declined or reopened."""
    with transaction.atomic():
        fire(action, partner, by=by, reason=reason)
        if action == "begin":
            return
        notify(
            [partner.submission.author],
            key=f"partner:{partner.pk}:{partner.event_head.hex()[:16]}",
            subject=gettext_noop("合作方有变化：%(title)s"),
            body=gettext_noop("%(unit)s：%(state)s。%(reason)s"),
            parameters={
                "title": partner.submission.title,
                "unit": str(partner),
                "state": partner.shown_state.label,
                "reason": reason,
            },
            url=partner.submission.process.address("edit", partner.dossier_id),
            topic=subjects.PARTS,
        )


def withdraw_invitation(partner: Partner, *, by: User) -> None:
    """Take an invitation back; what the partner wrote stays in the history."""
    fire("withdraw", partner, by=by)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
