"""A unit becomes part of another one: people, relations and records pass on; nothing is lost."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import join, load_notice, make_organisation, make_staff, make_user
from tests.pages import client_of, html_of
from tests.racing import at_once
from tests.suggestions.factories import (
    administrator_of,
    again,
    endorse,
    hand_in,
    in_the_window,
    make_draft,
    make_partner,
)
from xinghai.accounts.kinds import MemberRole, Role
from xinghai.accounts.models import Membership, Organisation, Recommends, User
from xinghai.accounts.selectors import pick_organisations
from xinghai.accounts.services import (
    AlreadyRegistered,
    MergeRefused,
    OrganisationFacts,
    add_relation,
    change_organisation,
    change_own_department,
    invite_person,
    merge_organisation,
    register_organisation,
    request_membership,
)
from xinghai.calls.models import Call
from xinghai.kernel.clock import city_today, database_now
from xinghai.kernel.events import history
from xinghai.kernel.models import Message
from xinghai.kernel.workflow import NotAllowed, TransitionRefused
from xinghai.submissions.answers import reference_to
from xinghai.submissions.models import Batch, Partner, Receipt, Revision
from xinghai.submissions.precheck import is_the_named_one
from xinghai.submissions.receipts import receipted_content
from xinghai.submissions.selectors import visible_batches
from xinghai.submissions.services import renewing
from xinghai.submissions.services.drafting import save
from xinghai.submissions.services.renewing import pass_on, renew
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db
REASON = "演示批复〔2026〕1 号"


@pytest.fixture
def call() -> Call:
    return load_notice("2024")


@pytest.fixture
def planner() -> User:
    return make_staff(Role.PLANNER)


@pytest.fixture
def unit() -> Organisation:
    return make_organisation("enterprise", administrator=make_user(), name="演示被并入公司")


@pytest.fixture
def into() -> Organisation:
    return make_organisation("enterprise", administrator=make_user(), name="演示集团公司")


def merge(unit: Organisation, into: Organisation, planner: User) -> None:
    """As planning and then the worker do it."""
    merge_organisation(unit, into, by=planner, reason=REASON)
    pass_on(unit=unit.pk, by=planner.pk)


def stands_in(person: User, unit: Organisation) -> tuple[str, str]:
    membership = Membership.objects.get(user=person, organisation=unit)
    return membership.state, membership.role


def test_people_go_with_it_as_members_and_keep_their_school(
    unit: Organisation, into: Organisation, planner: User
) -> None:
    head, member = administrator_of(unit), make_user()
    join(member, unit)
    change_own_department(Membership.objects.get(user=member), "研发部", by=member)
    merge(unit, into, planner)
    assert stands_in(head, unit)[0] == "left"
    assert stands_in(head, into) == ("confirmed", MemberRole.MEMBER)
    there = Membership.objects.get(user=member, organisation=into)
    assert (str(there.department), there.department.organisation) == ("研发部", into)
    assert User.objects.get(pk=member.pk).unit_ids == {into.pk}


def test_who_belongs_to_both_stays_what_the_other_unit_made_of_them(
    unit: Organisation, into: Organisation, planner: User
) -> None:
    both = administrator_of(into)
    join(both, unit)
    merge(unit, into, planner)
    assert stands_in(both, into) == ("confirmed", MemberRole.ADMINISTRATOR)


def test_who_only_asked_or_was_invited_does_not_come_along(
    unit: Organisation, into: Organisation, planner: User
) -> None:
    asking = make_user()
    request_membership(unit, by=asking)
    invite_person(unit, email="demo@example.cn", by=administrator_of(unit))
    merge(unit, into, planner)
    assert stands_in(asking, unit)[0] == "left"
    assert not Membership.objects.filter(user=asking, organisation=into).exists()
    assert unit.invitations.get().expires_at <= database_now()
    # Who asks the former unit now asks the one it became part of.
    assert request_membership(Organisation.objects.get(pk=unit.pk), by=asking).organisation == into


def test_drafts_take_the_other_units_facts_and_what_was_handed_in_stays_as_receipted(
    call: Call, unit: Organisation, into: Organisation, planner: User
) -> None:
    author = administrator_of(unit)
    with in_the_window():
        draft = make_draft(call, organisation=unit, author=author)
        sent = hand_in(make_draft(call, organisation=unit, author=author))
        merge(unit, into, planner)
        renew(SUGGESTIONS, into, by=planner)
    draft, sent = again(draft), again(sent)
    assert {draft.organisation, sent.organisation} == {into}
    assert draft.answers["unit_name"]["name"] == into.name
    assert draft.answers["unit_uscc"] == into.uscc
    assert draft.answers["title"] == draft.title
    assert Revision.objects.get(dossier=draft.pk, version=draft.version).note == "unit"
    assert sent.answers["unit_uscc"] == unit.uscc
    receipt = Receipt.objects.get(dossier=sent.pk)
    assert receipted_content(sent)
    assert receipt.version == sent.version
    assert history(sent).filter(verb="change_unit").get().data == {"from": unit.pk, "to": into.pk}
    with in_the_window():
        assert hand_in(draft).state == "submitted"


def test_the_other_units_people_read_and_the_merged_ones_author_still_writes(
    call: Call, unit: Organisation, into: Organisation, planner: User
) -> None:
    author = administrator_of(unit)
    with in_the_window():
        sent = hand_in(make_draft(call, organisation=unit, author=author))
    merge(unit, into, planner)
    page = client_of(administrator_of(into)).get(f"/unit/suggestions/{sent.pk}/")
    assert sent.title in html_of(page)
    assert sent.title in html_of(client_of(author).get(f"/my/suggestions/{sent.pk}/"))


def test_parts_pass_on_but_an_organisation_sits_once(
    call: Call, unit: Organisation, into: Organisation, planner: User
) -> None:
    with in_the_window():
        draft = make_draft(call, "CXJJ-ZD", kind="university")
        part = make_partner(draft, "partner")
        merge(part.organisation, into, planner)
    assert Partner.objects.get(pk=part.pk).organisation == into
    assert history(part).filter(verb="change_unit").exists()


def test_records_follow_some_at_a_time_and_a_repeated_job_goes_on(
    call: Call,
    unit: Organisation,
    into: Organisation,
    planner: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(renewing, "AT_ONCE", 2)
    with in_the_window():
        drafts = [make_draft(call, organisation=unit, author=make_user()) for _draft in range(5)]
        merge(unit, into, planner)
        pass_on(unit=unit.pk, by=planner.pk)
    assert {again(one).organisation for one in drafts} == {into}
    assert [history(one).filter(verb="change_unit").count() for one in drafts] == [1] * 5


def test_what_became_part_of_a_unit_follows_where_that_one_goes(
    call: Call, unit: Organisation, into: Organisation, planner: User
) -> None:
    """The first merger's job may run when the second one's has long been done."""
    third = make_organisation(administrator=make_user(), name="演示总公司")
    with in_the_window():
        draft = make_draft(call, organisation=unit, author=administrator_of(unit))
    merge_organisation(unit, into, by=planner, reason=REASON)
    merge(into, third, planner)
    pass_on(unit=unit.pk, by=planner.pk)
    assert again(draft).organisation == third
    assert pick_organisations(unit.name) == [third]
    former = Organisation.objects.get(pk=unit.pk)
    assert request_membership(former, by=make_user()).organisation == third


def test_a_confirmation_stands_when_the_named_partner_becomes_part_of_another(
    call: Call, into: Organisation, planner: User
) -> None:
    with in_the_window():
        draft = make_draft(call, "CXJJ-ZD", kind="university")
        part = make_partner(draft, "partner")
        named = reference_to(part.organisation)
        field = draft.category.joint["field"]
        save(again(draft), by=draft.author, base_version=draft.version, answers={field: named})
        merge(part.organisation, into, planner)
    moved = Partner.objects.get(pk=part.pk)
    assert is_the_named_one(again(draft), moved)
    moved.organisation = make_organisation()
    assert not is_the_named_one(again(draft), moved)


def test_a_part_stays_where_the_other_unit_sits_already(
    call: Call, into: Organisation, planner: User
) -> None:
    with in_the_window():
        draft = make_draft(call, "CXJJ-ZD", kind="university")
        part = make_partner(draft, "partner")
        Partner.objects.create(
            dossier_id=draft.pk,
            side="partner",
            seat=2,
            organisation=into,
            asked_at=database_now(),
        )
        merge(part.organisation, into, planner)
    assert Partner.objects.get(pk=part.pk).organisation == part.organisation


def test_the_other_unit_reads_the_batch_receipts(
    call: Call, into: Organisation, planner: User
) -> None:
    university = make_organisation("university", administrator=make_user())
    author, stranger = administrator_of(university), make_user()
    make_organisation("university", administrator=stranger)
    with in_the_window():
        draft = make_draft(call, "CXJJ-RK", organisation=university, author=author)
        endorse(hand_in(draft))
    merge(university, into, planner)
    batch = Batch.objects.get()
    assert list(visible_batches(administrator_of(into), SUGGESTIONS)) == [batch]
    assert not visible_batches(stranger, SUGGESTIONS).exists()


def test_its_recommending_body_no_longer_recommends_it(
    unit: Organisation, into: Organisation, planner: User
) -> None:
    body, today = make_organisation("government"), city_today()
    add_relation(body, unit=unit, from_on=today, source="演示", by=planner)
    merge(unit, into, planner)
    assert Recommends.objects.get(unit=unit).to_on == today


def test_who_looks_for_the_former_unit_finds_the_other(
    unit: Organisation, into: Organisation, planner: User
) -> None:
    merge(unit, into, planner)
    assert pick_organisations(unit.name) == [into]
    assert pick_organisations(unit.uscc) == [into]
    facts = OrganisationFacts(
        name=unit.name, uscc=unit.uscc, kind=unit.kind, district=unit.district_id
    )
    with pytest.raises(AlreadyRegistered, match="已并入“演示集团公司”"):
        register_organisation(facts, by=make_user())


def test_both_sides_are_told_with_the_document(
    unit: Organisation, into: Organisation, planner: User
) -> None:
    heads = {administrator_of(unit).pk, administrator_of(into).pk}
    merge(unit, into, planner)
    told = Message.objects.filter(subject_text__contains="已并入")
    assert set(told.values_list("recipient", flat=True)) == heads
    assert all(one.parameters["reason"] == REASON for one in told)


@pytest.mark.parametrize("case", ["itself", "unverified", "body", "twice", "ring"])
def test_what_cannot_be_put_together_is_refused_and_nothing_moves(
    case: str, unit: Organisation, into: Organisation, planner: User
) -> None:
    head = administrator_of(unit)
    if case == "unverified":
        into = make_organisation("enterprise", administrator=make_user(), verified=False)
    elif case == "body":
        add_relation(unit, district="zhuanghe", from_on=city_today(), source="演示", by=planner)
    elif case in {"twice", "ring"}:
        merge(unit, into, planner)
        unit, into = (unit, make_organisation()) if case == "twice" else (into, unit)
        head = administrator_of(unit) if case == "ring" else head
    elif case == "itself":
        into = unit
    before = Membership.objects.filter(user=head, state="confirmed").get()
    with pytest.raises((MergeRefused, TransitionRefused)):
        merge(unit, into, planner)
    assert Membership.objects.filter(user=head, state="confirmed").get() == before


def test_a_reason_and_the_right_are_needed(
    unit: Organisation, into: Organisation, planner: User
) -> None:
    with pytest.raises(TransitionRefused):
        merge_organisation(unit, into, by=planner, reason=" ")
    with pytest.raises(NotAllowed):
        merge_organisation(unit, into, by=administrator_of(unit), reason=REASON)


def test_the_database_knows_into_what(unit: Organisation, into: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=unit.pk).update(merged_into=into)


def test_planning_puts_them_together_on_a_page_and_a_second_click_changes_nothing(
    unit: Organisation, into: Organisation, planner: User
) -> None:
    client, address = client_of(planner), f"/office/organisations/{unit.pk}/merge/"
    request_membership(unit, by=make_user())
    assert address in html_of(client.get(f"/office/organisations/{unit.pk}/"))
    page = html_of(client.get(address))
    assert "合并不能撤销。" in page
    assert "1 名人员转为新单位的普通成员" in page  # not who only asked
    sent = {"into": into.uscc, "reason": REASON}
    done = client.post(address, sent, follow=True)
    assert "已并入“演示集团公司”" in html_of(done)
    again_ = client.post(address, sent, follow=True)
    assert again_.redirect_chain
    assert history(unit).filter(verb="merge").count() == 1
    assert "演示集团公司" in html_of(client.get(f"/office/organisations/{unit.pk}/"))
    assert client_of(administrator_of(into)).get(address).status_code in {403, 404}


def test_unknown_units_are_named_on_the_page(unit: Organisation, planner: User) -> None:
    sent = {"into": "没有的单位", "reason": REASON}
    page = client_of(planner).post(f"/office/organisations/{unit.pk}/merge/", sent)
    assert "没有找到这个单位" in html_of(page)


def test_a_renamed_units_drafts_say_its_new_name(call: Call, unit: Organisation) -> None:
    author = administrator_of(unit)
    with in_the_window():
        draft = make_draft(call, organisation=unit, author=author)
        facts = OrganisationFacts(
            name="演示改名公司", uscc=unit.uscc, kind=unit.kind, district="zhuanghe"
        )
        change_organisation(unit, facts, by=author)
        renew(SUGGESTIONS, Organisation.objects.get(pk=unit.pk), by=author)
        draft = again(draft)
        assert draft.answers["unit_name"]["name"] == "演示改名公司"
        assert draft.answers["unit_district"] == "zhuanghe"
        version = draft.version
        renew(SUGGESTIONS, Organisation.objects.get(pk=unit.pk), by=author)
        assert again(draft).version == version


@pytest.mark.django_db(transaction=True)
def test_two_merged_into_each_other_at_once_leave_one() -> None:
    planner = make_staff(Role.PLANNER)
    units = [make_organisation(administrator=make_user()) for _unit in range(2)]

    def act(turn: int) -> str:
        try:
            merge(units[turn], units[1 - turn], planner)
        except (MergeRefused, TransitionRefused) as refused:
            return type(refused).__name__
        return ""

    assert sorted(map(str, at_once(act, clients=2)))[0] == ""
    assert Organisation.objects.filter(state="merged").count() == 1
    assert (
        Organisation.objects.get(state="verified").memberships.filter(state="confirmed").count()
        == 2
    )
