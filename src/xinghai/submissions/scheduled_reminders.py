"""Who is reminded of what: deadlines coming, corrections due, submissions left lying.

Every reminder has a key, so looking every half hour tells nobody twice, and a look
that was missed is made up by the next. Nothing is written before nine in the morning.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from xinghai.accounts.kinds import MemberRole
from xinghai.accounts.models import Membership
from xinghai.accounts.selectors import officers_by_office, planners, recommenders_by_body
from xinghai.accounts.states import CONFIRMED
from xinghai.calls.models import Window
from xinghai.calls.states import HAND_IN, PUBLISHED, RECOMMEND
from xinghai.kernel.messaging import Letter, post, reached
from xinghai.kernel.processes import AT_OFFICE, WITH_UNIT, Phase
from xinghai.submissions import subjects
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process, every_process, is_process, process_named

NOT_BEFORE = time(9)
DAYS_BEFORE_THE_DEADLINE = (7, 3, 1)
DAYS_BEFORE_THE_DUE_DATE = (3, 1)
# What a week has not moved is late; whoever holds it hears of it once a week.
LEFT_LYING = timedelta(days=7)
TITLES_NAMED = 3


@dataclass(frozen=True)
class Reminder:
    """One cause and whom it reaches."""

    key: str
    letters: list[Letter]


def remind(now: datetime) -> int:
    """Write every reminder that is due at `now`; return how many letters are new."""
    local = timezone.localtime(now)
    if local.time() < NOT_BEFORE:
        return 0
    reminders = list(_due(now, local.date()))
    told = reached(one.key for one in reminders)
    return sum(_write(one, told, now) for one in reminders)


def _due(now: datetime, today: date) -> Iterator[Reminder]:
    yield from deadlines(now, today)
    for process in every_process():
        yield from due_dates(process, today)
        yield from overdue(process, today)
        yield from left_lying(process, now, today)


def _write(reminder: Reminder, told: Set[tuple[str, int]], now: datetime) -> int:
    fresh = [one for one in reminder.letters if (reminder.key, one.recipient_id) not in told]
    post(fresh, key=reminder.key, at=now)
    return len(fresh)


def _letter(person: int, words: tuple[str, str], facts: dict[str, Any], url: str) -> Letter:
    return Letter(person, *words, facts, url, subjects.REMINDERS)


TO_AUTHOR = (
    gettext_noop("还有 %(days)s 天截止：%(count)s 条%(nouns)s还没有提交"),
    gettext_noop("%(call)s于 %(deadline)s 截止。还没有提交的：%(titles)s。"),
)
TO_AUTHOR_OF_A_UNIT = (
    TO_AUTHOR[0],
    gettext_noop(
        "%(call)s于 %(deadline)s 截止，本单位科研部门还要审核，请尽早提交。"
        "还没有提交的：%(titles)s。"
    ),
)
TO_UNIT = (
    gettext_noop("还有 %(days)s 天截止：%(count)s 条%(nouns)s等本单位审核"),
    gettext_noop("%(call)s于 %(deadline)s 截止，截止前须统一提交。等审核的：%(titles)s。"),
)


TO_RECOMMENDER = (
    gettext_noop("还有 %(days)s 天截止：%(count)s 条%(nouns)s等您推荐"),
    gettext_noop("%(call)s于 %(deadline)s 截止，截止前须推荐到市科技局。等推荐的：%(titles)s。"),
)


def deadlines(now: datetime, today: date) -> Iterator[Reminder]:
    """Seven, three and one days before a window closes."""
    own = Window.objects.filter(call=OuterRef("call"), purpose=RECOMMEND)
    windows = Window.objects.filter(
        call__state=PUBLISHED,
        opens_at__lte=now,
        closes_at__gte=now,
        closes_at__lt=now + timedelta(days=max(DAYS_BEFORE_THE_DEADLINE) + 1),
    ).annotate(recommends_apart=Exists(own))
    for window in windows.select_related("call"):
        closing = timezone.localtime(window.closes_at).date()
        left = (closing - today).days
        mark = min((days for days in DAYS_BEFORE_THE_DEADLINE if left <= days), default=None)
        if mark is not None and is_process(window.call.kind):
            process = process_named(window.call.kind)
            yield from _before(process, window, closing, left, mark)


def _before(
    process: Process, window: Any, closing: date, left: int, mark: int
) -> Iterator[Reminder]:
    """One deadline's reminders, to whoever must act before it.

    What was begun after the mark's day came is left out: whoever began it knows.
    """
    begins = timezone.make_aware(datetime.combine(closing - timedelta(days=mark), time()))
    submissions = process.records.objects.filter(
        call=window.call, state_since__lt=begins, number=""
    )
    facts = {
        "days": left,
        "call": window.call.title,
        "deadline": f"{timezone.localtime(window.closes_at):%Y-%m-%d %H:%M}",
    }
    key = f"{process.key}:{window.pk}:{mark}"
    if window.purpose == HAND_IN:
        yield from _to_hand_in(process, submissions, facts, key)
    if window.purpose == RECOMMEND or not window.recommends_apart:
        yield _to_recommend(submissions, facts, key)


def _to_hand_in(
    process: Process, submissions: Any, facts: dict[str, Any], key: str
) -> Iterator[Reminder]:
    """To authors and to research offices."""
    unsent = submissions.in_phases(Phase.WRITING, Phase.CORRECTING_FOR_UNIT)
    letters = []
    for author, some in _by(unsent.select_related("organisation", "call"), "author_id"):
        is_endorsed = any(one.needs_endorsement for one in some)
        words = TO_AUTHOR_OF_A_UNIT if is_endorsed else TO_AUTHOR
        letters.append(_letter(author, words, facts | named(some), reverse("submissions:home")))
    yield Reminder(f"deadline:{key}", letters)

    waiting = dict(_by(submissions.in_phases(*WITH_UNIT), "organisation_id"))
    letters = [
        _letter(person, TO_UNIT, facts | named(waiting[unit]), process.address("unit-list"))
        for unit, person in administrators_of(waiting)
    ]
    yield Reminder(f"deadline-unit:{key}", letters)


def _to_recommend(submissions: Any, facts: dict[str, Any], key: str) -> Reminder:
    """To the people of the bodies that have something to recommend."""
    at_bodies = dict(_by(submissions.in_phases(Phase.RECOMMENDING), "recommender_id"))
    url = reverse("submissions:recommending")
    letters = [
        _letter(person, TO_RECOMMENDER, facts | named(at_bodies[body]), url)
        for body, person in recommenders_by_body(at_bodies)
    ]
    return Reminder(f"deadline-recommender:{key}", letters)


def _by(submissions: Any, name: str) -> Iterator[tuple[int, list[Submission]]]:
    rows = submissions.defer("answers").order_by(name, "pk")
    for key, some in groupby(rows, key=lambda one: getattr(one, name)):
        yield key, list(some)


def named(submissions: list[Submission]) -> dict[str, Any]:
    """Count and first titles; the titles are the author's own words and stay as they are."""
    titles = "；".join(f"“{one}”" for one in submissions[:TITLES_NAMED])
    more = "……" if len(submissions) > TITLES_NAMED else ""
    nouns = submissions[0].process.noun.word
    return {"count": len(submissions), "titles": titles + more, "nouns": nouns}


def administrators_of(units: Iterable[int]) -> list[tuple[int, int]]:
    """Return (unit, person) of everybody who administers one of the units."""
    rows = Membership.objects.filter(
        organisation_id__in=list(units),
        state=CONFIRMED,
        role=MemberRole.ADMINISTRATOR,
        user__is_active=True,
    )
    return list(rows.order_by("pk").values_list("organisation_id", "user_id"))


TO_CORRECT = (
    gettext_noop("还有 %(days)s 天：请修改 %(number)s"),
    gettext_noop("“%(title)s”退回修改，请在 %(due)s 前改好再提交。"),
)
PAST_DUE = (
    gettext_noop("已过修改期限：%(number)s"),
    gettext_noop(
        "“%(title)s”应在 %(due)s 前改好，现在已过期限。仍可以修改提交，由处室决定是否继续。"
    ),
)


def due_dates(process: Process, today: date) -> Iterator[Reminder]:
    """Three days and one day before a correction is due."""
    last = today + timedelta(days=max(DAYS_BEFORE_THE_DUE_DATE))
    for submission in _returned(process).filter(due_on__range=(today, last)):
        left = (submission.due_on - today).days
        mark = min(days for days in DAYS_BEFORE_THE_DUE_DATE if left <= days)
        letter = _about(submission, TO_CORRECT, days=left)
        yield Reminder(f"due:{submission.pk}:{submission.due_on}:{mark}", [letter])


def overdue(process: Process, today: date) -> Iterator[Reminder]:
    """A correction that did not come: the author and the research office hear of it once."""
    submissions = list(_returned(process).filter(due_on__lt=today))
    people: dict[int, list[int]] = {}
    for unit, person in administrators_of({one.organisation_id for one in submissions}):
        people.setdefault(unit, []).append(person)
    for submission in submissions:
        letters = [_about(submission, PAST_DUE)]
        facts, url = dict(letters[0].parameters), process.address("unit-record", submission.pk)
        letters += [
            _letter(person, PAST_DUE, facts, url)
            for person in people.get(submission.organisation_id, [])
            if person != submission.author_id
        ]
        yield Reminder(f"overdue:{submission.pk}:{submission.due_on}", letters)


def _returned(process: Process) -> Any:
    return process.records.objects.in_phases(Phase.CORRECTING).defer("answers")


def _about(submission: Submission, words: tuple[str, str], **more: Any) -> Letter:
    facts = {
        "number": submission.number,
        "title": submission.title,
        "due": submission.due_on,
        **more,
    }
    return _letter(
        submission.author_id, words, facts, submission.process.address("edit", submission.pk)
    )


LYING_OFFICE = (
    gettext_noop("本处有 %(count)s 条%(nouns)s超过一周没有办理"),
    gettext_noop("最早的一条从 %(since)s 起在等。请受理，或退回、移交。"),
)
LYING_TRIAGE = (
    gettext_noop("有 %(count)s 条%(nouns)s超过一周没有分派"),
    gettext_noop("最早的一条从 %(since)s 起在等分派处室。"),
)
LYING_UNIT = (
    gettext_noop("本单位有 %(count)s 条%(nouns)s超过一周没有审核"),
    gettext_noop("最早的一条从 %(since)s 起在等本单位审核。"),
)
LYING_RECOMMENDER = (
    gettext_noop("有 %(count)s 条%(nouns)s超过一周没有推荐"),
    gettext_noop("最早的一条从 %(since)s 起在等推荐单位审核。"),
)


class Holder(NamedTuple):
    """Who has records that stand still: in which phases, and how to find and lead the people."""

    name: str
    phases: Collection[Phase]
    column: str
    people: Callable[[Iterable[Any]], Iterable[tuple[Any, int]]]
    words: tuple[str, str]
    url: str


def left_lying(process: Process, now: datetime, today: date) -> Iterator[Reminder]:
    """Once a week, from Monday on: what has stood still for more than a week, with its holder."""
    year, week, _weekday = today.isocalendar()
    still = process.records.objects.filter(state_since__lt=now - LEFT_LYING)
    for one in _holders(process):
        counted = _counted(process, still.in_phases(*one.phases), one.column)
        key = f"late-{one.name}:{process.key}:{year}-{week}"
        yield _lying(key, one.words, counted, one.people(counted), one.url)


def _holders(process: Process) -> tuple[Holder, ...]:
    inbox = f"{process.address('office-inbox')}?age=7"
    unit, triage = process.address("unit-list"), process.address("office-triage")
    bodies, at_body = reverse("submissions:recommending"), (Phase.RECOMMENDING,)
    people, words = recommenders_by_body, LYING_RECOMMENDER
    return (
        Holder("office", AT_OFFICE, "office_id", officers_by_office, LYING_OFFICE, inbox),
        Holder("unit", WITH_UNIT, "organisation_id", administrators_of, LYING_UNIT, unit),
        Holder("recommender", at_body, "recommender_id", people, words, bodies),
        Holder("triage", (Phase.UNROUTED,), "state", _planners_of, LYING_TRIAGE, triage),
    )


def _planners_of(states: Iterable[str]) -> list[tuple[str, int]]:
    people = planners().order_by("pk").values_list("pk", flat=True)
    return [(state, pk) for state in states for pk in people]


def _counted(process: Process, submissions: Any, name: str) -> dict[Any, dict[str, Any]]:
    rows = (
        submissions.order_by().values(name).annotate(count=Count("pk"), oldest=Min("state_since"))
    )
    return {
        row[name]: {
            "count": row["count"],
            "nouns": process.noun.word,
            "since": f"{timezone.localtime(row['oldest']):%Y-%m-%d}",
        }
        for row in rows
    }


def _lying(
    key: str,
    words: tuple[str, str],
    counted: dict[Any, dict[str, Any]],
    holders: Iterable[tuple[Any, int]],
    url: str,
) -> Reminder:
    """One letter a person, also to somebody who administers several units."""
    letters: dict[int, Letter] = {}
    for holder, person in holders:
        if holder in counted:
            letters.setdefault(person, _letter(person, words, counted[holder], url))
    return Reminder(key, list(letters.values()))
