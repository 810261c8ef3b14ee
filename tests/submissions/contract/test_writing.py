"""Beginning and writing a record: one page, autosave with its version, two windows, history."""

import json
import re
from typing import Any

import pytest
from django.http import HttpResponse

from tests.factories import make_organisation, make_user
from tests.pages import client_of, controls, html_of, words_of
from tests.submissions.contract.world import World
from xinghai.accounts.models import User
from xinghai.submissions.exceptions import NotReady
from xinghai.submissions.models import Revision, Submission, UnmergedDraft
from xinghai.submissions.process import every_process

pytestmark = pytest.mark.django_db


def autosave(world: World, submission: Submission, version: int, **answers: Any) -> HttpResponse:
    return client_of(world.author).post(
        world.process.address("save", submission.pk),
        json.dumps({"version": version, "answers": answers, "key": ""}),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


def test_a_draft_begins_on_the_page_of_its_call(world: World) -> None:
    client, address = client_of(world.author), world.process.address("start", world.call.code)
    assert world.call.categories.get(code=world.case.category).name in words_of(client.get(address))
    answer = client.post(address, {"category": world.case.category, "organisation": world.unit.pk})
    begun = world.process.records.objects.get()
    assert answer["Location"] == world.process.address("edit", begun.pk)
    assert (begun.author, begun.organisation, begun.state) == (world.author, world.unit, "draft")
    assert begun.dossier.process == world.process.key


def test_the_call_of_one_process_begins_no_record_of_another(world: World) -> None:
    others = [one for one in every_process() if one != world.process]
    client = client_of(world.author)
    statuses = [client.get(one.address("start", world.call.code)).status_code for one in others]
    assert statuses == [404] * len(others)


def test_an_autosave_answers_with_its_version_and_report(world: World) -> None:
    begun = world.begin()
    said = autosave(world, begun, begun.version, title="演示：自动保存").json()
    stored = world.again(begun)
    assert said["version"] == stored.version == begun.version + 1
    assert said["saved_at"] == stored.saved_at.isoformat()
    assert "title" not in {one["field"] for one in said["report"]["problems"]}
    assert stored.title == "演示：自动保存"


def test_the_same_words_again_make_no_version(world: World) -> None:
    draft = world.draft()
    assert autosave(world, draft, draft.version, title=draft.title).status_code == 200
    assert world.again(draft).version == draft.version


def test_two_windows_in_different_fields_are_brought_together(world: World) -> None:
    draft, text = world.draft(), world.case.text_field
    autosave(world, draft, draft.version, title="演示：第一窗口的名称")
    assert (
        autosave(world, draft, draft.version, **{text: "第二窗口的内容。" * 20}).status_code == 200
    )
    both = world.again(draft)
    assert (both.title, both.answers[text]) == ("演示：第一窗口的名称", "第二窗口的内容。" * 20)


def test_two_windows_in_one_field_are_asked_about(world: World) -> None:
    draft, client = world.draft(), client_of(world.author)
    merging = world.process.address("merge", draft.pk)
    autosave(world, draft, draft.version, title="演示：先到的名称")
    late = autosave(world, draft, draft.version, title="演示：后到的名称")
    assert (late.status_code, late.json()["merge_url"]) == (409, merging)
    page = client.get(merging)
    sides = re.sub(r"<[^>]+>", "", html_of(page))
    assert "演示：先到的名称" in sides
    assert "演示：后到的名称" in sides
    client.post(merging, {"version": world.again(draft).version, "choice-title": "mine"})
    assert world.again(draft).title == "演示：后到的名称"
    assert not UnmergedDraft.objects.exists()


def test_every_version_is_kept_and_an_earlier_one_restored(world: World) -> None:
    draft, client = world.draft(), client_of(world.author)
    autosave(world, draft, draft.version, title="演示：改坏了的名称")
    page = client.get(world.process.address("history", draft.pk))
    assert page.status_code == 200
    client.post(world.process.address("restore", draft.pk, draft.version))
    back = world.again(draft)
    assert (back.title, back.version) == (draft.title, draft.version + 2)
    assert Revision.objects.filter(dossier=draft.pk).count() == back.version


@pytest.mark.parametrize("name", ["edit", "preview", "print", "precheck", "record", "history"])
def test_each_page_of_a_draft_names_it(world: World, name: str) -> None:
    draft = world.draft()
    page = client_of(world.author).get(world.process.address(name, draft.pk))
    assert page.status_code == 200
    assert draft.title in html_of(page)


def test_posting_the_page_untouched_changes_nothing(world: World) -> None:
    draft, client = world.draft(), client_of(world.author)
    address = world.process.address("edit", draft.pk)
    sent = {**controls(client.get(address)), "do": "save"}
    assert client.post(address, sent).status_code == 302
    after = world.again(draft)
    assert (after.answers, after.version) == (draft.answers, draft.version)


def test_what_is_incomplete_is_not_handed_in(world: World) -> None:
    begun = world.begin()
    with pytest.raises(NotReady):
        world.hand_in(begun)
    assert world.again(begun).state == "draft"


def test_a_draft_is_handed_in_from_its_preview(world: World) -> None:
    draft, client = world.draft(), client_of(world.author)
    client.get(world.process.address("preview", draft.pk))
    client.post(world.process.address("submit", draft.pk), {"version": draft.version, "key": "k"})
    assert world.again(draft).state == "unit_review"


def test_a_draft_never_handed_in_is_discarded(world: World) -> None:
    draft = world.draft()
    client_of(world.author).post(world.process.address("discard", draft.pk))
    assert not world.process.records.objects.filter(pk=draft.pk).exists()


def test_a_new_one_begins_as_a_copy_of_an_earlier_one(world: World) -> None:
    earlier, client = world.draft(), client_of(world.author)
    address = world.process.address("start", world.call.code)
    assert earlier.title in words_of(client.get(address))
    sent = {"category": world.case.category, "organisation": world.unit.pk}
    client.post(address, {**sent, "copy_from": earlier.pk})
    copy = world.process.records.objects.exclude(pk=earlier.pk).get()
    assert copy.answers["title"] == earlier.title


def test_the_page_says_where_it_is_handed_in_to(world: World) -> None:
    draft = world.draft()
    page = words_of(client_of(world.author).get(world.process.address("preview", draft.pk)))
    assert str(world.process.workflow.by_name["send_to_unit"].label) in page
    author = make_user()
    vars(world)["unit"] = make_organisation("enterprise", administrator=author)
    author = User.objects.get(pk=author.pk)
    direct = world.draft(author=author, category=world.case.joint_category)
    page = words_of(client_of(author).get(world.process.address("preview", direct.pk)))
    edge = "send_to_recommender" if world.has_recommender else "submit"
    assert str(world.process.workflow.by_name[edge].label) in page
