"""Several partners on a side: as many as the form says, each confirms what they wrote together."""

from copy import deepcopy

import pytest

from tests.calls.notices import notice
from tests.factories import make_organisation, make_user
from tests.pages import client_of, html_of
from tests.suggestions.factories import administrator_of, again, hand_in, make_draft
from tests.suggestions.test_confirmations import DEMAND, opened, write
from xinghai.accounts.models import Organisation
from xinghai.calls.composing import Composition
from xinghai.calls.models import Call
from xinghai.calls.services import load_call
from xinghai.kernel.clock import travel_to
from xinghai.submissions.exceptions import NotReady, Refused
from xinghai.submissions.models import Partner
from xinghai.submissions.services.partners import (
    accept_link,
    confirm_part,
    invite_by_mail,
    invite_organisation,
    withdraw_invitation,
)
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    """The notice for 2022 with room for two enterprises on the demander's side."""
    shipped = notice("2022-1")
    made = Composition(shipped.path, deepcopy(shipped.data), shipped.raw, shipped.source)
    made.forms, made.parsed = shipped.forms, shipped.parsed
    for form in made.data["forms"].values():
        for section in form["sections"]:
            if section.get("side") == "demander":
                section["most"] = 2
    return load_call(made, publish=True)


def enterprise() -> Organisation:
    return make_organisation("enterprise", administrator=make_user())


def ask(draft: Suggestion, whom: Organisation) -> Partner:
    return invite_organisation(again(draft), whom, side="demander", by=draft.author)


def confirm(partner: Partner) -> None:
    confirm_part(opened(partner), by=administrator_of(partner.organisation))


def test_it_is_handed_in_when_every_partner_has_confirmed(call: Call) -> None:
    with travel_to(call.windows.all()[0].opens_at):
        draft = make_draft(call, "CXJJ-SZ", kind="university")
        first, second = ask(draft, enterprise()), ask(draft, enterprise())
        assert [first.seat, second.seat] == [1, 2]
        write(draft, administrator_of(second.organisation), **DEMAND)
        confirm(first)
        with pytest.raises(NotReady):
            hand_in(again(draft))
        confirm(second)
        assert hand_in(again(draft)).state == "unit_review"


def test_what_one_rewrites_after_the_other_confirmed_is_confirmed_anew(call: Call) -> None:
    with travel_to(call.windows.all()[0].opens_at):
        draft = make_draft(call, "CXJJ-SZ", kind="university")
        first, second = ask(draft, enterprise()), ask(draft, enterprise())
        write(draft, administrator_of(first.organisation), **DEMAND)
        confirm(first)
        write(draft, administrator_of(second.organisation), d_need="另一家改写的演示需求。" * 5)
        confirm(second)
        with pytest.raises(NotReady):
            hand_in(again(draft))


def test_no_more_are_asked_than_the_form_has_room_for(call: Call) -> None:
    with travel_to(call.windows.all()[0].opens_at):
        draft = make_draft(call, "CXJJ-SZ", kind="university")
        first = ask(draft, enterprise())
        ask(draft, enterprise())
        with pytest.raises(Refused, match="2 家"):
            ask(draft, enterprise())
        withdraw_invitation(opened(first), by=draft.author)
        assert ask(draft, enterprise()).seat == 1


def test_a_unit_stands_on_a_side_once_however_it_came(call: Call) -> None:
    with travel_to(call.windows.all()[0].opens_at):
        draft, unit = make_draft(call, "CXJJ-SZ", kind="university"), enterprise()
        ask(draft, unit)
        with pytest.raises(Refused, match="已经是"):
            ask(draft, unit)
        token = invite_by_mail(again(draft), "demo@example.cn", side="demander", by=draft.author)
        with pytest.raises(Refused, match="已经是"):
            accept_link(token, by=administrator_of(unit), organisation=unit)
    assert Partner.objects.filter(organisation=unit).count() == 1


def test_the_author_sees_both_and_the_room_that_is_left(call: Call) -> None:
    with travel_to(call.windows.all()[0].opens_at):
        draft = make_draft(call, "CXJJ-SZ", kind="university")
        first = ask(draft, enterprise())
        client, address = client_of(draft.author), f"/my/suggestions/{draft.pk}/edit/"
        page = html_of(client.get(address))
        assert first.organisation.name in page
        assert 'name="whom"' in page
        second = ask(draft, enterprise())
        page = html_of(client.get(address))
        assert second.organisation.name in page
        assert 'name="whom"' not in page
