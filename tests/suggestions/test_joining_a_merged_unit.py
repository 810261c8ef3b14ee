"""Who joins, invites or writes while a unit is merged is neither lost nor left behind."""

import pytest

from tests.factories import make_organisation, make_staff, make_user
from tests.pages import client_of
from tests.racing import overtake
from tests.suggestions.factories import administrator_of
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership, Organisation, OrganisationQuerySet
from xinghai.accounts.services import (
    InvitationUnusable,
    OrganisationFacts,
    change_organisation,
    invitations,
    invite_person,
    memberships,
    merge_organisation,
    request_membership,
    use_invitation,
)
from xinghai.kernel.workflow import WrongState

pytestmark = pytest.mark.django_db
REASON = "演示批复〔2026〕1 号"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("how", "is_locked"), [("ask", True), ("ask", False), ("link", True)])
def test_who_joins_while_the_unit_is_merged_is_not_left_behind(
    how: str, is_locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_locked:
        monkeypatch.setattr(OrganisationQuerySet, "held", lambda rows, pk: rows.get(pk=pk))
    planner, person = make_staff(Role.PLANNER), make_user()
    unit, into = (make_organisation(administrator=make_user()) for _unit in range(2))
    token, _sent = invite_person(unit, email="demo@example.cn", by=administrator_of(unit))
    module = memberships if how == "ask" else invitations
    later = overtake(
        monkeypatch,
        module,
        "fire",
        lambda: merge_organisation(unit, into, by=planner, reason=REASON),
    )
    if how == "ask":
        request_membership(unit, by=person)
    else:
        use_invitation(token, by=person)
    later.join()
    assert (Membership.objects.get(user=person, organisation=unit).state == "left") == is_locked
    came_along = Membership.objects.filter(user=person, organisation=into, state="confirmed")
    assert came_along.exists() == (how == "link")


def test_a_link_sent_at_the_last_moment_leads_nowhere_and_facts_stay() -> None:
    """As a page of the former administrator would, opened before and sent after the merger."""
    unit, into = (make_organisation(administrator=make_user()) for _unit in range(2))
    head, former = administrator_of(unit), Organisation.objects.get(pk=unit.pk)
    merge_organisation(unit, into, by=make_staff(Role.PLANNER), reason=REASON)
    token, _sent = invite_person(former, email="demo@example.cn", by=head)
    with pytest.raises(InvitationUnusable):
        use_invitation(token, by=make_user())
    facts = OrganisationFacts(
        name="演示改名公司", uscc=unit.uscc, kind=unit.kind, district="zhuanghe"
    )
    with pytest.raises(WrongState, match="已并入"):
        change_organisation(former, facts, by=head)
    sent = {"name": "演示改名公司"}
    assert client_of(head).post(f"/unit/{unit.pk}/departments/1/", sent).status_code in {403, 404}
