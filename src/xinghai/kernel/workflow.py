"""Change the state of a record; no other code does.

The table of a process (`kernel.processes`) is pure data. `fire` locks
the row, asks the table and the permission, moves the record and appends one
event, all in the caller's transaction. A database trigger (`StateGuard`)
refuses a change of state that did not come through here.
"""

from collections.abc import Mapping
from typing import Any

import rules
from django.db.models import Model
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from xinghai.kernel import events
from xinghai.kernel.models import Event, Recorded
from xinghai.kernel.processes import Transition
from xinghai.kernel.refusals import Refusal


class TransitionRefused(Refusal):
    """The workflow did not let the record move."""


class WrongState(TransitionRefused):
    """The record is no longer in a state this transition starts from."""


class NotAllowed(TransitionRefused):
    """The person may not do this to this record."""


class ReasonMissing(TransitionRefused):
    """The transition affects somebody who must be told why."""


def available(record: Recorded, user: Any) -> list[Transition]:
    """Return the transitions this person may fire on this record now (buttons)."""
    return [
        edge
        for edge in type(record).workflow.leaving(record.state)
        if not edge.automatic and rules.has_perm(edge.permission, user, record)
    ]


def fire(
    name: str,
    record: Recorded,
    *,
    by: Any,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    beside: Model | None = None,
) -> Event:
    """Change the state of `record` by the transition `name`; the only writer of `.state`.

    `by` is a user, or None when the platform itself acts (automatic edges
    only). `changes` are other columns written in the same UPDATE, `beside` is a new row
    written with it; for `data` and `private` see `events.prepare`. Locks the row before
    deciding, so two windows cannot both win; a held row is locked already. Raises
    `WrongState`, `NotAllowed` or `ReasonMissing`, and then nothing has changed.
    """
    model: Any = record._meta.model
    edge = model.workflow.by_name[name]
    with events.joined():
        try:
            is_held = record.held
            head = events.head_of(record, towards=edge.to_state)
        except model.DoesNotExist:
            raise WrongState(_("这条记录已经删除，请刷新页面。")) from None
        record.state = head.state
        _decide(edge, record, by, reason)
        for field, value in (changes or {}).items():
            setattr(record, field, value)
        data = {**(data or {}), "from": record.state, "to": edge.to_state}
        said: dict[str, Any] = {"reason": reason, "data": data, "private": private}
        event = events.prepare(name, record, head=head, by=by, **said)
        record.state = edge.to_state
        changed, towards = ["state", *(changes or {})], edge.to_state if is_held else ""
        events.append(event, record, changed=changed, towards=towards, beside=beside)
        if model.followed_by:
            import_string(model.followed_by)(record)
    return event


def _decide(edge: Transition, record: Recorded, by: Any, reason: str) -> None:
    if record.state not in edge.from_states:
        here = record.shown_state
        raise WrongState(
            _("现在是“%(state)s”，不能%(action)s。请刷新页面查看最新进展。")
            % {"state": here.label, "action": edge.label}
        )
    if edge.automatic != (by is None):
        raise NotAllowed(_("这一步由系统自动完成，不能由人操作。"))
    if by is not None and not rules.has_perm(edge.permission, by, record):
        raise NotAllowed(_("您没有“%(action)s”的权限。") % {"action": edge.label})
    if edge.needs_reason and not reason.strip():
        raise ReasonMissing(_("请写明理由：对方会看到它，并据此修改或答复。"))
