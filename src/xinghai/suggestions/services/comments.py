"""Remarks on fields, by the unit or the office, until the author resolves them."""

from collections.abc import Mapping
from typing import Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.kernel import events
from xinghai.kernel.clock import database_now
from xinghai.suggestions.faults import Refused
from xinghai.suggestions.models import FieldComment, Suggestion
from xinghai.suggestions.services.drafts import save

LONGEST = 500


@transaction.atomic
def put_comments(
    suggestion: Suggestion, comments: Mapping[str, str], *, by: User, side: str
) -> list[FieldComment]:
    """Write one remark per named field of the form; empty ones are left out."""
    known = {field.id for field in suggestion.form.form.fields()}
    written = {name: text.strip() for name, text in comments.items() if text.strip()}
    if unknown := set(written) - known:
        raise Refused(_("表里没有这个栏目：%(names)s") % {"names": "、".join(sorted(unknown))})
    if any(len(text) > LONGEST for text in written.values()):
        raise Refused(_("每条意见最多 %(most)d 字，请精简。") % {"most": LONGEST})
    if not written:
        return []
    now = database_now()
    rows = FieldComment.objects.bulk_create(
        [
            FieldComment(
                suggestion=suggestion, field=name, text=text, author=by, side=side, created_at=now
            )
            for name, text in written.items()
        ]
    )
    events.record("comment", suggestion, by=by, data={"fields": sorted(written), "side": side})
    return rows


def write_and_resolve(
    suggestion: Suggestion, comment: int, *, by: User, version: int, typed: Mapping[str, Any]
) -> None:
    """Store the page, then mark the remark beside a field as dealt with."""
    save(suggestion, by=by, base_version=version, answers=typed)
    resolve(suggestion, comment, by=by)


@transaction.atomic
def resolve(suggestion: Suggestion, comment: int, *, by: User) -> None:
    """Mark a remark as dealt with; a second click, or a remark of another record, does nothing."""
    if not rules.has_perm("suggestions.edit", by, suggestion):
        raise Refused(_("只有填报人在修改时可以标记意见已处理。"))
    found = (
        FieldComment.objects.select_for_update()
        .filter(suggestion=suggestion, pk=comment, resolved_at=None)
        .first()
    )
    if found is None:
        return
    found.resolved_at, found.resolved_by = database_now(), by
    found.save(update_fields=["resolved_at", "resolved_by"])
    events.record("resolve_comment", suggestion, by=by, data={"comment": found.pk})
