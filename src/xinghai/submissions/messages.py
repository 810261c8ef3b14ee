"""Who is told what when an edge is fired: the standard line's words, and how they are sent.

A process declares the words of its own edges, or other words for a standard edge, in
`Process.messages`; a test holds that no edge of any process is silent.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_noop

from xinghai.accounts.models import User
from xinghai.accounts.selectors import administrators, officers, planners, recommenders_at
from xinghai.kernel.kept_statements import kept
from xinghai.kernel.messaging import Letter, post
from xinghai.submissions import subjects
from xinghai.submissions.models import Submission
from xinghai.submissions.process import (
    AUTHOR,
    OFFICE,
    PARTNERS,
    PLANNING,
    RECOMMENDER,
    UNIT,
    Notification,
    Process,
)
from xinghai.submissions.states import PART_CONFIRMED, purpose_of

# Accounts by audience.
People = dict[str, list[int]]

TO_RECOMMEND = Notification(
    (RECOMMENDER,),
    gettext_noop("待推荐：%(title)s"),
    gettext_noop("%(unit)s 送来“%(title)s”，请在 %(deadline)s 前审核并推荐。"),
)
AT_RECOMMENDER = Notification(
    (AUTHOR, UNIT),
    gettext_noop("已送推荐单位：%(title)s"),
    gettext_noop("“%(title)s”已送%(recommender)s，由他们审核后推荐到市科技局。"),
)
STANDARD: dict[str, tuple[Notification, ...]] = {
    "send_to_unit": (
        Notification(
            (UNIT,),
            gettext_noop("待单位审核：%(title)s"),
            gettext_noop("%(author)s 提交了“%(title)s”，请在 %(deadline)s 前审核并统一提交。"),
        ),
        Notification(
            (AUTHOR,),
            gettext_noop("已送本单位科研部门：%(title)s"),
            gettext_noop("“%(title)s”已送本单位科研部门审核，由他们统一提交。审核前可以撤回。"),
        ),
    ),
    "send_correction_to_unit": (
        Notification(
            (UNIT,),
            gettext_noop("待单位审核：%(title)s"),
            gettext_noop("%(author)s 提交了“%(title)s”的修改稿，请审核后统一提交。"),
        ),
        Notification(
            (AUTHOR,),
            gettext_noop("已送本单位科研部门：%(title)s"),
            gettext_noop("“%(title)s”已送本单位科研部门审核，由他们统一提交。审核前可以撤回。"),
        ),
    ),
    "unit_return": (
        Notification(
            (AUTHOR,),
            gettext_noop("单位退回，请修改：%(title)s"),
            gettext_noop("科研部门退回了“%(title)s”。原因：%(reason)s"),
        ),
    ),
    "unit_return_correction": (
        Notification(
            (AUTHOR,),
            gettext_noop("单位退回，请修改：%(title)s"),
            gettext_noop("科研部门退回了“%(title)s”。原因：%(reason)s"),
        ),
    ),
    "resubmit": (
        Notification(
            (AUTHOR,),
            gettext_noop("修改稿已收到：%(number)s"),
            gettext_noop("“%(title)s”的修改稿已收到，处室会继续研究。"),
        ),
        Notification(
            (OFFICE,),
            gettext_noop("修改稿已到：%(number)s"),
            gettext_noop("%(unit)s 已按意见修改“%(title)s”（%(number)s）。"),
        ),
    ),
    "endorse_again": (
        Notification(
            (AUTHOR,),
            gettext_noop("单位已提交修改稿：%(number)s"),
            gettext_noop("科研部门已提交“%(title)s”的修改稿，处室会继续研究。"),
        ),
        Notification(
            (OFFICE,),
            gettext_noop("修改稿已到：%(number)s"),
            gettext_noop("%(unit)s 已按意见修改“%(title)s”（%(number)s）。"),
        ),
    ),
    "recall": (
        Notification(
            (AUTHOR, UNIT),
            gettext_noop("已撤回：%(title)s"),
            gettext_noop("“%(title)s”已撤回，现在是草稿，改好后请重新提交。"),
        ),
    ),
    "recall_correction": (
        Notification(
            (AUTHOR, UNIT),
            gettext_noop("修改稿已撤回：%(title)s"),
            gettext_noop("“%(title)s”的修改稿已从单位审核中撤回，可以继续修改。"),
        ),
    ),
    "find_no_route": (
        Notification(
            (PLANNING,),
            gettext_noop("待分派：%(number)s %(title)s"),
            gettext_noop("“%(title)s”（%(category)s / %(domain)s）没有对应的处室，请分派。"),
        ),
    ),
    "assign": (
        Notification(
            (AUTHOR,),
            gettext_noop("已确定受理处室：%(number)s"),
            gettext_noop("“%(title)s”由%(office)s受理。"),
        ),
        Notification(
            (OFFICE,),
            gettext_noop("规划处分派：%(number)s"),
            gettext_noop("规划处把“%(title)s”（%(number)s）分派给你处。"),
        ),
    ),
    "take_up": (
        Notification(
            (AUTHOR,),
            gettext_noop("处室已受理：%(number)s"),
            gettext_noop("%(office)s已受理“%(title)s”，正在研究。"),
        ),
    ),
    "hand_over": (
        Notification(
            (AUTHOR,),
            gettext_noop("受理处室已调整：%(number)s"),
            gettext_noop("“%(title)s”改由%(office)s受理。原因：%(reason)s"),
        ),
        Notification(
            (OFFICE,),
            gettext_noop("其他处室移交：%(number)s"),
            gettext_noop("“%(title)s”（%(number)s）移交你处。原因：%(reason)s"),
        ),
    ),
    "office_return": (
        Notification(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("请修改后重新提交：%(number)s"),
            gettext_noop("%(office)s退回了“%(title)s”，请在 %(due)s 前修改。原因：%(reason)s"),
        ),
    ),
    "submit": (
        Notification(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("已收到：%(number)s %(title)s"),
            gettext_noop("“%(title)s”已收到，编号 %(number)s。受理前可以撤回。"),
        ),
        Notification(
            (OFFICE,),
            gettext_noop("新%(noun)s待受理：%(number)s"),
            gettext_noop("%(unit)s 提交了“%(title)s”（%(number)s），请受理。"),
        ),
    ),
    "endorse": (
        Notification(
            (AUTHOR, PARTNERS),
            gettext_noop("单位已提交：%(number)s %(title)s"),
            gettext_noop("科研部门已把“%(title)s”提交到市科技局，编号 %(number)s。"),
        ),
        Notification(
            (OFFICE,),
            gettext_noop("新%(noun)s待受理：%(number)s"),
            gettext_noop("%(unit)s 提交了“%(title)s”（%(number)s），请受理。"),
        ),
    ),
    "send_to_recommender": (TO_RECOMMEND, AT_RECOMMENDER),
    "endorse_to_recommender": (TO_RECOMMEND, AT_RECOMMENDER),
    "recommend": (
        Notification(
            (AUTHOR, UNIT, PARTNERS),
            gettext_noop("推荐单位已推荐：%(number)s"),
            gettext_noop("推荐单位已把“%(title)s”推荐到市科技局，编号 %(number)s。"),
        ),
        Notification(
            (OFFICE,),
            gettext_noop("新%(noun)s待受理：%(number)s"),
            gettext_noop("%(unit)s 提交了“%(title)s”（%(number)s），请受理。"),
        ),
    ),
    "recommender_return": (
        Notification(
            (AUTHOR, UNIT),
            gettext_noop("推荐单位退回，请修改：%(title)s"),
            gettext_noop("推荐单位退回了“%(title)s”。原因：%(reason)s"),
        ),
    ),
}

TOPICS = {
    AUTHOR: subjects.PROGRESS,
    UNIT: subjects.REVIEWS,
    OFFICE: subjects.ARRIVALS,
    PLANNING: subjects.ARRIVALS,
    PARTNERS: subjects.PARTS,
    RECOMMENDER: subjects.RECOMMENDATIONS,
}
# The views an audience is led to, and whether the address names the record.
VIEWS = {
    AUTHOR: ("record", True),
    UNIT: ("unit-record", True),
    OFFICE: ("office-record", True),
    PLANNING: ("office-triage", False),
    RECOMMENDER: ("recommending-record", True),
}


def notifications_of(process: Process, edge: str) -> tuple[Notification, ...]:
    """Return the words of an edge: the process's own, else the standard line's."""
    return process.messages.get(edge) or STANDARD[edge]


def address_for(audience: str, submission: Submission) -> str:
    """Return the page an audience reads a record on."""
    if audience == PARTNERS:
        return reverse("submissions:parts")
    name, names_record = VIEWS[audience]
    return submission.process.address(name, *([submission.pk] if names_record else []))


def people_told(edges: Sequence[str], submission: Submission) -> People:
    """Return who is told of these edges, by audience; whom the database must name, in one query."""
    audiences = {
        audience
        for edge in edges
        for one in notifications_of(submission.process, edge)
        for audience in one.audiences
    }
    people: People = {audience: [] for audience in audiences}
    people[AUTHOR] = [submission.author_id]
    if PARTNERS in audiences:
        confirmed = [one for one in submission.live_partners if one.state == PART_CONFIRMED]
        people[PARTNERS] = [one.user_id for one in confirmed if one.user_id is not None]
    asked = tuple(sorted(audiences & set(_QUERIES)))
    for pk, audience in _people(asked, **_of(submission)._asdict()) if asked else ():
        people[audience].append(pk)
    return people


def tell(
    edge: str, submission: Submission, *, reason: str = "", people: People | None = None
) -> None:
    """Leave the messages of one fired edge; call it after `fire`, in its transaction.

    `people` are those `people_told` found before; without them they are looked up now.
    """
    told = notifications_of(submission.process, edge)
    facts = _facts(told, submission, reason)
    people = people_told([edge], submission) if people is None else people
    letters = {
        pk: Letter(
            pk,
            one.subject,
            one.body,
            facts,
            address_for(audience, submission),
            TOPICS[audience],
        )
        for one in told
        for audience in one.audiences
        for pk in people[audience]
    }
    post(
        letters.values(),
        key=f"{submission.process.key}:{submission.pk}:{edge}:{submission.event_head.hex()[:16]}",
        at=submission.state_since,
    )


def _facts(told: tuple[Notification, ...], submission: Submission, reason: str) -> dict[str, Any]:
    """What the words name; the deadline is looked up only where the words name it."""
    deadline: Any = ""
    if any("%(deadline)s" in one.body for one in told):
        deadline = submission.call.closing_day(purpose_of(submission.phase)) or ""
    return {
        "title": submission.title,
        "noun": submission.process.noun.word,
        "number": submission.number,
        "author": submission.author.name,
        "unit": submission.organisation.name if submission.organisation else "",
        "office": submission.office.name if submission.office else "",
        "category": submission.category.name,
        "domain": submission.domain.name if submission.domain else "",
        "due": submission.due_on or "",
        "recommender": submission.recommender.name if submission.recommender else "",
        "deadline": deadline,
        "reason": reason,
    }


class Of(NamedTuple):
    """The keys of a record that name people."""

    unit: int | None
    office: int | None
    recommender: int | None
    author: int


def _of(one: Submission) -> Of:
    return Of(one.organisation_id, one.office_id, one.recommender_id, one.author_id)


_QUERIES: dict[str, Callable[[Of], QuerySet[User]]] = {
    UNIT: lambda of: administrators(of.unit).exclude(pk=of.author),
    OFFICE: lambda of: officers(of.office),
    PLANNING: lambda _of: planners(),
    RECOMMENDER: lambda of: recommenders_at(of.recommender).exclude(pk=of.author),
}


@kept
def _people(audiences: tuple[str, ...], **keys: Any) -> QuerySet[Any, Any]:
    asked = [_QUERIES[one](Of(**keys)).values_list("pk", Value(one)) for one in audiences]
    rows: QuerySet[Any, Any] = asked[0].union(*asked[1:], all=True)
    return rows
