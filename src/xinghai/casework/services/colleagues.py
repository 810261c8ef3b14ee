"""What officers do among themselves: who works on a submission, and notes about it."""

import rules
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.models import User
from xinghai.accounts.selectors import in_office, plans, works_in
from xinghai.casework.models import LONGEST_NOTE, Note
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.messaging import notify
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.models import Submission
from xinghai.submissions.subjects import COLLEAGUES


def _locked(submission: Submission) -> Submission:
    records = submission.process.records.objects.select_for_update(of=("self",))
    locked: Submission = records.get(pk=submission.pk)
    return locked


def _address(submission: Submission) -> str:
    return submission.process.address("office-record", submission.pk)


@transaction.atomic
def give_to(submission: Submission, handler: User | None, *, by: User) -> None:
    """Make an officer of the same office the one who works on it (经办人), or nobody."""
    locked = _locked(submission)
    if not rules.has_perm(locked.process.permission("process"), by, locked):
        raise NotAllowed(_("只有正在办理它的处室可以安排经办人。"))
    if locked.shown_state.final:
        facts = {"noun": locked.process.noun.one}
        raise Refused(_("这条%(noun)s已经办结，不用再安排经办人。") % facts)
    before = locked.handler_id
    if before == (handler.pk if handler else None):
        return
    if handler is not None:
        _check_handler(locked, handler)
    submission.handler = handler
    data = {"handler": [before, handler.pk if handler else None]}
    submission.save(update_fields=["handler"])
    event = events.record("give", submission, by=by, data=data)
    if handler is not None and handler.pk != by.pk:
        notify(
            [handler],
            key=f"handler:{submission.pk}:{event.hash.hex()[:16]}",
            subject=gettext_noop("交给您办理：%(number)s"),
            body=gettext_noop("%(by)s 把“%(title)s”（%(number)s）交给您办理。"),
            parameters={"by": by.name, "title": submission.title, "number": submission.number},
            url=_address(submission),
            topic=COLLEAGUES,
        )


def _check_handler(submission: Submission, handler: User) -> None:
    if not works_in(handler, submission.office_id):
        raise Refused(_("只能交给本处室在岗的同事。"))
    if handler.pk == submission.author_id:
        raise Refused(_("不能交给填报人本人办理。"))


@transaction.atomic
def write_note(submission: Submission, text: str, *, by: User) -> Note:
    """Leave a note for colleagues; the handler and those who wrote before get a message."""
    locked = _locked(submission)
    if not rules.has_perm(locked.process.permission("discuss"), by, locked):
        raise NotAllowed(_("只有正在办理它的处室和规划处可以写备注。"))
    text = text.replace("\0", "").strip()
    if not text:
        raise Refused(_("请先写下备注再保存。"))
    if len(text) > LONGEST_NOTE:
        raise Refused(_("备注最多 %(most)d 字，请精简。") % {"most": LONGEST_NOTE})
    note = Note.objects.create(
        dossier_id=submission.pk, author=by, text=text, written_at=database_now()
    )
    events.record("note", submission, by=by, data={"note": note.pk})
    notify(
        _listeners(locked).exclude(pk=by.pk),
        key=f"note:{note.pk}",
        subject=gettext_noop("同事写了备注：%(number)s"),
        body=gettext_noop("%(by)s 在“%(title)s”（%(number)s）下写了内部备注。"),
        parameters={"by": by.name, "title": submission.title, "number": submission.number},
        url=_address(submission) + "#notes",
        topic=COLLEAGUES,
    )
    return note


def _listeners(submission: Submission) -> QuerySet[User]:
    """Return its handler and who has written about it, as far as they may still read it."""
    writers = Note.objects.filter(dossier=submission.pk).values("author")
    may_read = plans()
    if submission.office_id is not None:
        may_read |= in_office([submission.office_id])
    concerned = Q(pk=submission.handler_id) | Q(pk__in=writers)
    return User.objects.filter(concerned, may_read).exclude(pk=submission.author_id)


@transaction.atomic
def withdraw_note(submission: Submission, note: int, *, by: User) -> None:
    """Take back one's own note; that there was one stays to be seen. Twice is once."""
    if not rules.has_perm(submission.process.permission("discuss"), by, submission):
        raise NotAllowed(_("只有正在办理它的处室和规划处可以写备注。"))
    found = (
        Note.objects.select_for_update().filter(pk=note, dossier=submission.pk, author=by).first()
    )
    if found is None:
        raise Refused(_("只能撤回自己写的备注。"))
    if found.withdrawn_at is None:
        found.withdrawn_at = database_now()
        found.save(update_fields=["withdrawn_at"])
        events.record("withdraw_note", submission, by=by, data={"note": found.pk})
