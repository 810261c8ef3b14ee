"""Writing questions: ask, answer, put right, make public, pass on, refuse."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.models import Office, User
from xinghai.accounts.selectors import in_office, plans
from xinghai.calls.models import Call, Question
from xinghai.calls.rules import is_issued
from xinghai.calls.selectors import offices_of
from xinghai.calls.states import QUESTIONS, WITH_ANSWER
from xinghai.calls.tasks import index_later
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.idempotency import once
from xinghai.kernel.messaging import notify
from xinghai.kernel.refusals import Refusal
from xinghai.kernel.workflow import NotAllowed, TransitionRefused, WrongState, fire

MOST_A_DAY = 5
A_DAY = timedelta(hours=24)


class TooManyQuestions(Refusal):
    """The person has asked as often today as one person may."""

    def __init__(self) -> None:
        words = _("24 小时内最多提 %(most)s 个问题，您已经提满。急事请直接打处室电话。")
        super().__init__(words % {"most": MOST_A_DAY})


class NoOffice(Refusal):
    """Nobody at the bureau could receive the question."""

    def __init__(self) -> None:
        super().__init__(_("这个批次还没有指定受理咨询的处室，请稍后再提。"))


class AnsweredSince(TransitionRefused):
    """Somebody changed the question after the page was opened."""


def ask(call: Call, *, text: str, office: Office | None, by: User, key: str) -> int:
    """Leave a question with an office of the call, else with planning; return its id.

    Raises TooManyQuestions, NoOffice, NotAllowed or KeyReused.
    """

    def act() -> int:
        # The person's row is the gate: two windows cannot both be the fifth.
        person = User.objects.select_for_update().get(pk=by.pk)
        now = database_now()
        recent = Question.objects.filter(asked_by=person, asked_at__gt=now - A_DAY)
        if recent.count() >= MOST_A_DAY:
            raise TooManyQuestions
        if not is_issued(by, call) or not by.has_perm("calls.ask"):
            raise NotAllowed(_("这个批次不接受提问。"))
        question = Question.objects.create(
            call=call,
            office=_receiver(call, office),
            asked_by=person,
            asked_at=now,
            text=text,
            wording=text,
        )
        events.record("ask", question, by=by)
        _tell_office(question)
        return int(question.pk)

    return int(once(key, operation="calls.ask", by=by, act=act))


def answer(
    question: Question, step: str, *, texts: Mapping[str, Any], by: User, key: str, seen: str
) -> None:
    """Answer, put the answer right, or change who may read it.

    `step` is an edge of the table or "put_right"; `texts` carries answer, wording and is_pinned.
    `seen` is the newest event's hash the page showed: what a colleague wrote since is not
    overwritten, and AnsweredSince says so. Raises TransitionRefused otherwise.
    """

    def act() -> str:
        if events.lock(question).hash.hex() != seen:
            raise AnsweredSince(_("同事刚刚处理过这个问题，请看过最新内容再改。"))
        changes, is_news = dict(texts), texts["answer"] != question.answer
        if step == "put_right":
            _put_right(question, changes, by)
        else:
            if step in ("answer", "answer_openly"):
                changes["answered_at"] = database_now()
            fire(step, question, by=by, changes=changes, private={"answer": changes["answer"]})
        if is_news:
            _tell_asker(question, step)
        index_later(question.call.code)
        return step

    once(key, operation=f"calls.answer:{question.pk}", by=by, act=act)


def refuse(question: Question, *, reason: str, by: User, key: str) -> None:
    """Decline to answer, with the reason the asker reads."""

    def act() -> str:
        fire("refuse", question, by=by, reason=reason, changes={"reason": reason.strip()})
        _tell_asker(question, "refuse")
        index_later(question.call.code)
        return "refuse"

    once(key, operation=f"calls.refuse:{question.pk}", by=by, act=act)


def pass_on(question: Question, office: Office, *, by: User, key: str) -> None:
    """Hand a waiting question to another office of the call."""

    def act() -> str:
        fire("pass_on", question, by=by, changes={"office": office}, data={"office": office.code})
        _tell_office(question)
        return "pass_on"

    once(key, operation=f"calls.pass_on:{question.pk}", by=by, act=act)


def _put_right(question: Question, changes: dict[str, Any], by: User) -> None:
    """Change the words of an answer; the trail keeps the former ones."""
    question.refresh_from_db()
    if question.state not in WITH_ANSWER:
        raise WrongState(_("还没有答复，不能修改。请刷新页面查看最新进展。"))
    if not by.has_perm("calls.answer_question", question):
        raise NotAllowed(_("您没有修改这条答复的权限。"))
    former = {name: getattr(question, name) for name in changes}
    for name, value in changes.items():
        setattr(question, name, value)
    question.save(update_fields=list(changes))
    events.record("put_right", question, by=by, private={"former": former})


def _receiver(call: Call, office: Office | None) -> Office:
    """The chosen office, when the call lists it; else planning, else the first one listed."""
    listed = offices_of(call)
    chosen = listed.filter(pk=office.pk).first() if office else None
    found = chosen or Office.objects.filter(is_planning=True).first() or listed.first()
    if found is None:
        raise NoOffice
    return found


def _tell_office(question: Question) -> None:
    here = in_office([question.office])
    if question.office.is_planning:
        here |= plans()
    notify(
        User.objects.filter(here),
        key=f"question:{question.pk}:{question.event_head.hex()[:16]}",
        subject=gettext_noop("有人提问，请答复：%(call)s"),
        body=gettext_noop("关于“%(call)s”有新的提问：%(text)s"),
        parameters={"call": question.call.title, "text": question.text},
        url=f"/office/questions/{question.pk}/",
        topic=QUESTIONS,
    )


_TOLD = {
    "refuse": (
        gettext_noop("您的提问未予答复：%(text)s"),
        gettext_noop("您关于“%(call)s”的提问未予答复。原因：%(reason)s"),
    ),
    "put_right": (
        gettext_noop("答复有修改：%(text)s"),
        gettext_noop("您关于“%(call)s”的提问，答复改为：%(answer)s"),
    ),
}
_TOLD["answer"] = _TOLD["answer_openly"] = (
    gettext_noop("您的提问有答复了：%(text)s"),
    gettext_noop("您关于“%(call)s”的提问，答复如下：%(answer)s"),
)


def _tell_asker(question: Question, step: str) -> None:
    """The first answer is news; so are other words later, whatever else was done with them."""
    subject, body = _TOLD.get(step, _TOLD["put_right"])
    notify(
        [question.asked_by],
        key=f"question:{question.pk}:{question.event_head.hex()[:16]}",
        subject=subject,
        body=body,
        parameters={
            "call": question.call.title,
            "text": question.text[:40],
            "answer": question.answer,
            "reason": question.reason,
        },
        url=f"/my/questions/#question-{question.pk}",
        topic=QUESTIONS,
    )
