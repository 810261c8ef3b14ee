"""The office's work: take up, decide, send back, merge, hand over; and the triage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xinghai.accounts.models import Office, User
from xinghai.calls.models import Category, Domain
from xinghai.calls.services import remember_route
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.kernel.workflow import NotAllowed, fire
from xinghai.submissions.states import SUBMITTED, WITH_OFFICE
from xinghai.suggestions.faults import Refused
from xinghai.suggestions.messages import tell
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.services.comments import put_comments
from xinghai.suggestions.states import AT_OFFICE, POOLED


@dataclass(frozen=True)
class Return:
    """What goes back to the author: a reason, a date, remarks on fields."""

    reason: str
    due_on: date
    comments: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def take_up(suggestion: Suggestion, *, by: User) -> None:
    """受理: from now on the author can no longer recall."""
    fire("take_up", suggestion, by=by, changes={"state_since": database_now()})
    tell("take_up", suggestion)


@transaction.atomic
def accept(suggestion: Suggestion, *, by: User) -> None:
    """Take into the pool the guides are condensed from."""
    _take_up_first(suggestion, by=by)
    _decide("accept", suggestion, by=by)


@transaction.atomic
def decline(suggestion: Suggestion, *, by: User, reason: str) -> None:
    """Decline, with the reason the author will read."""
    _take_up_first(suggestion, by=by)
    _decide("decline", suggestion, by=by, reason=reason)


@transaction.atomic
def return_for_correction(suggestion: Suggestion, back: Return, *, by: User) -> None:
    """Send back with remarks on fields and a date to answer by."""
    today = timezone.localtime(database_now()).date()
    if back.due_on <= today:
        raise Refused(_("修改期限要晚于今天，请重新选择日期。"))
    _take_up_first(suggestion, by=by)
    put_comments(suggestion, back.comments, by=by, side="office")
    fire(
        "office_return",
        suggestion,
        by=by,
        reason=back.reason,
        changes={
            "state_since": database_now(),
            "due_on": back.due_on,
            "outcome_reason": back.reason.strip(),
        },
        data={"due_on": back.due_on.isoformat(), "fields": sorted(back.comments)},
    )
    tell("office_return", suggestion, reason=back.reason)


@transaction.atomic
def merge_into(suggestion: Suggestion, target: Suggestion, *, by: User, reason: str = "") -> None:
    """Merge into another suggestion of the same call; both keep showing where each came from."""
    rows = {
        row.pk: row
        for row in Suggestion.objects.select_for_update(of=("self",))
        .filter(pk__in=[suggestion.pk, target.pk])
        .order_by("pk")
    }
    into = rows.get(target.pk)
    if into is None or into.pk == suggestion.pk or into.call_id != suggestion.call_id:
        raise Refused(_("只能并入同一批次的另一条建议。"))
    if into.state not in {WITH_OFFICE, POOLED}:
        raise Refused(_("目标建议不在办理中或建议库里，请另选一条。"))
    _take_up_first(suggestion, by=by)
    _decide("merge", suggestion, by=by, reason=reason, merged_into=into)
    events.record("absorb", into, by=by, reason=reason, data={"from": suggestion.pk})


@transaction.atomic
def hand_over(suggestion: Suggestion, office: Office, *, by: User, reason: str) -> None:
    """Give to another office, which takes it up anew; the author sees the new office."""
    papers = Suggestion.objects.select_for_update(of=("self",))
    before = papers.values_list("office_id", flat=True).get(pk=suggestion.pk)
    if office.pk == before:
        raise Refused(_("已经在这个处室，请选择另一个处室。"))
    fire(
        "hand_over",
        suggestion,
        by=by,
        reason=reason,
        changes={"state_since": database_now(), "office": office, "handler": None},
        data={"office": [before, office.pk]},
    )
    tell("hand_over", suggestion, reason=reason)


@transaction.atomic
def reclassify(
    suggestion: Suggestion, category: Category, domain: Domain | None, *, by: User, reason: str
) -> None:
    """Note the office's type and domain; the author's own choice stays beside it."""
    if category.call_id != suggestion.call_id or (
        domain is not None and domain.call_id != suggestion.call_id
    ):
        raise Refused(_("只能改到同一批次的类型和领域。"))
    locked = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if locked.state not in AT_OFFICE or not rules.has_perm("suggestions.process", by, locked):
        raise NotAllowed(_("只有正在办理它的处室可以调整类型和领域。"))
    old = [locked.assigned_category_id, locked.assigned_domain_id]
    suggestion.assigned_category, suggestion.assigned_domain = category, domain
    suggestion.save(update_fields=["assigned_category", "assigned_domain"])
    new = [category.pk, domain.pk if domain else None]
    events.record("reclassify", suggestion, by=by, reason=reason, data={"old": old, "new": new})


@transaction.atomic
def assign(suggestion: Suggestion, office: Office, *, by: User, remember: bool = False) -> None:
    """Planning decides which office a suggestion without a rule goes to.

    `remember` makes it this call's rule for the same type and domain.
    """
    fire(
        "assign",
        suggestion,
        by=by,
        changes={"state_since": database_now(), "office": office},
        data={"office": office.pk, "remember": remember},
    )
    if remember:
        remember_route(
            suggestion.call, suggestion.category, suggestion.domain, office=office, by=by
        )
    tell("assign", suggestion)


@transaction.atomic
def carry_over(suggestion: Suggestion, *, by: User) -> None:
    """结转: keep an unused suggestion for next year's pool."""
    _decide("carry_over", suggestion, by=by)


def _take_up_first(suggestion: Suggestion, *, by: User) -> None:
    """A decision on an untouched suggestion takes it up in the same step; both are in the trail."""
    if suggestion.state == SUBMITTED:
        fire("take_up", suggestion, by=by, changes={"state_since": database_now()})


def _decide(
    edge: str,
    suggestion: Suggestion,
    *,
    by: User,
    reason: str = "",
    merged_into: Suggestion | None = None,
) -> None:
    changes: dict[str, object] = {
        "state_since": database_now(),
        "outcome_reason": reason.strip(),
        "due_on": None,
    }
    data = {}
    if merged_into is not None:
        changes["merged_into"] = merged_into
        data["into"] = merged_into.pk
    fire(edge, suggestion, by=by, reason=reason, changes=changes, data=data)
    tell(edge, suggestion, reason=reason)
