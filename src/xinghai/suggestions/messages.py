"""Who is told what on every edge of the suggestion's table.

One row per edge; a test holds the rows equal to the table, so that no edge is
ever silent.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.utils.translation import gettext_noop

from xinghai.accounts.kinds import OFFICER_ROLES, MemberRole, Role
from xinghai.accounts.models import User
from xinghai.accounts.states import CONFIRMED
from xinghai.kernel.messaging import Letter, post
from xinghai.submissions.states import PART_CONFIRMED
from xinghai.suggestions import subjects
from xinghai.suggestions.models import Suggestion

AUTHOR, UNIT, OFFICE, PLANNING, PARTNERS = "author", "unit", "office", "planning", "partners"


@dataclass(frozen=True)
class Message:
    """One message: to which audiences, with which words."""

    audiences: tuple[str, ...]
    subject: str
    body: str


MESSAGES: dict[str, tuple[Message, ...]] = {
    "send_to_unit": (
        Message(
            (UNIT,),
            gettext_noop("待单位审核：%(title)s"),
            gettext_noop("%(author)s 提交了“%(title)s”，请在 %(deadline)s 前审核并统一提交。"),
        ),
        Message(
            (AUTHOR,),
            gettext_noop("已送本单位科研部门：%(title)s"),
            gettext_noop("“%(title)s”已送本单位科研部门审核，由他们统一提交。审核前可以撤回。"),
        ),
    ),
    "send_correction_to_unit": (
        Message(
            (UNIT,),
            gettext_noop("待单位审核：%(title)s"),
            gettext_noop("%(author)s 提交了“%(title)s”的修改稿，请审核后统一提交。"),
        ),
        Message(
            (AUTHOR,),
            gettext_noop("已送本单位科研部门：%(title)s"),
            gettext_noop("“%(title)s”已送本单位科研部门审核，由他们统一提交。审核前可以撤回。"),
        ),
    ),
    "submit": (
        Message(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("已收到：%(number)s %(title)s"),
            gettext_noop("“%(title)s”已收到，编号 %(number)s。受理前可以撤回。"),
        ),
        Message(
            (OFFICE,),
            gettext_noop("新建议待受理：%(number)s"),
            gettext_noop("%(unit)s 提交了“%(title)s”（%(number)s），请受理。"),
        ),
    ),
    "endorse": (
        Message(
            (AUTHOR, PARTNERS),
            gettext_noop("单位已提交：%(number)s %(title)s"),
            gettext_noop("科研部门已把“%(title)s”提交到市科技局，编号 %(number)s。"),
        ),
        Message(
            (OFFICE,),
            gettext_noop("新建议待受理：%(number)s"),
            gettext_noop("%(unit)s 提交了“%(title)s”（%(number)s），请受理。"),
        ),
    ),
    "unit_return": (
        Message(
            (AUTHOR,),
            gettext_noop("单位退回，请修改：%(title)s"),
            gettext_noop("科研部门退回了“%(title)s”。原因：%(reason)s"),
        ),
    ),
    "unit_return_correction": (
        Message(
            (AUTHOR,),
            gettext_noop("单位退回，请修改：%(title)s"),
            gettext_noop("科研部门退回了“%(title)s”。原因：%(reason)s"),
        ),
    ),
    "resubmit": (
        Message(
            (AUTHOR,),
            gettext_noop("修改稿已收到：%(number)s"),
            gettext_noop("“%(title)s”的修改稿已收到，处室会继续研究。"),
        ),
        Message(
            (OFFICE,),
            gettext_noop("修改稿已到：%(number)s"),
            gettext_noop("%(unit)s 已按意见修改“%(title)s”（%(number)s）。"),
        ),
    ),
    "endorse_again": (
        Message(
            (AUTHOR,),
            gettext_noop("单位已提交修改稿：%(number)s"),
            gettext_noop("科研部门已提交“%(title)s”的修改稿，处室会继续研究。"),
        ),
        Message(
            (OFFICE,),
            gettext_noop("修改稿已到：%(number)s"),
            gettext_noop("%(unit)s 已按意见修改“%(title)s”（%(number)s）。"),
        ),
    ),
    "recall": (
        Message(
            (AUTHOR, UNIT),
            gettext_noop("已撤回：%(title)s"),
            gettext_noop("“%(title)s”已撤回，现在是草稿，改好后请重新提交。"),
        ),
    ),
    "recall_correction": (
        Message(
            (AUTHOR, UNIT),
            gettext_noop("修改稿已撤回：%(title)s"),
            gettext_noop("“%(title)s”的修改稿已从单位审核中撤回，可以继续修改。"),
        ),
    ),
    "find_no_route": (
        Message(
            (PLANNING,),
            gettext_noop("待分派：%(number)s %(title)s"),
            gettext_noop("“%(title)s”（%(category)s / %(domain)s）没有对应的处室，请分派。"),
        ),
    ),
    "assign": (
        Message(
            (AUTHOR,),
            gettext_noop("已确定受理处室：%(number)s"),
            gettext_noop("“%(title)s”由%(office)s受理。"),
        ),
        Message(
            (OFFICE,),
            gettext_noop("规划处分派：%(number)s"),
            gettext_noop("规划处把“%(title)s”（%(number)s）分派给你处。"),
        ),
    ),
    "take_up": (
        Message(
            (AUTHOR,),
            gettext_noop("处室已受理：%(number)s"),
            gettext_noop("%(office)s已受理“%(title)s”，正在研究。"),
        ),
    ),
    "hand_over": (
        Message(
            (AUTHOR,),
            gettext_noop("受理处室已调整：%(number)s"),
            gettext_noop("“%(title)s”改由%(office)s受理。原因：%(reason)s"),
        ),
        Message(
            (OFFICE,),
            gettext_noop("其他处室移交：%(number)s"),
            gettext_noop("“%(title)s”（%(number)s）移交你处。原因：%(reason)s"),
        ),
    ),
    "office_return": (
        Message(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("请修改后重新提交：%(number)s"),
            gettext_noop("%(office)s退回了“%(title)s”，请在 %(due)s 前修改。原因：%(reason)s"),
        ),
    ),
    "accept": (
        Message(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("已采纳：%(number)s"),
            gettext_noop("“%(title)s”已进入建议库，将用于凝练指南。采纳不代表立项。"),
        ),
    ),
    "merge": (
        Message(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("已合并：%(number)s"),
            gettext_noop("“%(title)s”与相近的建议合并，出处会一直保留。"),
        ),
    ),
    "decline": (
        Message(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("未采纳：%(number)s"),
            gettext_noop("%(office)s研究后没有采纳“%(title)s”。理由：%(reason)s"),
        ),
    ),
    "condense": (
        Message(
            (AUTHOR, UNIT),
            gettext_noop("已凝练：%(number)s"),
            gettext_noop("“%(title)s”已凝练进指南条目。"),
        ),
    ),
    "adopt": (
        Message(
            (AUTHOR, UNIT),
            gettext_noop("已写入指南：%(number)s"),
            gettext_noop("“%(title)s”的内容已写入发布的指南。"),
        ),
    ),
    "carry_over": (
        Message(
            (AUTHOR, UNIT),
            gettext_noop("结转到下一年度：%(number)s"),
            gettext_noop("“%(title)s”本年度没有用上，已结转到下一年度的建议库。"),
        ),
    ),
}

ADDRESS = {
    AUTHOR: "/my/suggestions/{pk}/",
    UNIT: "/unit/suggestions/{pk}/",
    OFFICE: "/office/suggestions/{pk}/",
    PLANNING: "/office/triage/",
    PARTNERS: "/my/parts/",
}

TOPICS = {
    AUTHOR: subjects.PROGRESS,
    UNIT: subjects.REVIEWS,
    OFFICE: subjects.ARRIVALS,
    PLANNING: subjects.ARRIVALS,
    PARTNERS: subjects.PARTS,
}


def tell(edge: str, suggestion: Suggestion, *, reason: str = "") -> None:
    """Leave the messages of one fired edge; call it after `fire`, in its transaction."""
    facts = _facts(edge, suggestion, reason)
    audiences = {audience for message in MESSAGES[edge] for audience in message.audiences}
    people = _people(audiences, suggestion)
    letters = {
        pk: Letter(
            pk,
            message.subject,
            message.body,
            facts,
            ADDRESS[audience].format(pk=suggestion.pk),
            TOPICS[audience],
        )
        for message in MESSAGES[edge]
        for audience in message.audiences
        for pk in people[audience]
    }
    post(
        letters.values(),
        key=f"suggestion:{suggestion.pk}:{edge}:{suggestion.event_head.hex()[:16]}",
        at=suggestion.state_since,
    )


def _facts(edge: str, suggestion: Suggestion, reason: str) -> dict[str, Any]:
    """What the words of an edge name; the deadline is looked up only where it is said."""
    says_deadline = any("%(deadline)s" in message.body for message in MESSAGES[edge])
    return {
        "title": suggestion.title,
        "number": suggestion.number,
        "author": suggestion.author.name,
        "unit": suggestion.organisation.name if suggestion.organisation else "",
        "office": suggestion.office.name if suggestion.office else "",
        "category": suggestion.category.name,
        "domain": suggestion.domain.name if suggestion.domain else "",
        "due": suggestion.due_on or "",
        "deadline": (suggestion.call.closing_day or "") if says_deadline else "",
        "reason": reason,
    }


def _people(audiences: set[str], suggestion: Suggestion) -> dict[str, list[int]]:
    """Return who belongs to each audience; whom the database must name, in one query."""
    people: dict[str, list[int]] = {audience: [] for audience in audiences}
    people[AUTHOR] = [suggestion.author_id]
    if PARTNERS in audiences:
        confirmed = [one for one in suggestion.live_partners if one.state == PART_CONFIRMED]
        people[PARTNERS] = [one.user_id for one in confirmed if one.user_id is not None]
    asked = [
        _QUERIES[audience](suggestion).values_list("pk", Value(audience))
        for audience in sorted(audiences & set(_QUERIES))
    ]
    for pk, audience in asked[0].union(*asked[1:], all=True) if asked else ():
        people[audience].append(pk)
    return people


def _administrators(suggestion: Suggestion) -> QuerySet[User]:
    return User.objects.filter(
        memberships__organisation=suggestion.organisation,
        memberships__state=CONFIRMED,
        memberships__role=MemberRole.ADMINISTRATOR,
        is_active=True,
    ).exclude(pk=suggestion.author_id)


def _officers(suggestion: Suggestion) -> QuerySet[User]:
    return User.objects.filter(
        office=suggestion.office,
        office__isnull=False,
        roles__overlap=OFFICER_ROLES,
        is_active=True,
    )


def _planners(suggestion: Suggestion) -> QuerySet[User]:
    return User.objects.filter(roles__contains=[Role.PLANNER], is_active=True)


_QUERIES = {
    UNIT: _administrators,
    OFFICE: _officers,
    PLANNING: _planners,
}
