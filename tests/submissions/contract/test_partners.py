"""A partner is asked, fills its part and confirms; only then is the record handed in."""

import pytest

from tests.factories import make_organisation, make_user
from tests.pages import client_of, controls, html_of
from tests.submissions.contract.world import World
from xinghai.accounts.models import Organisation, User
from xinghai.kernel.models import Message
from xinghai.submissions.answers import reference_to
from xinghai.submissions.exceptions import NotReady
from xinghai.submissions.models import Partner, Submission
from xinghai.submissions.services.drafting import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def enterprise() -> Organisation:
    person = make_user(name="演示合作方")
    return make_organisation("enterprise", administrator=person)


@pytest.fixture
def person(enterprise: Organisation) -> User:
    return User.objects.get(memberships__organisation=enterprise)


@pytest.fixture
def joint(world: World, enterprise: Organisation) -> Submission:
    """A draft that names the enterprise as its partner."""
    named = {world.case.joint_field: reference_to(enterprise)}
    return world.draft(category=world.case.joint_category, **named)


def ask(world: World, joint: Submission, enterprise: Organisation) -> Partner:
    sent = {"whom": enterprise.uscc, "side": "partner"}
    client_of(world.author).post(world.process.address("partner-ask", joint.pk), sent)
    return Partner.objects.get(dossier=joint.pk)


def test_a_named_partner_must_confirm_before_it_is_handed_in(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    with pytest.raises(NotReady) as held:
        world.hand_in(joint)
    assert {one.field for one in held.value.report.blocking} == {world.case.joint_field}

    part, client = ask(world, joint, enterprise), client_of(person)
    address = f"/my/parts/{part.pk}/"
    page = client.get(address)
    assert joint.title in html_of(page)
    sent = {**controls(page), world.case.part_field: "演示投入", "do": "submit"}
    assert client.post(address, sent)["Location"] == address

    confirmed = world.again(joint)
    assert confirmed.answers[world.case.part_field] == "演示投入"
    assert Partner.objects.get().state == "confirmed"
    assert world.hand_in(confirmed).state == "unit_review"


def test_the_partner_is_told_and_finds_the_part_in_its_list(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    ask(world, joint, enterprise)
    assert Message.objects.filter(recipient=person, subject_text__contains="合作部分").count() == 1
    assert joint.title in html_of(client_of(person).get("/my/parts/"))
    assert joint.title not in html_of(client_of(make_user()).get("/my/parts/"))


def test_a_partner_writes_its_own_part_alone(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    ask(world, joint, enterprise)
    stored = world.again(joint)
    typed = {"title": "合作方改的名称", world.case.part_field: "演示投入"}
    save(stored, by=person, base_version=stored.version, answers=typed)
    after = world.again(joint)
    assert (after.title, after.answers[world.case.part_field]) == (joint.title, "演示投入")


def test_an_author_does_not_write_the_partners_part(world: World, joint: Submission) -> None:
    typed = {world.case.part_field: "作者代写"}
    save(joint, by=world.author, base_version=joint.version, answers=typed)
    assert world.again(joint).answers.get(world.case.part_field) in (None, "")


def test_an_invitation_is_taken_back(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    part = ask(world, joint, enterprise)
    client_of(world.author).post(f"/my/partners/{part.pk}/withdraw/")
    assert Partner.objects.get().state == "withdrawn"
    assert client_of(person).post(f"/my/parts/{part.pk}/", {"do": "submit"}).status_code in (
        404,
        409,
    )


def test_a_stranger_opens_no_part(
    world: World, joint: Submission, enterprise: Organisation
) -> None:
    part = ask(world, joint, enterprise)
    assert client_of(make_user()).get(f"/my/parts/{part.pk}/").status_code == 404
