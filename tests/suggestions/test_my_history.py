"""Earlier versions: list, compare, restore; and two windows brought together."""

import pytest

from tests.pages import client_of, html_of, queries_of
from tests.suggestions.factories import again, in_the_window, make_draft, make_submitted
from xinghai.calls.models import Call
from xinghai.submissions.exceptions import StaleVersion
from xinghai.submissions.models import UnmergedDraft
from xinghai.submissions.services import drafting as drafts
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(call: Call) -> Suggestion:
    return make_draft(call, title="演示：第一版的名称")


def save(suggestion: Suggestion, version: int, **answers: str) -> None:
    drafts.save(
        again(suggestion),
        by=suggestion.author,
        base_version=version,
        answers=answers,
    )


def test_two_versions_are_compared_field_by_field(draft: Suggestion) -> None:
    save(draft, draft.version, title="演示：第二版的名称")
    client = client_of(draft.author)
    versions = {"a": draft.version, "b": draft.version + 1}
    answer = client.get(f"/my/suggestions/{draft.pk}/history/", versions)
    changed = [(one.field, one.before, one.after) for one in answer.context["changes"]]
    assert ("title", "演示：第一版的名称", "演示：第二版的名称") in changed
    page = html_of(answer)
    assert "<del>一</del>" in page
    assert "<ins>二</ins>" in page


def test_an_earlier_version_is_restored_and_the_later_one_kept(draft: Suggestion) -> None:
    first = draft.version
    save(draft, first, title="演示：第二版的名称")
    answer = client_of(draft.author).post(f"/my/suggestions/{draft.pk}/history/{first}/")
    assert answer["Location"] == f"/my/suggestions/{draft.pk}/edit/"
    assert again(draft).title == "演示：第一版的名称"
    assert draft.revisions.get(version=first + 1).answers["title"] == "演示：第二版的名称"


def test_what_is_with_the_office_cannot_be_restored(call: Call) -> None:
    with in_the_window():
        sent = make_submitted(call)
    client = client_of(sent.author)
    assert "data-dialog" not in html_of(client.get(f"/my/suggestions/{sent.pk}/history/"))
    answer = client.post(f"/my/suggestions/{sent.pk}/history/1/", follow=True)
    assert "不能修改" in html_of(answer)
    assert again(sent).version == sent.version


def test_an_unknown_version_is_not_found(draft: Suggestion) -> None:
    client = client_of(draft.author)
    assert client.get(f"/my/suggestions/{draft.pk}/history/", {"a": 1, "b": 99}).status_code == 404
    assert client.post(f"/my/suggestions/{draft.pk}/history/99/").status_code == 404


def torn(draft: Suggestion) -> Suggestion:
    """Two windows have written the same field, and one of them another one too."""
    base = draft.version
    save(draft, base, title="演示：别处的名称")
    with pytest.raises(StaleVersion):
        save(draft, base, title="演示：这边的名称", background="只有这边写的背景。")
    return again(draft)


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "演示：这边的名称"), ("theirs", "演示：别处的名称")]
)
def test_the_person_chooses_between_two_windows(draft: Suggestion, choice: str, title: str) -> None:
    newest = torn(draft)
    client = client_of(draft.author)
    address = f"/my/suggestions/{draft.pk}/merge/"
    shown = client.get(address)
    assert [one.field for one in shown.context["conflicts"]] == ["title"]
    answer = client.post(address, {"version": newest.version, "choice-title": choice})
    assert answer["Location"] == f"/my/suggestions/{draft.pk}/edit/"
    merged = again(draft)
    assert merged.title == title
    assert merged.answers["background"] == "只有这边写的背景。"
    assert not UnmergedDraft.objects.exists()


def test_nothing_is_merged_while_a_choice_is_missing(draft: Suggestion) -> None:
    newest = torn(draft)
    client = client_of(draft.author)
    address = f"/my/suggestions/{draft.pk}/merge/"
    answer = client.post(address, {"version": newest.version})
    assert "每一处都要选一个" in html_of(answer)
    assert UnmergedDraft.objects.exists()
    assert again(draft).version == newest.version


def test_a_save_meanwhile_asks_again(draft: Suggestion) -> None:
    newest = torn(draft)
    save(draft, newest.version, feasibility="又在别处写了。")
    client = client_of(draft.author)
    address = f"/my/suggestions/{draft.pk}/merge/"
    answer = client.post(address, {"version": newest.version, "choice-title": "mine"})
    assert answer["Location"] == address
    assert UnmergedDraft.objects.exists()


def test_without_anything_to_merge_the_page_leads_back(draft: Suggestion) -> None:
    answer = client_of(draft.author).get(f"/my/suggestions/{draft.pk}/merge/")
    assert answer["Location"] == f"/my/suggestions/{draft.pk}/edit/"


def test_the_history_costs_the_same_with_two_versions_and_with_four(draft: Suggestion) -> None:
    client, address = client_of(draft.author), f"/my/suggestions/{draft.pk}/history/"
    client.get(address)
    first = queries_of(client, address)
    for number in range(2):
        save(draft, draft.version + number, title=f"演示：再改一版{number}")
    assert queries_of(client, address) == first
