"""Two versions of a submission side by side, as people read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from xinghai.kernel.forms import changes
from xinghai.kernel.models import Event
from xinghai.kernel.processes import WITH_AUTHOR
from xinghai.submissions.models import Revision, Submission
from xinghai.submissions.redacting import Reader, redact


@dataclass(frozen=True)
class Changed:
    """One field in two versions, as people read it."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Since:
    """What the author changed since the submission last went back."""

    at: datetime
    verb: str
    changes: list[Changed]


def compare_versions(
    submission: Submission, older: Revision, newer: Revision | Submission, reader: Reader
) -> list[Changed]:
    """A submission itself is its newest version."""
    return list(_changed(submission, older, newer, reader))


def changed_since_it_went_back(
    submission: Submission, trail: Iterable[Event], reader: Reader
) -> Since | None:
    """Compare the text with what it was when it last went back; None when it never did.

    Only with that version: what the author wrote before handing it over is the author's.
    """
    workflow = submission.workflow
    gave_back = {
        edge.name
        for edge in workflow.transitions
        if workflow.phase_of(edge.to_state) in WITH_AUTHOR
    }
    back = [event for event in trail if event.verb in gave_back]
    if not back:
        return None
    revisions = submission.revisions.filter(saved_at__lte=back[-1].at).order_by("-version")
    older = revisions.first()
    if older is None:
        return None
    return Since(
        back[-1].at, back[-1].verb, compare_versions(submission, older, submission, reader)
    )


def _changed(
    submission: Submission, older: Revision, newer: Revision | Submission, reader: Reader
) -> Iterator[Changed]:
    form, language = submission.form.form, get_language() or "zh-hans"
    before, after = (redact(form, one.answers, reader) for one in (older, newer))
    for change in changes(before, after, form, language):
        field = form.field(change.field)
        label = field.title(language) if field else change.label
        for one in change.differences:
            where = f"{label} · {one.where}" if one.where else label
            yield Changed(change.field, where, one.old, one.new)
