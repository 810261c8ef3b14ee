"""Reminders: before a deadline, before and after a due date, and of what is left lying."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import join, load_notice, make_organisation, make_user
from tests.suggestions.factories import administrator_of, again, make_draft
from tests.suggestions.scenes import make_bureau, suggestion_in
from xinghai.accounts.models import User
from xinghai.kernel.clock import travel_to
from xinghai.kernel.models import Message
from xinghai.submissions.scheduled_reminders import remind
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

CITY = ZoneInfo("Asia/Shanghai")
# The 2024 notice collects until the end of 29 February.
BEGUN = datetime(2024, 2, 10, 15, tzinfo=CITY)


def on(day: int, hour: int = 10, month: int = 2) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=CITY)


def reminders_of(person: User) -> list[str]:
    rows = Message.objects.filter(recipient=person, topic="submissions.reminders").order_by("pk")
    return [row.subject for row in rows]


def a_draft(begun: datetime = BEGUN, kind: str = "enterprise") -> Suggestion:
    with travel_to(begun):
        draft = make_draft(load_notice("2024"), "ZDYF" if kind == "enterprise" else "CXJJ-HM")
    Suggestion.objects.filter(pk=draft.pk).update(title="余热利用", state_since=begun)
    return again(draft)


def look(*moments: datetime) -> None:
    for moment in moments:
        remind(moment)


def test_drafts_are_remembered_seven_three_and_one_days_before_the_deadline() -> None:
    author = a_draft().author
    look(on(21), on(22, 8))
    assert reminders_of(author) == [], "eight days before, and before nine in the morning"
    look(*(on(day) for day in range(22, 30)), on(1, month=3))
    assert reminders_of(author) == [
        "还有 7 天截止：1 条建议还没有提交",
        "还有 3 天截止：1 条建议还没有提交",
        "还有 1 天截止：1 条建议还没有提交",
    ]
    assert "余热利用" in Message.objects.filter(recipient=author).latest("pk").body


def test_looking_again_the_same_day_says_nothing_twice() -> None:
    author = a_draft().author
    look(on(22), on(22, 11), on(22, 23))
    assert len(reminders_of(author)) == 1


def test_a_look_that_was_missed_is_made_up_with_the_days_really_left() -> None:
    author = a_draft().author
    look(on(24))
    assert reminders_of(author) == ["还有 5 天截止：1 条建议还没有提交"]


def test_whoever_began_after_the_mark_knows_the_deadline() -> None:
    author = a_draft(begun=on(23)).author
    look(on(23, 12), on(25))
    assert reminders_of(author) == []
    look(on(26))
    assert len(reminders_of(author)) == 1


def test_two_drafts_of_one_author_are_one_letter() -> None:
    first = a_draft()
    second = a_draft()
    Suggestion.objects.filter(pk=second.pk).update(author=first.author)
    look(on(22))
    assert reminders_of(first.author) == ["还有 7 天截止：2 条建议还没有提交"]


def test_a_university_hears_that_its_review_comes_first_and_what_waits_for_it() -> None:
    call, bureau = load_notice("2024"), make_bureau()
    with travel_to(BEGUN):
        suggestion = suggestion_in("unit_review", call, bureau, kind="university")
    Suggestion.objects.filter(pk=suggestion.pk).update(state_since=BEGUN)
    office = administrator_of(suggestion.organisation)
    look(on(22))
    assert reminders_of(office)[0] == "还有 7 天截止：1 条建议等本单位审核"
    assert reminders_of(suggestion.author) == [], "it has left the author's desk"


def returned() -> Suggestion:
    call = load_notice("2024")
    suggestion = suggestion_in("returned_by_office", call, make_bureau())
    Suggestion.objects.filter(pk=suggestion.pk).update(due_on=on(20).date())
    return again(suggestion)


def test_a_correction_is_asked_for_before_and_after_it_is_due() -> None:
    suggestion = returned()
    unit = administrator_of(suggestion.organisation)
    look(*(on(day) for day in range(15, 28)))
    number = suggestion.number
    assert reminders_of(suggestion.author) == [
        f"还有 3 天：请修改 {number}",
        f"还有 1 天：请修改 {number}",
        f"已过修改期限：{number}",
    ]
    assert reminders_of(unit) == [f"已过修改期限：{number}"]


def test_what_lies_for_a_week_is_told_once_a_week_to_whoever_holds_it() -> None:
    call, bureau = load_notice("2024"), make_bureau()
    at_office = suggestion_in("submitted", call, bureau)
    in_triage = suggestion_in("triage", call, bureau)
    at_unit = suggestion_in("unit_review", call, bureau, kind="university")
    since = on(1, month=4)
    suggestions = Suggestion.objects.filter(pk__in=[at_office.pk, in_triage.pk, at_unit.pk])
    suggestions.update(state_since=since)
    look(since + timedelta(days=6))
    assert not Message.objects.filter(topic="submissions.reminders").exists()
    monday = on(15, month=4)
    look(monday, monday + timedelta(days=1), monday + timedelta(days=4))
    assert reminders_of(bureau.officer) == ["本处有 1 条建议超过一周没有办理"]
    assert reminders_of(bureau.planner) == ["有 1 条建议超过一周没有分派"]
    assert reminders_of(administrator_of(at_unit.organisation)) == [
        "本单位有 1 条建议超过一周没有审核"
    ]
    assert reminders_of(bureau.other_officer) == []
    look(monday + timedelta(days=7))
    assert len(reminders_of(bureau.officer)) == 2


def test_nobody_is_reminded_by_an_empty_house() -> None:
    load_notice("2024")
    person = make_user()
    join(person, make_organisation())
    assert remind(on(22)) == 0
