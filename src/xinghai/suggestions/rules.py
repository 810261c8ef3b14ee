"""Who may do what to a suggestion, as sentences of predicates (domain handbook 5.1, 5.2)."""

from typing import Any

import rules

from xinghai.accounts.kinds import OFFICER_ROLES, Role
from xinghai.accounts.rules import administers_unit_of_record, has_role, is_signed_in, is_staff
from xinghai.suggestions.states import EDITABLE, RECEIVED

is_planner = has_role(Role.PLANNER)
is_officer = has_role(*OFFICER_ROLES)
is_head = has_role(Role.OFFICE_HEAD)
is_reader_of_all = has_role(Role.PLANNER, Role.LEADER, Role.AUDIT_ADMIN)


@rules.predicate
def is_author(user: Any, record: Any = None) -> bool:
    return record is None or record.author_id == user.pk


@rules.predicate
def is_impartial(user: Any, record: Any = None) -> bool:
    """Did not write it: who joins the bureau later does not judge what was once the own."""
    return record is None or record.author_id != user.pk


@rules.predicate
def is_still_in_unit(user: Any, record: Any = None) -> bool:
    """Has not left the unit in whose name the record stands."""
    if record is None or record.organisation_id is None:
        return True
    return record.organisation_id in user.unit_ids


@rules.predicate
def is_partner(user: Any, record: Any = None) -> bool:
    """Belongs to an organisation that was asked to fill a part."""
    if record is None:
        return False
    return any(partner.organisation_id in user.unit_ids for partner in record.live_partners)


@rules.predicate
def is_editable(user: Any, record: Any = None) -> bool:
    return record is None or record.state in EDITABLE


@rules.predicate
def is_received(user: Any, record: Any = None) -> bool:
    """The bureau has it: it has a number and is not back with the author as a draft."""
    return record is None or record.state in RECEIVED


@rules.predicate
def is_past_the_author(user: Any, record: Any = None) -> bool:
    return record is None or record.state != "draft" or bool(record.number)


@rules.predicate
def needs_endorsement(user: Any, record: Any = None) -> bool:
    return record is not None and record.needs_endorsement


@rules.predicate
def is_of_own_office(user: Any, record: Any = None) -> bool:
    return record is None or (user.office_id is not None and record.office_id == user.office_id)


is_applicant = is_signed_in & ~is_staff
is_unit = administers_unit_of_record & is_past_the_author
is_handling_office = is_officer & is_of_own_office & is_received

rules.add_perm("suggestions.write", is_applicant)
rules.add_perm("suggestions.fill_part", is_applicant)
rules.add_perm("suggestions.review_for_unit", administers_unit_of_record)
rules.add_perm("suggestions.work_in_office", is_officer)
rules.add_perm("suggestions.work_in_bureau", is_officer | is_reader_of_all)
rules.add_perm("suggestions.oversee", is_planner)
rules.add_perm("suggestions.see_overview", is_reader_of_all)

rules.add_perm(
    "suggestions.view",
    is_author | is_partner | is_unit | is_handling_office | (is_reader_of_all & is_received),
)
rules.add_perm("suggestions.edit", is_author & is_editable)
rules.add_perm("suggestions.edit_part", is_partner & is_editable)
rules.add_perm("suggestions.send_to_unit", is_author & needs_endorsement)
rules.add_perm("suggestions.submit", is_author & ~needs_endorsement)
rules.add_perm("suggestions.endorse", administers_unit_of_record)
rules.add_perm(
    "suggestions.recall",
    (is_author & is_still_in_unit) | administers_unit_of_record,
)
rules.add_perm("suggestions.recall_correction", is_author & is_still_in_unit)
rules.add_perm("suggestions.assign", is_planner)
rules.add_perm("suggestions.process", is_handling_office & is_impartial)
rules.add_perm("suggestions.carry_over", (is_planner | is_handling_office) & is_impartial)
# What colleagues say among themselves: not for readers who cannot act, nor for who wrote it.
rules.add_perm(
    "suggestions.discuss", (is_handling_office | (is_planner & is_received)) & is_impartial
)
# Advice about two suggestions: by who may act on both; the reader's view of each is asked first.
rules.add_perm(
    "suggestions.judge_likeness", (is_handling_office | (is_planner & is_received)) & is_impartial
)
rules.add_perm("suggestions.share_views", is_head)
rules.add_perm("suggestions.see_load", is_head | is_planner)
rules.add_perm("suggestions.route", rules.always_deny)
rules.add_perm("suggestions.publish", rules.always_deny)


@rules.predicate
def is_invited(user: Any, partner: Any = None) -> bool:
    """Speaks for the organisation that was asked, as long as the person belongs to it."""
    return partner is not None and partner.organisation_id in user.unit_ids


@rules.predicate
def is_open_for_partners(user: Any, partner: Any = None) -> bool:
    return partner is not None and partner.suggestion.state in EDITABLE


@rules.predicate
def has_asked(user: Any, partner: Any = None) -> bool:
    return partner is not None and partner.suggestion.author_id == user.pk


rules.add_perm("submissions.answer_invitation", is_applicant & is_invited & is_open_for_partners)
rules.add_perm("submissions.withdraw_invitation", has_asked & is_open_for_partners)
