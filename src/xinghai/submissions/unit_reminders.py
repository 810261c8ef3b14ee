"""Whom a research office can remind: authors whose submissions are not handed over yet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone

from xinghai.accounts.models import Membership, User
from xinghai.accounts.states import CONFIRMED
from xinghai.calls.selectors import windows_at
from xinghai.kernel.models import Event
from xinghai.kernel.processes import BEING_CORRECTED, WITH_AUTHOR, Phase
from xinghai.submissions.endorsing import SCHOOL, deadline_of
from xinghai.submissions.models import Submission, SubmissionQuerySet
from xinghai.submissions.process import Process

NOT_AGAIN_WITHIN = timedelta(hours=24)
REMIND = "remind"


@dataclass(frozen=True)
class Writer:
    """An author with submissions on the desk: how many, until when, when last reminded.

    No titles: the research office does not read what was never handed over.
    """

    author: User
    school: str
    drafts: int
    returned: int
    until: date | None
    touched: datetime
    reminded: datetime | None
    fresh: tuple[int, ...]

    @property
    def count(self) -> int:
        return self.drafts + self.returned

    @property
    def can_be_reminded(self) -> bool:
        return bool(self.fresh)


def unfinished(user: User, process: Process, *, now: datetime) -> SubmissionQuerySet:
    """Submissions with their authors that can still be handed in; the own ones need no reminder."""
    still_open = Exists(windows_at(now).filter(call=OuterRef("call")))
    belongs = Membership.objects.filter(
        user=OuterRef("author"), organisation=OuterRef("organisation"), state=CONFIRMED
    )
    return (
        process.records.objects.filter(
            Q(state__in=process.states(*BEING_CORRECTED)) | still_open,
            Exists(belongs),
            organisation_id__in=user.administered_ids,
            state__in=process.states(*WITH_AUTHOR),
            author__is_active=True,
        )
        .exclude(author_id=user.pk)
        .defer("answers")
    )


def writers(user: User, process: Process, *, now: datetime) -> list[Writer]:
    """Return authors with unfinished records, the nearest deadline first, then the quietest."""
    rows = (
        unfinished(user, process, now=now)
        .annotate(school=Subquery(SCHOOL))
        .select_related("author", "call")
        .prefetch_related("call__windows")
        .order_by("author_id", "pk")
    )
    submissions: dict[int, list[Submission]] = {}
    for row in rows:
        submissions.setdefault(row.author_id, []).append(row)
    reminded = last_reminded(
        process, (submission.pk for some in submissions.values() for submission in some)
    )
    found = [_writer(some, reminded, now) for some in submissions.values()]
    return sorted(found, key=lambda one: (one.until or date.max, one.touched, one.author.pk))


def _writer(submissions: list[Submission], reminded: dict[int, datetime], now: datetime) -> Writer:
    known = [reminded[submission.pk] for submission in submissions if submission.pk in reminded]
    days = [
        day for day in (last_day(submission, now) for submission in submissions) if day is not None
    ]
    return Writer(
        author=submissions[0].author,
        school=str(vars(submissions[0]).get("school") or ""),
        drafts=sum(submission.phase == Phase.WRITING for submission in submissions),
        returned=sum(submission.phase != Phase.WRITING for submission in submissions),
        until=min(days, default=None),
        touched=max(submission.saved_at for submission in submissions),
        reminded=max(known, default=None),
        fresh=tuple(not_reminded(submissions, reminded, now)),
    )


def not_reminded(
    submissions: Iterable[Submission], reminded: dict[int, datetime], now: datetime
) -> list[int]:
    """Submissions nobody was reminded of during the last day."""
    since = now - NOT_AGAIN_WITHIN
    return [one.pk for one in submissions if one.pk not in reminded or reminded[one.pk] <= since]


def last_reminded(process: Process, submissions: Iterable[int]) -> dict[int, datetime]:
    """When the research office last reminded of each submission; its trail knows."""
    told = Event.objects.filter(
        subject_type=process.records.trail_name,
        subject_id__in=list(submissions),
        verb=REMIND,
    )
    return dict(told.values_list("subject_id").annotate(last=Max("at")).order_by())


def last_day(submission: Submission, now: datetime) -> date | None:
    """The last day this submission can be handed in; None where there is no end."""
    deadline = deadline_of(submission, now)
    return deadline.day or (timezone.localdate(deadline.at) if deadline.at else None)


def of_authors(rows: list[Writer], chosen: Collection[int]) -> list[Writer]:
    return [one for one in rows if one.author.pk in chosen]
