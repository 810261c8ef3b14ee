"""Questions for tests, asked and answered through the services."""

import itertools
from typing import Any

from tests.factories import FIRST, make_office, make_staff, make_user
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import User
from xinghai.calls import answering
from xinghai.calls.models import Call, Question

_keys = itertools.count(FIRST)


def key() -> str:
    return f"question-key-{next(_keys)}"


def asked(
    call: Call, *, text: str = "演示问题？", by: User | None = None, office: str = ""
) -> Question:
    chosen = make_office(office) if office else None
    pk = answering.ask(call, text=text, office=chosen, by=by or make_user(), key=key())
    return again(pk)


def again(pk: int) -> Question:
    return Question.objects.select_related("call", "office", "asked_by").get(pk=pk)


def officer_of(question: Question) -> User:
    return make_staff(Role.OFFICER, office=question.office)


def answer(question: Question, step: str = "answer_openly", **given: Any) -> Question:
    """Take the step as a fresh officer of the question's office, or `by`."""
    texts = {
        "answer": given.get("answer", "演示答复。"),
        "wording": given.get("wording", question.wording),
        "is_pinned": given.get("is_pinned", False),
    }
    answering.answer(
        question,
        step,
        texts=texts,
        by=given.get("by") or officer_of(question),
        key=given.get("key") or key(),
        seen=given.get("seen") or bytes(question.event_head).hex(),
    )
    return again(question.pk)


def answered(
    call: Call, *, text: str = "演示问题？", by: User | None = None, **given: Any
) -> Question:
    return answer(asked(call, text=text, by=by), **given)
