"""Who may see and who may run a call."""

from typing import Any

import rules

from xinghai.accounts.kinds import OFFICER_ROLES
from xinghai.accounts.rules import has_role, is_planner, is_signed_in, is_staff
from xinghai.calls.states import DRAFT


@rules.predicate
def is_issued(user: Any, record: Any = None) -> bool:
    """A call is public from its publication on, a cancelled one too."""
    return record is not None and record.state != DRAFT


is_officer = has_role(*OFFICER_ROLES)


@rules.predicate
def is_of_own_office(user: Any, record: Any = None) -> bool:
    return record is None or (user.office_id is not None and record.office_id == user.office_id)


@rules.predicate
def is_asker(user: Any, record: Any = None) -> bool:
    return record is not None and record.asked_by_id == user.pk


rules.add_perm("calls.view_call", is_issued | is_staff)
rules.add_perm("calls.publish_call", is_planner)
rules.add_perm("calls.load_call", is_planner)
rules.add_perm("calls.remember_route", is_planner)
# Who answers does not ask: the bureau's people have each other's telephone.
rules.add_perm("calls.ask", is_signed_in & ~is_staff)
rules.add_perm("calls.read_questions", is_officer | is_planner)
# Who joins the bureau later does not answer what was once the own question.
rules.add_perm("calls.answer_question", (is_planner | (is_officer & is_of_own_office)) & ~is_asker)
