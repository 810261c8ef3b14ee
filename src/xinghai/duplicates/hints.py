"""Earlier records of the same unit that a writer sees while writing; nobody else's."""

from collections.abc import Iterable
from dataclasses import dataclass

from xinghai.accounts.models import User
from xinghai.corpus.selectors import similar
from xinghai.duplicates.comparison import stock_of
from xinghai.duplicates.nearness import NEAR_FROM
from xinghai.duplicates.selectors import telling_copies
from xinghai.kernel.apart import NotReady
from xinghai.kernel.processes import Phase
from xinghai.submissions.index_text import body_of
from xinghai.submissions.indexing import audiences_in_unit
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import visible_to

MOST = 3
# Who writes is disturbed by what is near, not by what is merely the nearest there is.
LEAST_MET = NEAR_FROM
SHORTEST = 4


@dataclass(frozen=True)
class Hint:
    """An earlier submission; address and number are empty where the reader may not open it."""

    pk: int
    title: str
    address: str
    share: int = 0
    number: str = ""


def title_hints(submission: Submission, title: str, user: User) -> list[Hint]:
    """Return earlier submissions of the same subject, as far as this writer may know of them."""
    audiences = _audiences(submission, user)
    if not audiences or len(title.strip()) < SHORTEST:
        return []
    hits = similar(
        title,
        audiences=audiences,
        kinds=[submission.process.key],
        limit=MOST,
        except_for=(submission.process.key, str(submission.pk)),
        least=LEAST_MET,
    )
    found = ((int(hit.key), _plain(hit.title), 0) for hit in hits)
    return _known_to(user, submission.process, found)


def draft_hints(submission: Submission, user: User) -> list[Hint]:
    """Return what the preview shows: the same passages first, then the same subject."""
    copied = text_hints(submission, user)
    known = {one.pk for one in copied}
    alike = title_hints(submission, submission.title, user)
    return [*copied, *(one for one in alike if one.pk not in known)][:MOST]


def text_hints(submission: Submission, user: User) -> list[Hint]:
    """Return earlier submissions that hold the same passages, the most copied first."""
    audiences = _audiences(submission, user)
    if not audiences:
        return []
    found = telling_copies(
        f"{submission.title}\n{body_of(submission)}",
        audiences=audiences,
        kind=submission.process.key,
        limit=MOST,
        except_for=(submission.process.key, str(submission.pk)),
        stock=stock_of(submission),
    )
    rows = ((one.pk, one.title, one.share) for one in found)
    return _known_to(user, submission.process, rows)


def _audiences(submission: Submission, user: User) -> list[str]:
    """Return the audiences of this writer; none once they have left the unit."""
    if submission.organisation_id not in user.unit_ids:
        return []
    return audiences_in_unit(submission.organisation_id)


def _plain(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(text for text, _is_marked in pieces)


def _known_to(user: User, process: Process, found: Iterable[tuple[int, str, int]]) -> list[Hint]:
    """Leave out what has been taken back since, or has left the unit."""
    rows = list(found)
    if not rows:
        return []
    near = process.records.objects.filter(pk__in=[pk for pk, _title, _share in rows])
    handed_in = near.filter(organisation__in=user.unit_ids).exclude(
        state__in=process.states(Phase.WRITING)
    )
    still = set(handed_in.values_list("pk", flat=True))
    opened = visible_to(user, process).filter(pk__in=still).only("author_id", "number")
    seen = {one.pk: one for one in opened}
    return [
        Hint(pk, title, _address(seen[pk], user), share, seen[pk].number)
        if pk in seen
        else Hint(pk, title, "", share)
        for pk, title, share in rows
        if pk in still
    ]


def _address(one: Submission, user: User) -> str:
    return one.process.address("record" if one.author_id == user.pk else "unit-record", one.pk)


def of_preview(submission: Submission, user: User) -> dict[str, list[Hint]]:
    """Return what the preview page shows of earlier ones; none while nothing can compare."""
    try:
        return {"near": draft_hints(submission, user)}
    except NotReady:
        return {"near": []}
