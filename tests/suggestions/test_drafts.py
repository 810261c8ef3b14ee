"""Writing: nobody's text is ever overwritten silently, and every version comes back."""

from typing import Any

import pytest

from tests.factories import load_notice, make_organisation, make_user
from tests.suggestions.factories import (
    again,
    in_the_window,
    make_draft,
    make_submitted,
    start,
)
from xinghai.calls.models import Call
from xinghai.kernel.clock import travel_to
from xinghai.submissions.exceptions import CannotStart, NotEditable, StaleVersion
from xinghai.submissions.models import UnmergedDraft
from xinghai.submissions.services.drafting import (
    Saved,
    compare_unmerged,
    discard,
    restore,
    save,
    settle_merge,
)
from xinghai.submissions.services.drafting import start as begin
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db


def type_in(suggestion: Suggestion, base_version: int, **answers: Any) -> Saved:
    """Save as one window does, from a fresh look at the record."""
    return save(
        again(suggestion),
        by=suggestion.author,
        base_version=base_version,
        answers=answers,
    )


def test_the_profile_fills_a_new_draft(call: Call) -> None:
    author = make_user(name="演示研发经理", job_title="研发经理")
    enterprise = make_organisation(administrator=author)
    with in_the_window():
        draft = start(call, "ZDYF", author=author, organisation=enterprise)
    answers = draft.answers
    assert answers["unit_uscc"] == enterprise.uscc
    assert answers["contact_name"] == "演示研发经理"
    assert (answers["unit_type"], answers["unit_district"]) == ("enterprise", "high_tech")


def test_a_type_that_is_not_for_this_kind_cannot_be_begun(call: Call) -> None:
    author = make_user()
    university = make_organisation("university", administrator=author)
    with in_the_window(), pytest.raises(CannotStart, match="高等院校"):
        start(call, "ZDYF", author=author, organisation=university)


def test_every_save_is_a_version_that_can_be_restored(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call, title="第一个演示名称")
        first = draft.version
        type_in(draft, first, title="第二个演示名称")
        restore(again(draft), draft.revisions.get(version=first), by=draft.author)
    stored = again(draft)
    assert stored.title == "第一个演示名称"
    assert [revision.version for revision in stored.revisions.order_by("version")] == [1, 2, 3, 4]
    assert stored.revisions.get(version=3).answers["title"] == "第二个演示名称"


def test_two_windows_in_different_fields_are_brought_together(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call)
        base = draft.version
        type_in(draft, base, title="甲窗口写的演示名称")
        second = type_in(draft, base, background="乙窗口写的背景。" * 20)
    stored = again(draft)
    assert second.brought_together
    assert stored.title == "甲窗口写的演示名称"
    assert stored.answers["background"].startswith("乙窗口写的背景")


def test_two_windows_in_the_same_field_end_in_the_merge_view(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call)
        base = draft.version
        type_in(draft, base, title="甲窗口写的演示名称")
        with pytest.raises(StaleVersion):
            type_in(draft, base, title="乙窗口写的演示名称")
    stored = again(draft)
    unmerged = UnmergedDraft.objects.get(dossier=draft.pk)
    conflicts = compare_unmerged(stored, unmerged, draft.author).conflicts
    assert stored.title == "甲窗口写的演示名称"
    assert [(one.field, one.mine, one.theirs) for one in conflicts] == [
        ("title", "乙窗口写的演示名称", "甲窗口写的演示名称")
    ]


@pytest.mark.parametrize(
    ("keep", "title"), [({"title"}, "乙窗口写的演示名称"), (set(), "甲窗口写的演示名称")]
)
def test_the_merge_view_keeps_what_the_person_chooses(
    call: Call, keep: set[str], title: str
) -> None:
    with in_the_window():
        draft = make_draft(call)
        base = draft.version
        type_in(draft, base, title="甲窗口写的演示名称")
        with pytest.raises(StaleVersion):
            type_in(draft, base, title="乙窗口写的演示名称")
        stored = again(draft)
        settle_merge(stored, by=draft.author, base_version=stored.version, keep_mine=keep)
    assert again(draft).title == title
    assert not UnmergedDraft.objects.exists()


def test_a_save_that_loses_the_race_by_a_moment_is_not_lost(call: Call) -> None:
    """Both windows read version n before either writes; the version in the WHERE decides."""
    with in_the_window():
        draft = make_draft(call)
        mine, theirs = again(draft), again(draft)
        for record, title in ((theirs, "先到的演示名称名称"), (mine, "后到的演示名称名称")):
            answers = {"title": title}
            if record is theirs:
                save(
                    record,
                    by=draft.author,
                    base_version=draft.version,
                    answers=answers,
                )
                continue
            with pytest.raises(StaleVersion):
                save(
                    record,
                    by=draft.author,
                    base_version=draft.version,
                    answers=answers,
                )
    assert UnmergedDraft.objects.get(dossier=draft.pk).answers["title"] == "后到的演示名称名称"


def test_the_guide_table_follows_the_suggestion_until_somebody_writes_there(call: Call) -> None:
    with in_the_window():
        author = make_user()
        draft = start(
            call, "ZDYF", author=author, organisation=make_organisation(administrator=author)
        )
        type_in(draft, draft.version, title="跟随的演示名称")
        followed = again(draft)
        assert followed.answers["nj_title"] == "跟随的演示名称"
        save(
            followed,
            by=author,
            base_version=followed.version,
            answers={"nj_title": "自己写的指南方向"},
        )
        type_in(draft, again(draft).version, title="再次改动的演示名称")
    assert again(draft).answers["nj_title"] == "自己写的指南方向"


def test_what_has_been_handed_in_cannot_be_edited(call: Call) -> None:
    with in_the_window():
        submitted = make_submitted(call)
        with pytest.raises(NotEditable):
            type_in(submitted, submitted.version, title="不该生效的演示名称")
    assert again(submitted).version == submitted.version


def test_somebody_else_cannot_edit(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call)
        with pytest.raises(NotEditable):
            save(
                again(draft),
                by=make_user(),
                base_version=draft.version,
                answers={"title": "别人写的演示名称"},
            )


def test_read_only_and_unknown_fields_are_not_taken_from_the_browser(call: Call) -> None:
    with in_the_window():
        draft = make_draft(call)
        type_in(draft, draft.version, unit_uscc="91210200MA00000000", invented="x")
    stored = again(draft)
    assert stored.answers["unit_uscc"] == draft.organisation.uscc
    assert "invented" not in stored.answers


def test_only_a_draft_that_was_never_handed_in_can_be_discarded(call: Call) -> None:
    with in_the_window():
        draft, submitted = make_draft(call), make_submitted(call)
        discard(draft, by=draft.author)
        with pytest.raises(NotEditable):
            discard(submitted, by=submitted.author)
    assert list(Suggestion.objects.all()) == [submitted]


def test_an_earlier_record_can_be_copied_without_its_commitments(call: Call) -> None:
    with in_the_window():
        old = make_draft(call, title="上一次的演示名称")
        chosen = call.categories.get(code="ZDYF")
        copied = begin(
            SUGGESTIONS,
            call,
            chosen,
            by=old.author,
            organisation=old.organisation,
            copy_from=again(old),
        )
    assert copied.title == "上一次的演示名称"
    assert copied.answers["background"] == old.answers["background"]
    assert not copied.answers.get("not_secret")


def test_a_2022_record_renders_its_own_form_after_2024_is_loaded() -> None:
    old_call = load_notice("2022-1")
    with travel_to(old_call.windows.all()[0].opens_at):
        old = make_draft(old_call, "JBGS")
    load_notice("2024")
    form = again(old).form.form
    assert form.id == "2022-1"
    assert form.field("trl_now") is None, "2022 had no readiness levels"
    assert form.field("c_stages") is not None, "2022 asked for staged indicators"
