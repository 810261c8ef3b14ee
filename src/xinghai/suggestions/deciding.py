"""What offices decide on a suggestion: accept, decline, merge, reclassify, carry over."""

from typing import Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.calls.models import Category, Domain
from xinghai.casework.services.deciding import decide
from xinghai.kernel import events
from xinghai.kernel.processes import AT_OFFICE
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.states import WITH_OFFICE
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.states import POOLED

# What another suggestion can be merged into.
MERGES_INTO = (WITH_OFFICE, POOLED)


def accept(suggestion: Suggestion, *, by: User) -> None:
    """Take into the pool the guides are condensed from."""
    decide("accept", suggestion, by=by)


def decline(suggestion: Suggestion, *, by: User, reason: str) -> None:
    """Decline, with the reason the author will read."""
    decide("decline", suggestion, by=by, reason=reason)


@transaction.atomic
def merge_into(suggestion: Suggestion, target: Suggestion, *, by: User, reason: str = "") -> None:
    """Merge into another suggestion of the same call; both keep showing where each came from."""
    records = Suggestion.objects.select_for_update(of=("self",))
    both = records.filter(pk__in=[suggestion.pk, target.pk]).order_by("pk")
    rows = {row.pk: row for row in both}
    into = rows.get(target.pk)
    if into is None or into.pk == suggestion.pk or into.call_id != suggestion.call_id:
        raise Refused(_("只能并入同一批次的另一条建议。"))
    if into.state not in MERGES_INTO:
        raise Refused(_("目标建议不在办理中或建议库里，请另选一条。"))
    decide(
        "merge",
        suggestion,
        by=by,
        reason=reason,
        changes={"merged_into": into},
        data={"into": into.pk},
    )
    events.record("absorb", into, by=by, reason=reason, data={"from": suggestion.pk})


@transaction.atomic
def reclassify(
    suggestion: Suggestion, category: Category, domain: Domain | None, *, by: User, reason: str
) -> None:
    """Note the office's type and domain; the author's own choice stays beside it."""
    if category.call_id != suggestion.call_id or (
        domain is not None and domain.call_id != suggestion.call_id
    ):
        raise Refused(_("只能改到同一批次的类型和领域。"))
    locked: Any = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if not may_reclassify(locked, by):
        raise NotAllowed(_("只有正在办理它的处室可以调整类型和领域。"))
    old = [locked.assigned_category_id, locked.assigned_domain_id]
    suggestion.assigned_category, suggestion.assigned_domain = category, domain
    suggestion.save(update_fields=["assigned_category", "assigned_domain"])
    new = [category.pk, domain.pk if domain else None]
    events.record("reclassify", suggestion, by=by, reason=reason, data={"old": old, "new": new})


def may_reclassify(suggestion: Suggestion, user: User) -> bool:
    """Whether this person may note another type and domain: of the office that works on it."""
    is_there = suggestion.phase in AT_OFFICE
    return is_there and rules.has_perm("suggestions.process", user, suggestion)


def carry_over(suggestion: Suggestion, *, by: User) -> None:
    """结转: keep an unused suggestion for next year's pool."""
    decide("carry_over", suggestion, by=by)
