"""Stored versions are thinned at night: an hour of typing leaves one version a quarter."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import QuerySet
from pytest_django.fixtures import Settings

from tests import racing
from tests.factories import load_notice
from tests.pages import client_of, html_of
from tests.suggestions.factories import again, in_the_window, make_draft, make_submitted
from xinghai.calls.models import Call
from xinghai.kernel import events
from xinghai.kernel.clock import travel_to
from xinghai.submissions import thinning
from xinghai.submissions.exceptions import StaleVersion
from xinghai.submissions.models import Receipt, Revision, UnmergedDraft
from xinghai.submissions.redacting import Reader
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.tasks import thin_versions
from xinghai.submissions.thinning import thin
from xinghai.submissions.versions import changed_since_it_went_back
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

NINE = datetime(2024, 2, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT = NINE + timedelta(days=3)


def begun(call: Call, moment: datetime = NINE) -> Suggestion:
    """A draft with the two versions its first minute brings: begun, and filled in."""
    with travel_to(moment):
        return make_draft(call)


def type_on(draft: Suggestion, *moments: datetime) -> None:
    """Store a version at each moment, as the page does by itself while somebody types."""
    for version, moment in enumerate(moments, draft.version + 1):
        title = {"title": f"演示：第{version}版的名称"}
        with travel_to(moment):
            drafts.save(
                again(draft),
                by=draft.author,
                base_version=version - 1,
                answers=title,
            )


def minutes(*numbers: float) -> list[datetime]:
    return [NINE + timedelta(minutes=number) for number in numbers]


def kept(draft: Suggestion) -> list[int]:
    return list(draft.revisions.order_by("version").values_list("version", flat=True))


def test_an_hour_of_typing_leaves_one_version_a_quarter(call: Call) -> None:
    draft = begun(call)
    rows = [
        Revision(
            dossier_id=draft.pk,
            version=draft.version + number,
            answers=draft.answers,
            saved_by=draft.author,
            saved_at=NINE + timedelta(seconds=4 * number),
        )
        for number in range(1, 900)
    ]
    Revision.objects.bulk_create(rows)
    assert len(kept(draft)) == 901
    assert thin(NIGHT) == 896
    last_of_each_quarter = [226, 451, 676, 901]
    assert kept(draft) == [1, *last_of_each_quarter]


def test_what_is_younger_than_two_days_is_kept_whole(call: Call) -> None:
    draft = begun(call)
    type_on(draft, *minutes(1, 2, 3))
    assert thin(NINE + timedelta(days=2)) == 0
    assert kept(draft) == [1, 2, 3, 4, 5]


def test_both_numbers_are_settings(call: Call, settings: Settings) -> None:
    draft = begun(call)
    type_on(draft, *minutes(16, 31, 46, 61))
    settings.REVISIONS_THINNED_TO = timedelta(hours=1)
    settings.REVISIONS_KEPT_WHOLE = timedelta(days=5)
    assert thin(NINE + timedelta(days=4)) == 0
    thin(NINE + timedelta(days=6))
    assert kept(draft) == [1, 5, 6]


def test_a_second_run_finds_nothing_to_do(call: Call) -> None:
    draft = begun(call)
    type_on(draft, *minutes(1, 2, 16, 17))
    assert thin(NIGHT) == 3
    before = kept(draft)
    assert thin(NIGHT) == 0
    assert kept(draft) == before == [1, 4, 6]


def test_many_are_deleted_in_bounded_batches(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, other = begun(call), begun(call)
    for one in (draft, other):
        type_on(one, *minutes(1, 2, 3, 4))
    monkeypatch.setattr(thinning, "BATCH", 3)
    assert thin(NIGHT) == 8
    assert kept(draft) == kept(other) == [1, 6]


def receive(draft: Suggestion) -> None:
    Receipt.objects.create(
        dossier_id=draft.pk, number="2024-00001", version=3, content_hash="0" * 64, received_at=NINE
    )


def name_in_an_event(draft: Suggestion) -> None:
    events.record("submit", draft, by=draft.author, data={"version": 3})


def name_another_in_an_event(draft: Suggestion) -> None:
    events.record("submit", draft, by=draft.author, data={"version": 33, "number": "3"})


def act_at_three(draft: Suggestion) -> None:
    with travel_to(NINE + timedelta(seconds=90)):
        events.record("recall", draft, by=draft.author)


def set_aside(draft: Suggestion) -> None:
    UnmergedDraft.objects.create(
        dossier_id=draft.pk,
        saved_by=draft.author,
        base_version=3,
        answers={},
        saved_at=NINE,
    )


def note(draft: Suggestion) -> None:
    draft.revisions.filter(version=3).update(note="merge")


def nothing(draft: Suggestion) -> None:
    assert kept(draft) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("refer", "stays"),
    [
        (nothing, [1, 5]),
        (name_another_in_an_event, [1, 5]),
        (receive, [1, 3, 5]),
        (name_in_an_event, [1, 3, 5]),
        (act_at_three, [1, 3, 5]),
        (set_aside, [1, 3, 5]),
        (note, [1, 3, 5]),
    ],
)
def test_what_something_refers_to_is_kept(
    call: Call, refer: Callable[[Suggestion], None], stays: list[int]
) -> None:
    draft = begun(call)
    type_on(draft, *minutes(1, 2, 3))
    refer(draft)
    thin(NIGHT)
    assert kept(draft) == stays


def test_a_version_another_suggestion_refers_to_is_not_kept_for_it(call: Call) -> None:
    draft, other = begun(call), begun(call)
    type_on(draft, *minutes(1, 2, 3))
    receive(other)
    name_in_an_event(other)
    set_aside(other)
    thin(NIGHT)
    assert kept(draft) == [1, 5]


def test_a_receipt_goes_on_matching_its_version(call: Call) -> None:
    with in_the_window():
        sent = make_submitted(call)
    receipt = sent.receipts.get()
    thin(NIGHT + timedelta(days=30))
    assert receipt.version in kept(sent)
    assert events.broken_links(events.history(sent), again(sent).event_head) == []


def test_what_changed_since_the_return_is_the_same_after_thinning(call: Call) -> None:
    draft = begun(call)
    type_on(draft, *minutes(1))
    with travel_to(NINE + timedelta(minutes=2)):
        events.record("unit_return", draft, by=draft.author)
    type_on(again(draft), *minutes(3, 4))
    trail = list(events.history(draft))
    before = changed_since_it_went_back(again(draft), trail, Reader.UNIT)
    assert before is not None
    assert [one.before for one in before.changes] == ["演示：第3版的名称"]
    thin(NIGHT)
    assert kept(draft) == [1, 3, 5]
    assert changed_since_it_went_back(again(draft), trail, Reader.UNIT) == before


def test_the_history_lives_with_gaps(call: Call) -> None:
    draft = begun(call)
    type_on(draft, *minutes(1, 2, 3))
    thin(NIGHT)
    client, address = client_of(draft.author), f"/my/suggestions/{draft.pk}/history/"
    page = client.get(address)
    assert [one.version for one in page.context["page"]] == [5, 1]
    assert "2 天以前的版本，每 15 分钟留最后一个" in html_of(page)
    compared = client.get(address, {"a": 1, "b": 5}).context["changes"]
    assert "演示：第5版的名称" in {one.after for one in compared}


def test_a_version_that_was_thinned_leads_back_to_the_list(call: Call) -> None:
    draft = begun(call)
    type_on(draft, *minutes(1, 2, 3))
    thin(NIGHT)
    client, address = client_of(draft.author), f"/my/suggestions/{draft.pk}/history/"
    for answer in (
        client.get(address, {"a": 3, "b": 5}, follow=True),
        client.post(f"{address}3/", follow=True),
    ):
        assert answer.redirect_chain == [(address, 302)]
        assert "不再单独保存" in html_of(answer)
    assert again(draft).version == 5


def save_late(draft: Suggestion, version: int, **answers: Any) -> None:
    drafts.save(again(draft), by=draft.author, base_version=version, answers=answers)


def test_a_window_whose_version_was_thinned_overwrites_nothing(call: Call) -> None:
    """Changed and changed back: beside the oldest version the title would look untouched."""
    draft = begun(call)
    first = draft.revisions.get(version=2).answers["title"]
    type_on(draft, *minutes(1))
    with travel_to(NINE + timedelta(minutes=16)):
        save_late(draft, 3, title="演示：这边开着的名称")
    with travel_to(NINE + timedelta(minutes=17)):
        save_late(draft, 4, title=first)
    draft.revisions.filter(version=2).update(note="merge")
    thin(NIGHT)
    assert kept(draft) == [1, 2, 3, 5]
    with pytest.raises(StaleVersion):
        save_late(draft, 4, title="演示：这边开着的名称", background="只有这边写的背景。")
    assert again(draft).title == first
    assert UnmergedDraft.objects.get().answers["background"] == "只有这边写的背景。"


def test_the_job_of_the_night_thins(call: Call) -> None:
    draft = begun(call)
    type_on(draft, *minutes(1, 2, 3))
    with travel_to(NIGHT):
        thin_versions(timestamp=0)
    assert kept(draft) == [1, 5]


def torn_while_thinning(monkeypatch: pytest.MonkeyPatch) -> Suggestion:
    """The thinning comes while a late window has read its base and would refer to it."""
    draft = begun(load_notice("2024"))
    type_on(draft, *minutes(1, 2, 3))
    thinner = racing.overtake(monkeypatch, drafts, "_set_aside", lambda: thin(NIGHT))
    with pytest.raises(StaleVersion):
        save_late(draft, 3, title="演示：这边的名称")
    thinner.join()
    return draft


@pytest.mark.django_db(transaction=True)
def test_the_base_of_a_draft_being_set_aside_is_not_thinned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = torn_while_thinning(monkeypatch)
    assert UnmergedDraft.objects.get().base_version == 3
    assert kept(draft) == [1, 3, 5]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_base_the_draft_refers_to_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The twin: the same save, its base read without a lock."""

    def read_base(suggestion: Suggestion, version: int) -> Revision | None:
        return suggestion.revisions.filter(version=version).first()

    monkeypatch.setattr(drafts, "_locked_base", read_base)
    draft = torn_while_thinning(monkeypatch)
    assert UnmergedDraft.objects.get().base_version == 3
    assert kept(draft) == [1, 5]


def set_aside_while_deleting(monkeypatch: pytest.MonkeyPatch) -> Suggestion:
    """A late window comes while the thinning has chosen its base and would delete it."""
    draft = begun(load_notice("2024"))
    type_on(draft, *minutes(1, 2, 3))

    def come_late() -> None:
        with pytest.raises(StaleVersion):
            save_late(draft, 3, title="演示：这边的名称")

    writer = racing.overtake(monkeypatch, thinning, "_delete", come_late)
    thin(NIGHT)
    writer.join()
    return draft


@pytest.mark.django_db(transaction=True)
def test_a_window_that_comes_while_its_base_is_deleted_is_asked_about_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = set_aside_while_deleting(monkeypatch)
    assert UnmergedDraft.objects.get().base_version == 0
    assert kept(draft) == [1, 5]


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_of_the_thinning_the_base_is_deleted_under_the_draft(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The twin: rows chosen without a lock, and deleted without a second look."""

    def choose(revisions: QuerySet[Revision]) -> list[int]:
        return list(revisions.order_by("pk").values_list("pk", flat=True))

    def delete(locked: list[int], now: datetime) -> int:
        return Revision.objects.filter(pk__in=locked).delete()[0]

    monkeypatch.setattr(thinning, "_lock", choose)
    monkeypatch.setattr(thinning, "_delete", delete)
    draft = set_aside_while_deleting(monkeypatch)
    assert UnmergedDraft.objects.get().base_version == 3
    assert kept(draft) == [1, 5]
