"""A suggestion of every state, and a person of every relation to it."""

from dataclasses import dataclass, fields

from tests.factories import join, load_notice, make_organisation, make_staff, make_user
from tests.snapshots import put_back
from tests.suggestions.factories import (
    DUE,
    administrator_of,
    again,
    hand_in,
    in_the_window,
    key,
    make_draft,
)
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership, Office, User
from xinghai.accounts.services import change_membership
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.kernel.workflow import fire
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.states import SUGGESTION


@dataclass(frozen=True)
class Bureau:
    """The people a suggestion can meet in the bureau."""

    officer: User
    other_officer: User
    planner: User
    leader: User


def make_bureau() -> Bureau:
    """Return officers of two offices and the offices above them; call after loading a notice."""
    return Bureau(
        officer=make_staff(Role.OFFICER, office=Office.objects.get(code="gaoxin")),
        other_officer=make_staff(Role.OFFICER, office=Office.objects.get(code="chengguo")),
        planner=make_staff(Role.PLANNER),
        leader=make_staff(Role.LEADER),
    )


def names_of(bureau: Bureau) -> str:
    """The bureau's people in one word, for a snapshot to remember."""
    return " ".join(getattr(bureau, one.name).username for one in fields(bureau))


def bureau_of(names: str) -> Bureau:
    people = User.objects.in_bulk(names.split(), field_name="username")
    return Bureau(*(people[name] for name in names.split()))


def load_notice_and_bureau() -> Bureau:
    """Put back the notice of 2024 with the bureau's people; appointing them costs most of it."""

    def make() -> str:
        load_notice("2024")
        return names_of(make_bureau())

    return bureau_of(put_back("bureau", make) or make())


def back() -> office.Return:
    return office.Return(reason="请补充考核方式", due_on=DUE, remarks={"title": "名称再具体些"})


def suggestion_in(
    state: str, call: Call, bureau: Bureau, *, kind: str = "enterprise"
) -> Suggestion:
    """Return a suggestion taken to `state` by the people whose task each step is.

    Enterprises use 重点研发 in a domain of the officer's office; universities 科技惠民.
    """
    category = "ZDYF" if kind == "enterprise" else "CXJJ-HM"
    domain = "popularisation" if state == "triage" and kind == "enterprise" else "ai"
    domain = "energy" if state == "triage" and kind != "enterprise" else domain
    organisation, author = make_organisation(kind), make_user()
    join(author, organisation)
    with in_the_window():
        draft = make_draft(call, category, author=author, organisation=organisation, domain=domain)
        if state == "draft":
            return draft
        suggestion = hand_in(draft)
        if state == "returned_by_unit":
            handing_in.return_to_author(
                suggestion, by=administrator_of(suggestion.organisation), reason="请补充"
            )
        elif kind != "enterprise" and state != "unit_review":
            administrator = administrator_of(suggestion.organisation)
            handing_in.submit_batch(
                SUGGESTIONS,
                [suggestion.pk],
                organisation=suggestion.organisation,
                by=administrator,
                key=key(),
            )
            suggestion = again(suggestion)
        _drive(state, suggestion, bureau)
    return again(suggestion)


def _drive(state: str, suggestion: Suggestion, bureau: Bureau) -> None:
    officer = bureau.officer
    if state == "with_office":
        office.take_up(suggestion, by=officer)
    elif state in {"returned_by_office", "unit_review_again"}:
        office.return_for_correction(suggestion, back(), by=officer)
        if state == "unit_review_again":
            hand_in(again(suggestion))
    elif state == "declined":
        deciding.decline(suggestion, by=officer, reason="已有在研项目覆盖")
    elif state in {"pooled", "condensed", "adopted", "carried_over"}:
        deciding.accept(suggestion, by=officer)
        if state in {"condensed", "adopted"}:
            fire("condense", suggestion, by=officer)
        if state == "adopted":
            fire("adopt", suggestion, by=None)
        if state == "carried_over":
            deciding.carry_over(suggestion, by=bureau.planner)
    elif state == "merged":
        target = hand_in(make_draft(suggestion.call, "ZDYF", domain="ai"))
        office.take_up(target, by=officer)
        deciding.merge_into(suggestion, target, by=officer)


STATES = [state.name for state in SUGGESTION.states]
OF_UNITS = ("unit_review", "returned_by_unit", "unit_review_again")
ENTERPRISE_STATES = [state for state in STATES if state not in OF_UNITS]


def relations(suggestion: Suggestion, bureau: Bureau) -> dict[str, User]:
    """Return a person for every relation; the unit's administrator is not the author."""
    organisation = suggestion.organisation
    people = {
        "author": suggestion.author,
        "officer": bureau.officer,
        "other officer": bureau.other_officer,
        "planner": bureau.planner,
        "leader": bureau.leader,
        "stranger": make_user(),
    }
    if organisation is not None:
        people["unit"] = _second_administrator(suggestion)
    return people


def _second_administrator(suggestion: Suggestion) -> User:
    person = make_user()
    join(person, suggestion.organisation)
    membership = Membership.objects.get(user=person)
    change_membership(
        membership,
        role="administrator",
        department="",
        by=administrator_of(suggestion.organisation),
    )
    vars(person).pop("confirmed_memberships", None)
    return person
