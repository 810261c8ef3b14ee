"""A partner's word counts for the text it confirmed, from people who still belong to it."""

import pytest
import rules

from tests.factories import LONG_AGO, join, load_notice, make_organisation, make_user
from tests.pages import client_of
from tests.suggestions.factories import (
    administrator_of,
    again,
    hand_in,
    make_draft,
    make_partner,
    make_submitted,
)
from tests.suggestions.scenes import make_bureau
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership, User
from xinghai.accounts.services import appoint, decide_membership
from xinghai.calls.models import Call
from xinghai.casework.services.deciding import take_up
from xinghai.kernel.clock import travel_to
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import NotReady
from xinghai.submissions.models import Partner
from xinghai.submissions.selectors import parts_of, visible_partners, visible_to
from xinghai.submissions.services.drafting import save
from xinghai.submissions.services.partners import answer_invitation, confirm_part
from xinghai.submissions.services.submitting import recall
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db

DEMAND = {"d_need": "企业经营中的演示技术需求。" * 5, "d_market": "演示市场前景。" * 5}


@pytest.fixture
def call_2022() -> Call:
    return load_notice("2022-1")


def write(suggestion: Suggestion, by: User, **answers: object) -> None:
    seen = again(suggestion)
    save(seen, by=by, base_version=seen.version, answers=answers)


def opened(partner: Partner) -> Partner:
    return Partner.objects.select_related("dossier").get(pk=partner.pk)


def confirmed_part(draft: Suggestion, person: User | None = None) -> Partner:
    partner = make_partner(draft, "demander")
    person = person or administrator_of(partner.organisation)
    if not person.memberships.exists():
        join(person, partner.organisation)
    write(draft, person, **DEMAND)
    confirm_part(opened(partner), by=person)
    return opened(partner)


def test_text_changed_after_the_confirmation_is_nobodys_word(call_2022: Call) -> None:
    """The author steps over to the partner's side, rewrites its part and steps back."""
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = make_draft(call_2022, "CXJJ-SZ", kind="university")
        partner = confirmed_part(draft)
        write(draft, draft.author, unit_side="demander")
        write(draft, draft.author, d_need="作者替企业改写的演示需求。" * 5)
        write(draft, draft.author, unit_side="provider")
        with pytest.raises(NotReady):
            hand_in(again(draft))

        person = administrator_of(partner.organisation)
        answer_invitation(opened(partner), "reopen", by=person)
        confirm_part(opened(partner), by=person)
        assert hand_in(again(draft)).state == "unit_review"


def removed(person: User, organisation_id: int) -> User:
    membership = Membership.objects.get(user=person, organisation_id=organisation_id)
    decide_membership(membership, "remove", by=administrator_of(membership.organisation))
    return User.objects.get(pk=person.pk)


def test_who_was_removed_from_the_partner_no_longer_speaks_for_it(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = make_draft(call_2022, "CXJJ-SZ", kind="university")
        partner = confirmed_part(draft, make_user())
        person = removed(partner.user, partner.organisation_id)
        assert not parts_of(person).exists()
        assert not visible_partners(person).exists()
        assert not visible_to(person, SUGGESTIONS).exists()
        assert not rules.has_perm("suggestions.view", person, again(draft))
        with pytest.raises(NotAllowed):
            answer_invitation(opened(partner), "reopen", by=person)
        client = client_of(person)
        assert client.get(f"/my/parts/{partner.pk}/").status_code == 404


@pytest.mark.parametrize("forged", [{"name": "别家"}, {"kind": "enterprise"}, {"uscc": "1" * 18}])
def test_a_named_organisation_is_what_is_registered(forged: dict[str, str]) -> None:
    call, real = load_notice("2024"), make_organisation("university")
    true = {"id": str(real.pk), "name": real.name, "uscc": real.uscc, "kind": "university"}
    with travel_to(call.windows.all()[0].opens_at):
        draft = make_draft(call, "CXJJ-ZD", kind="university")
        write(draft, draft.author, cx_ent={**true, **forged})
    assert again(draft).answers["cx_ent"] == true


@pytest.mark.parametrize("unknown", ["", "9" * 30, "999999", "x"])
def test_an_unknown_organisation_has_neither_code_nor_kind(unknown: str) -> None:
    call, real = load_notice("2024"), make_organisation()
    named = {"id": unknown, "name": "别家", "uscc": real.uscc, "kind": "enterprise"}
    with travel_to(call.windows.all()[0].opens_at):
        draft = make_draft(call, "CXJJ-ZD", kind="university")
        write(draft, draft.author, cx_ent=named)
    assert again(draft).answers["cx_ent"] == {"id": "", "name": "别家", "uscc": "", "kind": ""}


def test_who_joins_the_bureau_does_not_judge_the_own_suggestion() -> None:
    call = load_notice("2024")
    bureau, organisation, author = make_bureau(), make_organisation(), make_user()
    join(author, organisation)
    with travel_to(call.windows.all()[0].opens_at):
        suggestion = make_submitted(call, author=author, organisation=organisation, domain="ai")
    judge = removed(author, organisation.pk)
    appoint(judge, roles=[Role.OFFICER], office=suggestion.office, begins_at=LONG_AGO, by=None)
    with pytest.raises(NotAllowed):
        take_up(again(suggestion), by=judge)
    take_up(again(suggestion), by=bureau.officer)
    assert again(suggestion).state == "with_office"


def test_who_left_the_unit_cannot_take_its_suggestion_back() -> None:
    call = load_notice("2024")
    organisation, author = make_organisation(), make_user()
    join(author, organisation)
    with travel_to(call.windows.all()[0].opens_at):
        suggestion = make_submitted(call, author=author, organisation=organisation)
        gone = removed(author, organisation.pk)
        with pytest.raises(NotAllowed):
            recall(again(suggestion), by=gone)
        recall(again(suggestion), by=administrator_of(organisation))
    assert again(suggestion).state == "draft"
