"""Reading questions about a call: the public's, the asker's own, the office's desk."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Window

from xinghai.accounts.kinds import OFFICER_ROLES, Role
from xinghai.accounts.models import User
from xinghai.calls.asking import Question, QuestionQuerySet
from xinghai.calls.models import Call
from xinghai.calls.states import ASKED, WITH_ANSWER

TABS = {"todo": Q(state=ASKED), "answered": Q(state__in=WITH_ANSWER), "all": Q()}


def visible_to(user: User) -> QuestionQuerySet:
    """Own questions; for an office those sent to it, for planning all."""
    mine = Q(asked_by=user)
    if Role.PLANNER in user.roles:
        mine = Q()
    elif set(OFFICER_ROLES) & set(user.roles):
        mine |= Q(office_id=user.office_id)
    found: QuestionQuerySet = Question.objects.filter(mine)
    return found


def desk(user: User) -> QuestionQuerySet:
    """What this person may answer, with what a row shows."""
    rows: QuestionQuerySet = (
        visible_to(user).exclude(asked_by=user).select_related("call", "office", "asked_by")
    )
    return rows


def narrow(rows: QuestionQuerySet, *, tab: str, text: str = "", call: str = "") -> QuestionQuerySet:
    """One tab of the desk. What waits longest stands first; what is done, newest first."""
    found = rows.filter(TABS[tab])
    for word in text.split()[:5]:
        found = found.filter(
            Q(text__icontains=word) | Q(wording__icontains=word) | Q(answer__icontains=word)
        )
    if call:
        found = found.filter(call__code=call)
    return found.order_by("asked_at", "pk") if tab == "todo" else found


def tab_counts(rows: QuestionQuerySet) -> dict[str, int]:
    counted: dict[str, int] = rows.order_by().aggregate(
        **{
            tab: Count("pk", filter=chosen) if chosen else Count("pk")
            for tab, chosen in TABS.items()
        }
    )
    return counted


def waiting_questions(user: Any) -> int:
    """How many questions wait for this person's office; planning oversees the others' too,
    but is not called to them."""
    waiting = visible_to(user).filter(state=ASKED).exclude(asked_by=user)
    if user.office_id:
        waiting = waiting.filter(office_id=user.office_id)
    return waiting.order_by().count()


def own_questions(user: User) -> QuerySet[Question]:
    return Question.objects.filter(asked_by=user).select_related("call", "office")


def public_questions(call: Call, text: str = "") -> QuestionQuerySet:
    found: QuestionQuerySet = Question.objects.public().filter(call=call).mentioning(text)
    return found


def first_questions(call: Call, most: int) -> list[Any]:
    """The first few, each with the number of all as `total`: one query for a page that shows
    some of them and says how many there are."""
    rows = Question.objects.public().filter(call=call).annotate(total=Window(Count("pk")))
    return list(rows[:most])
