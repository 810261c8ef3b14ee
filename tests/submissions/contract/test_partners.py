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
    client, address = client_of(person), f"/my/parts/{part.pk}/"
    assert client.post(address, {"do": "submit"}).status_code == 404


def test_who_no_longer_takes_part_reads_nothing_the_author_writes(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    part, client = ask(world, joint, enterprise), client_of(person)
    client.post(f"/my/parts/{part.pk}/decline/", {"reason": "演示"})
    assert Partner.objects.get().state == "declined"
    save(joint, by=world.author, base_version=joint.version, answers={"title": "演示后来的名称"})
    for address in (f"/my/parts/{part.pk}/", f"/my/parts/{part.pk}/merge/"):
        assert client.get(address).status_code == 404
    assert "演示后来的名称" not in html_of(client.get("/my/parts/"))


SECRET = "演示作者自己的话"


def test_a_partner_is_not_told_the_authors_words_by_naming_a_field(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    part, field = ask(world, joint, enterprise), world.case.text_field
    save(joint, by=world.author, base_version=joint.version, answers={field: SECRET})
    answer = client_of(person).post(
        f"/my/parts/{part.pk}/save/",
        {"version": world.again(joint).version, "answers": {field: "x"}},
        content_type="application/json",
    )
    assert answer.status_code == 200
    assert field not in answer.json().get("answers", {})


def test_a_partner_chooses_between_no_words_but_the_own(
    world: World, joint: Submission, enterprise: Organisation, person: User
) -> None:
    part, field = ask(world, joint, enterprise), world.case.part_field
    base, client = joint.version, client_of(person)
    for words in ("甲窗口", "乙窗口"):
        sent = {"version": base, "answers": {field: words}}
        client.post(f"/my/parts/{part.pk}/save/", sent, content_type="application/json")
        save(
            now := world.again(joint),
            by=world.author,
            base_version=now.version,
            answers={world.case.text_field: f"{SECRET}{words}"},
        )
    page = html_of(client.get(f"/my/parts/{part.pk}/merge/"))
    assert f"choice-{field}" in page
    assert f"choice-{world.case.text_field}" not in page
    assert SECRET not in page


def test_a_stranger_opens_no_part(
    world: World, joint: Submission, enterprise: Organisation
) -> None:
    part = ask(world, joint, enterprise)
    assert client_of(make_user()).get(f"/my/parts/{part.pk}/").status_code == 404
