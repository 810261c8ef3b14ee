"""What is like a submission: the same words, the same subject, and what was decided about it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from xinghai.accounts.models import User
from xinghai.corpus.selectors import Copy, copies, similar
from xinghai.duplicates.comparison import percent, stock_of
from xinghai.duplicates.models import Likeness, Rewording, Verdict
from xinghai.duplicates.nearness import Nearness, nearness_of
from xinghai.kernel.apart import NotReady, apart
from xinghai.kernel.processes import State
from xinghai.similarity.aligning import OWN
from xinghai.submissions.index_text import body_of
from xinghai.submissions.indexing import audiences_in_bureau
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process
from xinghai.submissions.selectors import visible_to

MOST = 5
# Copied enough to be shown: a twentieth of the text, or one run of a good sentence.
LEAST_SHARE, LEAST_RUN = 0.05, 60
TONES = {Verdict.SAME: "waiting", Verdict.RELATED: "moving", Verdict.UNRELATED: "quiet"}


@dataclass(frozen=True)
class SimilarSubmission:
    """One submission like the one read: how much of the words, and what was decided.

    An author's own earlier text is shown, but not counted: its share is zero. `nearness` says how
    near the subject is where the words are others; "" where it was not asked. `reworded` is what
    the worker found said in other words, in percents.
    """

    submission: Submission
    state: State
    share: int
    is_copied: bool
    nearness: str
    reworded: int
    likeness: Likeness | None

    @property
    def tone(self) -> str:
        """How the chip of the verdict is drawn; "" where there is none."""
        return TONES[Verdict(self.likeness.verdict)] if self.likeness else ""

    @property
    def nearness_label(self) -> str:
        return str(Nearness(self.nearness).label) if self.nearness else ""

    @property
    def is_unrelated(self) -> bool:
        return self.likeness is not None and self.likeness.verdict == Verdict.UNRELATED


@dataclass(frozen=True)
class SimilarSubmissions:
    """Decided ones first, then what was found; what was called unrelated is not proposed again.

    While the process that compares is starting, only decided ones are there.
    """

    near: list[SimilarSubmission]
    unrelated: list[SimilarSubmission]
    is_ready: bool


@dataclass(frozen=True)
class Alike:
    """What was found of another: percents of the same words, of other words for the same, or how
    near its subject is.
    """

    share: int | None = None
    nearness: str = ""
    reworded: int = 0


def similar_to(submission: Submission, user: User) -> SimilarSubmissions:
    """Return what this reader of the bureau may see that is like the submission.

    What colleagues decided is not for the author of either, whatever the author's office is now.
    """
    found, is_ready = _found_if_ready(submission, audiences_in_bureau(user))
    judged = {} if submission.author_id == user.pk else _judged(submission)
    rows = _seen_by(user, submission.process, {*found, *judged})
    own = {pk for pk, row in rows.items() if row.author_id == user.pk}
    judged = {pk: likeness for pk, likeness in judged.items() if pk not in own}
    every = [
        _similar_submission(rows[pk], found.get(pk, Alike()), judged.get(pk))
        for pk in (*judged, *(pk for pk in found if pk not in judged))
        if pk in rows
    ]
    near = [one for one in every if not one.is_unrelated]
    decided = sum(one.likeness is not None for one in near)
    unrelated = [one for one in every if one.is_unrelated]
    return SimilarSubmissions(near[: max(MOST, decided)], unrelated, is_ready)


def likeness_of(submission: Submission, other: Submission, user: User) -> Likeness | None:
    """Return the decision about two submissions the reader has been shown; no author's to read."""
    if user.pk in (submission.author_id, other.author_id):
        return None
    one, two = sorted((submission.pk, other.pk))
    return Likeness.objects.filter(one=one, other=two).select_related("judged_by").first()


@dataclass(frozen=True)
class Copied:
    """A record that holds passages of a text, and how many percent of that text they are."""

    pk: int
    title: str
    share: int


@apart
def telling_copies(
    text: str,
    *,
    audiences: Sequence[str],
    kind: str,
    limit: int,
    except_for: tuple[str, str],
    writer: str = "",
    stock: Sequence[str] = (),
) -> list[Copied]:
    """Return the records these audiences may see that share enough of the text to be shown."""
    found = copies(
        text,
        audiences=audiences,
        kinds=[kind],
        limit=limit,
        except_for=except_for,
        writer=writer,
        stock=stock,
    )
    return [Copied(int(one.key), one.title, percent(one.share)) for one in found if is_telling(one)]


def is_telling(copy: Copy) -> bool:
    """Whether the overlap is large enough to show, an author's own text included."""
    runs = (one.longest for one in copy.passages if one.why in ("", OWN))
    longest = max(runs, default=0)
    return copy.share >= LEAST_SHARE or longest >= LEAST_RUN


def _found_if_ready(submission: Submission, audiences: list[str]) -> tuple[dict[int, Alike], bool]:
    try:
        return _found(submission, audiences), True
    except NotReady:
        return {}, False


def _found(submission: Submission, audiences: list[str]) -> dict[int, Alike]:
    """Return what is like it: the most copied first, then what is nearest in subject."""
    if not audiences:
        return {}
    title, body = submission.title, body_of(submission)
    kind, most = submission.process.key, 2 * MOST
    itself = (kind, str(submission.pk))
    copied = telling_copies(
        f"{title}\n{body}",
        audiences=audiences,
        kind=kind,
        limit=most,
        except_for=itself,
        writer=f"user:{submission.author_id}",
        stock=stock_of(submission),
    )
    near = similar(title, body, audiences=audiences, kinds=[kind], limit=most, except_for=itself)
    found = {copy.pk: Alike(share=copy.share) for copy in copied}
    again = _reworded(submission.pk)
    signs = {int(hit.key): str(nearness_of(hit)) for hit in near}
    found |= {
        pk: Alike(nearness=signs.get(pk, ""), reworded=share)
        for pk, share in sorted(again.items(), key=lambda one: -one[1])
        if pk not in found
    }
    return found | {pk: Alike(nearness=sign) for pk, sign in signs.items() if pk not in found}


def _reworded(pk: int) -> dict[int, int]:
    """Return with whom this record may share what is said in other words: percents of it."""
    rows = Rewording.objects.filter(Q(one=pk) | Q(other=pk))
    return {
        row.other_id if row.one_id == pk else row.one_id: (
            row.share_one if row.one_id == pk else row.share_other
        )
        for row in rows
    }


def _judged(submission: Submission) -> dict[int, Likeness]:
    pk = submission.pk
    rows = Likeness.objects.filter(Q(one=pk) | Q(other=pk)).select_related("judged_by")
    return {row.other_id if row.one_id == pk else row.one_id: row for row in rows.order_by("pk")}


def _seen_by(user: User, process: Process, pks: Collection[int]) -> dict[int, Submission]:
    """Return those of the submissions this person may open, with what a line about them shows."""
    if not pks:
        return {}
    seen = visible_to(user, process).filter(pk__in=pks)
    rows: Iterable[Submission] = seen.with_names().defer("answers")
    return {row.pk: row for row in rows}


def _similar_submission(
    other: Submission, alike: Alike, likeness: Likeness | None
) -> SimilarSubmission:
    return SimilarSubmission(
        other,
        other.shown_state,
        alike.share or 0,
        alike.share is not None,
        alike.nearness,
        alike.reworded,
        likeness,
    )
