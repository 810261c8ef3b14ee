"""A submission as the research office and the bureau read it, and what they may do with it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.calls.selectors import landline_of
from xinghai.kernel.events import history
from xinghai.kernel.form_pages import FormPage
from xinghai.kernel.forms import Report
from xinghai.kernel.humanize import moment_words
from xinghai.kernel.models import Event
from xinghai.kernel.processes import WITH_AUTHOR, State
from xinghai.kernel.workflow import available
from xinghai.submissions.form_page import ShownComment, show_comments, show_everything
from xinghai.submissions.models import Receipt, Submission
from xinghai.submissions.precheck import context_of, precheck
from xinghai.submissions.redacting import Reader
from xinghai.submissions.selectors import visible_remarks
from xinghai.submissions.tracking import Tracking, track


@dataclass(frozen=True)
class Reading:
    """Everything the reading page shows, fetched once."""

    submission: Submission
    state: State
    page: FormPage
    report: Report
    tracking: Tracking
    trail: list[Event]
    comments: list[ShownComment]
    receipts: list[Receipt]
    landline: str
    actions: frozenset[str]
    # What the process adds to the page.
    facts: dict[str, Any]


def read_submission(
    submission: Submission, user: User, *, reader: Reader, now: datetime
) -> Reading:
    """Gather the reading page of one submission the reader may see."""
    context = context_of(submission, now=now)
    report = precheck(submission, now=now, context=context)
    trail = list(history(submission).select_related("actor"))
    office = submission.office
    landline = landline_of(submission.call, office) if office else ""
    return Reading(
        submission=submission,
        state=submission.shown_state,
        page=show_everything(submission, report, context, reader),
        report=report,
        tracking=_for_others(track(submission, trail, landline=landline), submission, user),
        trail=trail,
        comments=show_comments(visible_remarks(submission, user), submission, can_resolve=False),
        receipts=list(submission.receipts.select_related("batch").order_by("-received_at")),
        facts=submission.page_facts(),
        landline=landline,
        actions=frozenset(edge.name for edge in available(submission, user)),
    )


def _for_others(tracking: Tracking, submission: Submission, user: User) -> Tracking:
    """The tracker speaks to the author; whoever else reads it is told the author's name."""
    if submission.phase in WITH_AUTHOR and submission.author_id != user.pk:
        return replace(tracking, holder=submission.author.name)
    return tracking


def last_step(submission: Submission) -> str:
    """Say who moved it last, and when: for a colleague whose page came too late."""
    events = (
        history(submission)
        .filter(verb__in=list(submission.workflow.by_name))
        .select_related("actor")
    )
    last = events.last()
    if last is None:
        return ""
    facts = {
        "who": last.actor.name if last.actor else _("系统"),
        "when": moment_words(last.at),
        "step": submission.workflow.by_name[last.verb].label,
    }
    return _("%(who)s 在 %(when)s 办理了“%(step)s”。") % facts
