"""Whom a research office can remind: authors whose papers are not handed over yet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone

from xinghai.accounts.models import Membership, User
from xinghai.accounts.states import CONFIRMED
from xinghai.calls.selectors import windows_at
from xinghai.kernel.models import Event
from xinghai.submissions.states import DRAFT
from xinghai.suggestions.models import Suggestion, SuggestionQuerySet
from xinghai.suggestions.states import CORRECTIONS, EDITABLE
from xinghai.suggestions.unit_desk import SCHOOL, deadline_of

NOT_AGAIN_WITHIN = timedelta(hours=24)
REMIND = "remind"


@dataclass(frozen=True)
class Writer:
    """An author with papers on the desk: how many, until when, when last reminded.

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


def unfinished(user: User, *, now: datetime) -> SuggestionQuerySet:
    """Papers with their authors that can still be handed in; the own ones need no reminder."""
    still_open = Exists(windows_at(now).filter(call=OuterRef("call")))
    belongs = Membership.objects.filter(
        user=OuterRef("author"), organisation=OuterRef("organisation"), state=CONFIRMED
    )
    return (
        Suggestion.objects.filter(
            Q(state__in=CORRECTIONS) | still_open,
            Exists(belongs),
            organisation_id__in=user.administered_ids,
            state__in=EDITABLE,
            author__is_active=True,
        )
        .exclude(author_id=user.pk)
        .defer("answers")
    )


def writers(user: User, *, now: datetime) -> list[Writer]:
    """Authors with unfinished papers, the nearest deadline first, then who was quiet longest."""
    rows = (
        unfinished(user, now=now)
        .annotate(school=Subquery(SCHOOL))
        .select_related("author", "call")
        .prefetch_related("call__windows")
        .order_by("author_id", "pk")
    )
    papers: dict[int, list[Suggestion]] = {}
    for row in rows:
        papers.setdefault(row.author_id, []).append(row)
    reminded = last_reminded(paper.pk for some in papers.values() for paper in some)
    found = [_writer(some, reminded, now) for some in papers.values()]
    return sorted(found, key=lambda one: (one.until or date.max, one.touched, one.author.pk))


def _writer(papers: list[Suggestion], reminded: dict[int, datetime], now: datetime) -> Writer:
    known = [reminded[paper.pk] for paper in papers if paper.pk in reminded]
    days = [day for day in (last_day(paper, now) for paper in papers) if day is not None]
    return Writer(
        author=papers[0].author,
        school=str(vars(papers[0]).get("school") or ""),
        drafts=sum(paper.state == DRAFT for paper in papers),
        returned=sum(paper.state != DRAFT for paper in papers),
        until=min(days, default=None),
        touched=max(paper.saved_at for paper in papers),
        reminded=max(known, default=None),
        fresh=tuple(not_reminded(papers, reminded, now)),
    )


def not_reminded(
    papers: Iterable[Suggestion], reminded: dict[int, datetime], now: datetime
) -> list[int]:
    """Papers nobody was reminded of during the last day."""
    since = now - NOT_AGAIN_WITHIN
    return [one.pk for one in papers if one.pk not in reminded or reminded[one.pk] <= since]


def last_reminded(papers: Iterable[int]) -> dict[int, datetime]:
    """When the research office last reminded of each paper; its trail knows."""
    told = Event.objects.filter(
        subject_type=Suggestion._meta.label_lower, subject_id__in=list(papers), verb=REMIND
    )
    return dict(told.values_list("subject_id").annotate(last=Max("at")).order_by())


def last_day(paper: Suggestion, now: datetime) -> date | None:
    """The last day this paper can be handed in; None where there is no end."""
    deadline = deadline_of(paper, now)
    return deadline.day or (timezone.localdate(deadline.at) if deadline.at else None)


def of_authors(rows: list[Writer], chosen: Collection[int]) -> list[Writer]:
    return [one for one in rows if one.author.pk in chosen]
