"""The office's standard steps: take up, return, hand over, and planning's assignment.

`decide` is the step every process's own decisions are made of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xinghai.accounts.models import Office, User
from xinghai.calls.services import remember_route
from xinghai.kernel.clock import database_now
from xinghai.kernel.processes import Workflow
from xinghai.kernel.workflow import fire
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.messages import tell
from xinghai.submissions.models import Submission
from xinghai.submissions.services.remarks import put_remarks

TAKE_UP = "take_up"


@dataclass(frozen=True)
class Return:
    """What goes back to the author: a reason, a date, remarks on fields."""

    reason: str
    due_on: date
    remarks: Mapping[str, str] = field(default_factory=dict)


def follows_taking_up(workflow: Workflow, edge: str) -> bool:
    """Whether an edge starts where taking up leads: then both can be done in one step."""
    taking_up = workflow.by_name.get(TAKE_UP)
    return taking_up is not None and taking_up.to_state in workflow.by_name[edge].from_states


@transaction.atomic
def take_up(submission: Submission, *, by: User) -> None:
    """受理: from now on the author can no longer recall."""
    fire(TAKE_UP, submission, by=by, changes={"state_since": database_now()})
    tell(TAKE_UP, submission)


def take_up_first(edge: str, submission: Submission, *, by: User) -> None:
    """Take up what nobody has taken up yet, where the edge needs it; call it in a transaction."""
    workflow = submission.workflow
    starts = workflow.by_name[edge].from_states
    if submission.state in starts or not follows_taking_up(workflow, edge):
        return
    if submission.state in workflow.by_name[TAKE_UP].from_states:
        fire(TAKE_UP, submission, by=by, changes={"state_since": database_now()})


@transaction.atomic
def decide(
    edge: str,
    submission: Submission,
    *,
    by: User,
    reason: str = "",
    changes: Mapping[str, object] | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Fire an edge by which an office decides, with its reason, and leave the messages.

    What nobody has taken up yet is taken up in the same step; both steps are in the trail.
    """
    take_up_first(edge, submission, by=by)
    written: dict[str, object] = {
        "state_since": database_now(),
        "outcome_reason": reason.strip(),
        "due_on": None,
    }
    fire(edge, submission, by=by, reason=reason, changes=written | dict(changes or {}), data=data)
    tell(edge, submission, reason=reason)


@transaction.atomic
def return_for_correction(submission: Submission, back: Return, *, by: User) -> None:
    """Send back with remarks on fields and a date to answer by."""
    today = timezone.localtime(database_now()).date()
    if back.due_on <= today:
        raise Refused(_("修改期限要晚于今天，请重新选择日期。"))
    take_up_first("office_return", submission, by=by)
    put_remarks(submission, back.remarks, by=by, side="office")
    decide(
        "office_return",
        submission,
        by=by,
        reason=back.reason,
        changes={"due_on": back.due_on},
        data={"due_on": back.due_on.isoformat(), "fields": sorted(back.remarks)},
    )


@transaction.atomic
def hand_over(submission: Submission, office: Office, *, by: User, reason: str) -> None:
    """Give to another office, which takes it up anew; the author sees the new office."""
    records = submission.process.records.objects.select_for_update(of=("self",))
    before = records.values_list("office_id", flat=True).get(pk=submission.pk)
    if office.pk == before:
        raise Refused(_("已经在这个处室，请选择另一个处室。"))
    fire(
        "hand_over",
        submission,
        by=by,
        reason=reason,
        changes={"state_since": database_now(), "office": office, "handler": None},
        data={"office": [before, office.pk]},
    )
    tell("hand_over", submission, reason=reason)


@transaction.atomic
def assign(submission: Submission, office: Office, *, by: User, remember: bool = False) -> None:
    """Planning decides which office a submission without a rule goes to.

    `remember` makes it this call's rule for the same type and domain.
    """
    fire(
        "assign",
        submission,
        by=by,
        changes={"state_since": database_now(), "office": office},
        data={"office": office.pk, "remember": remember},
    )
    if remember:
        remember_route(
            submission.call, submission.category, submission.domain, office=office, by=by
        )
    tell("assign", submission)
