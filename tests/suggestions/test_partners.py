"""Joint filling: each side fills its own part; nothing is submitted unconfirmed."""

import pytest
import rules

from tests.factories import load_notice, make_organisation, make_staff, make_user
from tests.suggestions.factories import (
    administrator_of,
    again,
    fill,
    hand_in,
    in_the_window,
    make_draft,
    make_partner,
)
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation
from xinghai.calls.models import Call
from xinghai.kernel.clock import travel_to
from xinghai.kernel.events import history
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import NotReady, Refused
from xinghai.submissions.models import Partner
from xinghai.submissions.selectors import visible_partners
from xinghai.submissions.services import partners
from xinghai.submissions.services.drafting import save
from xinghai.submissions.services.partners import (
    accept_link,
    answer_invitation,
    confirm_part,
    invite_by_mail,
    invite_organisation,
    withdraw_invitation,
)
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

DEMAND = {"d_need": "企业经营中的演示技术需求。" * 5, "d_market": "演示市场前景。" * 5}


@pytest.fixture
def call_2022() -> Call:
    return load_notice("2022-1")


def university_draft(call: Call) -> Suggestion:
    return make_draft(call, "CXJJ-SZ", kind="university")


def open_part(partner: Partner) -> tuple[Partner, Suggestion]:
    fresh = Partner.objects.select_related("dossier").get(pk=partner.pk)
    return fresh, again(fresh.submission)


def test_submission_is_blocked_until_the_demander_has_confirmed(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        with pytest.raises(NotReady) as held:
            hand_in(draft)
        assert "unit_side" in {problem.field for problem in held.value.report.blocking}

        partner = make_partner(draft, "demander")
        person = administrator_of(partner.organisation)
        _fresh, seen = open_part(partner)
        save(seen, by=person, base_version=seen.version, answers=DEMAND)
        confirm_part(open_part(partner)[0], by=person)

        assert hand_in(again(draft)).state == "unit_review"


def test_a_partner_writes_only_its_own_part(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        partner = make_partner(draft, "demander")
        person = administrator_of(partner.organisation)
        _fresh, seen = open_part(partner)
        save(
            seen,
            by=person,
            base_version=seen.version,
            answers={**DEMAND, "title": "合作方改的演示名称", "nj_title": "合作方改的方向"},
        )
    stored = again(draft)
    assert stored.answers["d_need"] == DEMAND["d_need"]
    assert stored.title == draft.title
    assert stored.answers["nj_title"] == draft.answers["nj_title"]


def test_the_author_cannot_write_the_partners_part(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        save(
            again(draft),
            by=draft.author,
            base_version=draft.version,
            answers={"d_need": "作者代写的需求"},
        )
    assert again(draft).answers.get("d_need") in (None, "")


def test_an_incomplete_part_cannot_be_confirmed(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        partner = make_partner(university_draft(call_2022), "demander")
        with pytest.raises(NotReady) as held:
            confirm_part(open_part(partner)[0], by=administrator_of(partner.organisation))
    assert {problem.field for problem in held.value.report.blocking} == {"d_need", "d_market"}


def test_the_demander_must_be_an_enterprise(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        with pytest.raises(Refused, match="企业"):
            invite_organisation(
                draft, make_organisation("university"), side="demander", by=draft.author
            )


def test_one_side_has_one_live_partner_until_it_is_withdrawn(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        first = make_partner(draft, "demander")
        with pytest.raises(Refused, match="已经邀请"):
            make_partner(draft, "demander")
        withdraw_invitation(open_part(first)[0], by=draft.author)
        second = make_partner(draft, "demander")
    states = {partner.pk: partner.state for partner in Partner.objects.all()}
    assert states == {first.pk: "withdrawn", second.pk: "asked"}


def test_a_stranger_can_neither_confirm_nor_decline(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        partner = make_partner(university_draft(call_2022), "demander")
        with pytest.raises(NotAllowed):
            answer_invitation(open_part(partner)[0], "begin", by=make_user())


def test_asking_a_partner_and_taking_up_a_link_stand_in_the_trail(call_2022: Call) -> None:
    invited = make_organisation()
    person = administrator_of(invited)
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        token = invite_by_mail(draft, "rd@demo.example", side="demander", by=draft.author)
        partner = accept_link(token, by=person, organisation=invited)
    told = list(history(partner).values_list("verb", "actor_id", "data__organisation"))
    assert told == [
        ("ask_partner", draft.author_id, None),
        ("accept_link", person.pk, invited.pk),
        ("begin", person.pk, None),
    ]


def test_an_e_mailed_link_binds_to_the_first_organisation_that_accepts(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        token = invite_by_mail(draft, "demand@example.com", side="demander", by=draft.author)
        first, second = enterprise_with_person(), enterprise_with_person()
        partner = accept_link(token, by=administrator_of(first), organisation=first)
        assert (partner.state, partner.organisation) == ("filling", first)
        with pytest.raises(Refused, match="另一家"):
            accept_link(token, by=administrator_of(second), organisation=second)
        with pytest.raises(Refused, match="失效"):
            accept_link("wrong-token", by=administrator_of(second), organisation=second)


def enterprise_with_person() -> Organisation:
    return make_organisation(administrator=make_user())


def test_in_2024_a_named_partner_enterprise_must_confirm_and_be_the_named_one() -> None:
    call = load_notice("2024")
    with in_the_window():
        draft = make_draft(call, "CXJJ-ZD", kind="university")
        named, other = enterprise_with_person(), enterprise_with_person()
        reference = {
            "id": str(named.pk),
            "name": named.name,
            "uscc": named.uscc,
            "kind": "enterprise",
        }
        fill(again(draft), cx_ent=reference)
        wrong = invite_organisation(again(draft), other, side="partner", by=draft.author)
        confirm_part(open_part(wrong)[0], by=administrator_of(other))
        with pytest.raises(NotReady) as held:
            hand_in(again(draft))
        assert {problem.field for problem in held.value.report.blocking} == {"cx_ent"}

        withdraw_invitation(open_part(wrong)[0], by=draft.author)
        right = invite_organisation(again(draft), named, side="partner", by=draft.author)
        confirm_part(open_part(right)[0], by=administrator_of(named))
        assert hand_in(again(draft)).state == "unit_review"


def test_author_and_partner_writing_at_the_same_time_do_not_disturb_each_other(
    call_2022: Call,
) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        partner = make_partner(draft, "demander")
        base = again(draft).version
        save(
            again(draft),
            by=draft.author,
            base_version=base,
            answers={"title": "作者改的演示名称"},
        )
        person = administrator_of(partner.organisation)
        saved = save(again(draft), by=person, base_version=base, answers=DEMAND)
    stored = again(draft)
    assert saved.brought_together
    assert (stored.title, stored.answers["d_need"]) == ("作者改的演示名称", DEMAND["d_need"])


def test_inviting_and_withdrawing_sends_no_letters_without_end(
    call_2022: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partners, "MOST_LETTERS_A_DAY", 2)
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        for number in range(2):
            invite_by_mail(draft, f"a{number}@example.com", side="demander", by=draft.author)
            withdraw_invitation(open_part(draft.partners.latest("pk"))[0], by=draft.author)
        with pytest.raises(Refused, match="一天最多"):
            invite_by_mail(draft, "a3@example.com", side="demander", by=draft.author)


def test_whose_part_one_may_open_is_what_the_list_shows(call_2022: Call) -> None:
    with travel_to(call_2022.windows.all()[0].opens_at):
        draft = university_draft(call_2022)
        partner = make_partner(draft, "demander")
    people = {
        "author": draft.author,
        "partner": administrator_of(partner.organisation),
        "stranger": make_user(),
        "planner": make_staff(Role.PLANNER),
    }
    fresh = open_part(partner)[0]
    by_list = {name for name, person in people.items() if partner in visible_partners(person)}
    by_rule = {
        name
        for name, person in people.items()
        if rules.has_perm("submissions.view_part", person, fresh)
    }
    assert by_list == by_rule == {"author", "partner"}
