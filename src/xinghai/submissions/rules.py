"""Who may do what to a submission, as sentences of predicates (domain handbook 5.1, 5.2).

`standard_permissions` grants the sentences every process shares under the process's own name;
a process adds its own, or replaces one by adding it again afterwards.
"""

from typing import Any

import rules

from xinghai.accounts.kinds import OFFICER_ROLES, Role
from xinghai.accounts.rules import (
    administers_unit_of_record,
    has_role,
    is_signed_in,
    is_staff,
)
from xinghai.kernel.processes import RECEIVED, WITH_AUTHOR, Phase

is_planner = has_role(Role.PLANNER)
is_officer = has_role(*OFFICER_ROLES)
is_head = has_role(Role.OFFICE_HEAD)
is_reader_of_all = has_role(Role.PLANNER, Role.LEADER, Role.AUDIT_ADMIN)


@rules.predicate
def is_author(user: Any, record: Any = None) -> bool:
    return record is None or record.author_id == user.pk


@rules.predicate
def is_impartial(user: Any, record: Any = None) -> bool:
    """Did not write it: who joins the bureau later does not judge an own record."""
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
    return record is None or record.phase in WITH_AUTHOR


@rules.predicate
def is_received(user: Any, record: Any = None) -> bool:
    """The bureau has received it, whoever has it now."""
    return record is None or record.phase in RECEIVED


@rules.predicate
def is_past_the_author(user: Any, record: Any = None) -> bool:
    """It has been handed over at least once: what never was belongs to its author alone."""
    return record is None or record.phase != Phase.WRITING or bool(record.number)


@rules.predicate
def needs_endorsement(user: Any, record: Any = None) -> bool:
    return record is not None and record.needs_endorsement


@rules.predicate
def needs_recommendation(user: Any, record: Any = None) -> bool:
    return record is not None and record.needs_recommendation


@rules.predicate
def recommends(user: Any, record: Any = None) -> bool:
    """Is appointed at the body the record was sent to; without a record, at any body."""
    if not user.is_authenticated or not user.is_active:
        return False
    bodies = user.bodies_as(Role.RECOMMENDER)
    return bool(bodies) if record is None else record.recommender_id in bodies


@rules.predicate
def is_to_be_recommended(user: Any, record: Any = None) -> bool:
    return record is None or record.phase == Phase.RECOMMENDING


@rules.predicate
def has_reached_recommender(user: Any, record: Any = None) -> bool:
    """The recommending body has it or has passed it on; what it returned is the author's again."""
    return record is None or record.phase in (Phase.RECOMMENDING, *RECEIVED)


@rules.predicate
def is_of_own_office(user: Any, record: Any = None) -> bool:
    return record is None or (user.office_id is not None and record.office_id == user.office_id)


is_applicant = is_signed_in & ~is_staff
is_unit = administers_unit_of_record & is_past_the_author
is_handling_office = is_officer & is_of_own_office & is_received
works_on_it = (is_handling_office | (is_planner & is_received)) & is_impartial

# The sentences every process has: who may do what, unless its own table says otherwise.
STANDARD: dict[str, Any] = {
    "read_files": is_signed_in,
    # To begin, to see lists and first pages: asked without a record.
    "write": is_applicant,
    "fill_part": is_applicant,
    "review_for_unit": administers_unit_of_record,
    "work_in_office": is_officer,
    "work_in_bureau": is_officer | is_reader_of_all,
    "oversee": is_planner,
    "see_overview": is_reader_of_all,
    "share_views": is_head,
    "see_load": is_head | is_planner,
    # Of one record.
    "view": is_author
    | is_partner
    | is_unit
    | is_handling_office
    | (recommends & has_reached_recommender)
    | (is_reader_of_all & is_received),
    "edit": is_author & is_editable,
    "edit_part": is_partner & is_editable,
    "send_to_unit": is_author & needs_endorsement,
    "submit": is_author & ~needs_endorsement & ~needs_recommendation,
    "send_to_recommender": is_author & ~needs_endorsement & needs_recommendation,
    # Of a draft's first way; a correction for the office goes back to it, past the recommender.
    "resubmit": is_author & ~needs_endorsement,
    "endorse": administers_unit_of_record & ~needs_recommendation,
    "endorse_to_recommender": administers_unit_of_record & needs_recommendation,
    "endorse_again": administers_unit_of_record,
    "return_for_unit": administers_unit_of_record,
    # Who wrote it does not recommend it, for whichever body.
    "recommend": recommends & is_to_be_recommended & is_impartial,
    "recall": (is_author & is_still_in_unit) | administers_unit_of_record,
    "recall_correction": is_author & is_still_in_unit,
    "assign": is_planner,
    "process": is_handling_office & is_impartial,
    # What colleagues say among themselves: not for readers who cannot act, nor for its author.
    "discuss": works_on_it,
    # Advice about two records: by who may act on both; the reader's view of each is asked first.
    "judge_likeness": works_on_it,
    "route": rules.always_deny,
}


def standard_permissions(room: str) -> None:
    """Grant the shared sentences under the name of a process's room."""
    for verb, sentence in STANDARD.items():
        rules.set_perm(f"{room}.{verb}", sentence)


@rules.predicate
def is_invited(user: Any, partner: Any = None) -> bool:
    """Speaks for the organisation that was asked, as long as the person belongs to it."""
    return partner is not None and partner.organisation_id in user.unit_ids


@rules.predicate
def is_open_for_partners(user: Any, partner: Any = None) -> bool:
    return partner is not None and partner.submission.phase in WITH_AUTHOR


@rules.predicate
def has_asked(user: Any, partner: Any = None) -> bool:
    return partner is not None and partner.submission.author_id == user.pk


# One partnership: equal to `selectors.visible_partners`.
rules.add_perm("submissions.view_part", is_invited | has_asked)
# Pages over all processes.
rules.add_perm("submissions.write", is_applicant)
rules.add_perm("submissions.fill_part", is_applicant)
rules.add_perm("submissions.review_for_unit", administers_unit_of_record)
rules.add_perm("submissions.recommend", recommends)
rules.add_perm("submissions.answer_invitation", is_applicant & is_invited & is_open_for_partners)
rules.add_perm("submissions.withdraw_invitation", has_asked & is_open_for_partners)
