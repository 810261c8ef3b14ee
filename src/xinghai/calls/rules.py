"""Who may see and who may run a call."""

from typing import Any

import rules

from xinghai.accounts.rules import is_planner, is_staff
from xinghai.calls.states import DRAFT


@rules.predicate
def is_issued(user: Any, record: Any = None) -> bool:
    """A call is public from its publication on, a cancelled one too."""
    return record is not None and record.state != DRAFT


rules.add_perm("calls.view_call", is_issued | is_staff)
rules.add_perm("calls.publish_call", is_planner)
rules.add_perm("calls.load_call", is_planner)
rules.add_perm("calls.remember_route", is_planner)
