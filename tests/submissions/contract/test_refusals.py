"""What cannot be done is refused in words, by the service and by the page, and changes nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse

from tests.factories import make_organisation, make_staff, make_user
from tests.pages import client_of, words_of
from tests.submissions.contract.cases import CASES
from tests.submissions.contract.world import World, fresh_key
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.calls.states import RECOMMEND
from xinghai.kernel.clock import travel_to
from xinghai.kernel.processes import Phase
from xinghai.submissions.answers import reference_to
from xinghai.submissions.exceptions import NotEditable, Refused, UnitNotReady
from xinghai.submissions.mails import mail_invitation
from xinghai.submissions.models import Batch, Partner, Submission
from xinghai.submissions.selectors import visible_batches, visible_to
from xinghai.submissions.services import drafting, remarks, submitting
from xinghai.submissions.services.partners import (
    accept_link,
    confirm_part,
    invite_by_mail,
    invite_organisation,
)
from xinghai.submissions.tracking import following_of

pytestmark = pytest.mark.django_db
SIDE = "partner"


@pytest.fixture
def enterprise() -> Organisation:
    return make_organisation("enterprise", administrator=make_user(name="演示合作方"))


@pytest.fixture
def person(enterprise: Organisation) -> User:
    return User.objects.get(memberships__organisation=enterprise)


@pytest.fixture
def joint(world: World, enterprise: Organisation) -> Submission:
    named = {world.case.joint_field: reference_to(enterprise)}
    return world.draft(category=world.case.joint_category, **named)


def asked(world: World, joint: Submission, enterprise: Organisation) -> Partner:
    return invite_organisation(joint, enterprise, side=SIDE, by=world.author)


def test_a_batch_has_at_least_one_record_and_not_too_many(world: World) -> None:
    for chosen in ([], range(1, submitting.MOST_IN_A_BATCH + 2)):
        with pytest.raises(Refused, match="请选择 1 到"):
            submitting.submit_batch(
                world.process,
                list(chosen),
                organisation=world.unit,
                by=world.science,
                key=fresh_key(),
            )


def test_a_batch_is_of_one_unit_and_of_one_call(world: World) -> None:
    first, second = world.at_unit(), world.at_unit()
    other = make_organisation("university")
    rows = type(first).objects.filter(pk=second.pk)
    rows.update(organisation=other)
    with pytest.raises(Refused, match="不在本单位名下"):
        world.endorse(first, second)
    rows.update(organisation=world.unit, call=another_call(world))
    with pytest.raises(Refused, match="同一批次"):
        world.endorse(first, second)
    assert not Batch.objects.exists()


def another_call(world: World) -> Call:
    """A call of the same process, as far as its key is asked."""
    return Call.objects.create(
        code="another",
        title="演示另一批次",
        kind=world.process.key,
        plan_year=world.call.plan_year,
        issued_on=world.call.issued_on,
        loaded_at=world.call.loaded_at,
    )


def test_a_record_without_a_unit_is_not_handed_in(world: World) -> None:
    draft = world.draft()
    type(draft).objects.filter(pk=draft.pk).update(organisation=None)
    with pytest.raises(UnitNotReady, match="登记或加入单位"):
        world.hand_in(world.again(draft))


def test_remarks_stand_on_fields_of_the_form_and_are_short(world: World) -> None:
    waiting = world.at_unit()
    with pytest.raises(Refused, match="没有这个栏目：nowhere"):
        remarks.put_remarks(waiting, {"nowhere": "改"}, by=world.science, side="unit")
    with pytest.raises(Refused, match="最多"):
        remarks.put_remarks(waiting, {"title": "长" * 501}, by=world.science, side="unit")
    client = client_of(world.science)
    address = world.process.address("unit-return", waiting.pk)
    assert client.post(address, {"reason": "改", "on-title": "长" * 501}).status_code == 422
    refused = client.post(address, {"reason": "改", "on-nowhere": "改"})
    assert "没有这个栏目" in words_of(refused)
    assert world.again(waiting).phase == Phase.ENDORSING


def test_only_who_corrects_marks_a_remark_as_dealt_with(world: World) -> None:
    waiting = world.at_unit()
    submitting.return_to_author(
        waiting, by=world.science, reason="改", remarks={"title": "名称太宽"}
    )
    back = world.again(waiting)
    remark = back.remarks.get()
    with pytest.raises(Refused, match="只有填报人"):
        remarks.resolve(back, remark.pk, by=world.stranger)
    remarks.resolve(back, remark.pk, by=world.author)
    assert back.remarks.get().resolved_at is not None


def test_only_an_author_with_a_draft_asks_a_partner(
    world: World, joint: Submission, enterprise: Organisation
) -> None:
    with pytest.raises(Refused, match="只有填报人"):
        invite_organisation(joint, enterprise, side=SIDE, by=world.stranger)
    with pytest.raises(Refused, match="不能是本单位"):
        invite_organisation(joint, world.unit, side=SIDE, by=world.author)
    assert not Partner.objects.exists()


def test_a_letter_invites_who_has_no_account_as_long_as_it_is_waited_for(
    world: World, joint: Submission, enterprise: Organisation
) -> None:
    token = invite_by_mail(joint, "partner@example.com", side=SIDE, by=world.author)
    partner = Partner.objects.get()
    mail_invitation.func(partner.pk, token)
    [letter] = mail.outbox
    assert letter.to == ["partner@example.com"]
    assert joint.title in letter.subject
    assert reverse("submissions:part-accept", args=[token]) in letter.body
    Partner.objects.update(email="", organisation=enterprise)
    mail_invitation.func(partner.pk, token)
    mail_invitation.func(0, token)
    assert len(mail.outbox) == 1


def test_a_link_is_taken_up_for_an_own_unit_and_again_without_beginning_anew(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    token = invite_by_mail(joint, "partner@example.com", side=SIDE, by=world.author)
    with pytest.raises(Refused, match="本单位的账号"):
        accept_link(token, by=world.stranger, organisation=enterprise)
    for _twice in range(2):
        assert accept_link(token, by=person, organisation=enterprise).state == "filling"
    address = reverse("submissions:part-accept", args=[token])
    assert client_of(world.stranger).post(address, {"organisation": "0"}).status_code == 200


def test_a_unit_that_is_not_verified_confirms_no_part(
    world: World, joint: Submission, person: User
) -> None:
    invite_by_mail(joint, "partner@example.com", side=SIDE, by=world.author)
    with pytest.raises(Refused, match="还没有通过科技局核实"):
        confirm_part(Partner.objects.get(), by=person)


def test_a_part_is_saved_by_its_page_and_an_older_page_leads_to_the_merge(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    partner, client = asked(world, joint, enterprise), client_of(person)
    address, field = f"/my/parts/{partner.pk}/", world.case.part_field
    begun = world.again(joint).version
    sent = {"version": begun, field: "演示投入", "do": "save", "__field": [field]}
    assert client.post(address, sent)["Location"] == address
    assert world.again(joint).answers[field] == "演示投入"
    late = client.post(address, {**sent, field: "另一窗口的投入"})
    assert late["Location"] == f"{address}merge/"
    assert client.post(f"{address}paint/")["Location"] == address


def test_a_part_of_what_was_handed_in_is_closed(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    partner, client = asked(world, joint, enterprise), client_of(person)
    type(joint).objects.filter(pk=joint.pk).update(author=world.author)
    version = world.again(joint).version
    client.post(
        f"/my/parts/{partner.pk}/",
        {"version": version, world.case.part_field: "演示投入", "do": "submit"},
    )
    sent = world.hand_in(world.again(joint))
    late = {"version": sent.version, world.case.part_field: "改", "do": "save"}
    assert client.post(f"/my/parts/{partner.pk}/", late).status_code == 409
    withdrawn = client_of(world.author).post(f"/my/partners/{partner.pk}/withdraw/", follow=True)
    assert Partner.objects.get().state == "confirmed"
    assert withdrawn.status_code == 200


def test_an_autosave_of_what_was_handed_in_is_refused_in_words(world: World) -> None:
    sent = world.at_unit()
    answer = client_of(world.author).post(
        world.process.address("save", sent.pk),
        {"version": sent.version, "answers": {"title": "晚了"}},
        content_type="application/json",
    )
    assert (answer.status_code, list(answer.json())) == (422, ["problem"])


def test_the_page_of_a_draft_saved_elsewhere_leads_to_the_merge(world: World) -> None:
    draft = world.draft()
    drafting.save(draft, by=world.author, base_version=draft.version, answers={"title": "另一窗口"})
    address = world.process.address("edit", draft.pk)
    sent = {"version": draft.version - 1, "title": "这个窗口", "__field": ["title"], "do": "save"}
    answer = client_of(world.author).post(address, sent)
    assert answer["Location"] == world.process.address("merge", draft.pk)


def test_what_is_incomplete_is_shown_with_what_is_missing(world: World) -> None:
    begun = world.begin()
    sent = {"version": begun.version, "key": fresh_key()}
    answer = client_of(world.author).post(world.process.address("submit", begun.pk), sent)
    assert answer.status_code == 422


def test_a_new_record_brings_its_own_dossier(world: World) -> None:
    draft = world.draft()
    copy = world.again(draft)
    copy.dossier, copy._state.adding = None, True  # type: ignore[assignment]
    copy.save()
    assert copy.pk != draft.pk
    assert copy.dossier.process == world.process.key


def test_there_is_nothing_to_settle_where_nothing_is_set_aside(world: World) -> None:
    draft = world.draft()
    saved = drafting.settle_merge(
        draft, by=world.author, base_version=draft.version, keep_mine=set()
    )
    assert saved.submission.version == draft.version


def test_a_save_that_lost_the_race_against_handing_in_ends(world: World) -> None:
    draft = world.draft()
    world.hand_in(world.again(draft))
    with pytest.raises(NotEditable):
        drafting._reread(draft)


def test_a_merge_of_what_was_handed_in_meanwhile_is_refused(world: World) -> None:
    draft, client = world.draft(), client_of(world.author)
    facts = {"by": world.author, "base_version": draft.version}
    drafting.save(world.again(draft), answers={"title": "演示另一窗口的名称"}, **facts)
    with pytest.raises(drafting.StaleVersion):
        drafting.save(world.again(draft), answers={"title": "演示这个窗口的名称"}, **facts)
    now = world.again(draft)
    world.hand_in(now)
    sent = {"version": world.again(draft).version, "choice-title": "mine"}
    answer = client.post(world.process.address("merge", draft.pk), sent)
    assert answer["Location"] == world.process.address("edit", draft.pk)
    assert world.again(draft).title == "演示另一窗口的名称"


def test_who_is_not_signed_in_or_was_locked_out_sees_no_record(world: World) -> None:
    world.at_unit()
    assert not visible_to(AnonymousUser(), world.process).exists()  # type: ignore[arg-type]
    world.author.is_active = False
    assert not visible_to(world.author, world.process).exists()


def test_planning_and_audit_see_every_batch_receipt(world: World) -> None:
    batch = world.endorse(world.at_unit())
    for role in (Role.PLANNER, Role.AUDIT_ADMIN):
        assert list(visible_batches(make_staff(role), world.process)) == [batch]
    assert not visible_batches(world.stranger, world.process).exists()


def test_authors_reminded_today_are_not_reminded_again(world: World) -> None:
    world.draft()
    client, address = client_of(world.science), world.process.address("unit-remind")
    said = []
    for _twice in range(2):
        sent = {"chosen": world.author.pk, "sure": "1", "key": fresh_key()}
        said.append(words_of(client.post(address, sent, follow=True)))
    assert "已提醒 1 人" in said[0]
    assert "都已提醒过" in said[1]


@pytest.mark.parametrize(
    "case",
    [one for one in CASES if one.process.states(Phase.RECOMMENDING)],
    ids=lambda one: one.name,
)
class TestRecommending:
    """Only of processes whose line leads to a recommending body."""

    def test_the_only_process_opens_its_list(self, world: World) -> None:
        answer = client_of(world.recommender).get(reverse("submissions:recommending"))
        assert answer["Location"] == world.process.address("recommending")

    def test_what_is_too_late_is_not_passed_on(self, world: World) -> None:
        waiting, client = world.at_recommender(), client_of(world.recommender)
        closes = world.call.windows.get(purpose=RECOMMEND).closes_at
        address = world.process.address("recommend", waiting.pk)
        with travel_to(closes + timedelta(seconds=1)):
            said = client.post(address, {"key": fresh_key()}, follow=True)
        assert "截止" in words_of(said)
        assert world.again(waiting).phase == Phase.RECOMMENDING

    def test_a_remark_on_no_field_is_refused_by_the_body_s_page(self, world: World) -> None:
        waiting, client = world.at_recommender(), client_of(world.recommender)
        address = world.process.address("recommender-return", waiting.pk)
        said = client.post(address, {"reason": "改", "on-nowhere": "改"})
        assert said.status_code == 422
        assert "没有这个栏目" in words_of(said)

    def test_an_enterprise_s_draft_goes_on_to_the_body(self, world: World) -> None:
        author = make_user()
        world.unit = make_organisation("enterprise", administrator=author)
        draft = world.draft(author=User.objects.get(pk=author.pk))
        assert following_of(draft) == "提交给推荐单位审核"
