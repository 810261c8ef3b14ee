"""The research office's desk: by deadline, readiness and school; what changed; many at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import join, load_notice, make_organisation, make_user
from tests.pages import client_of, html_of, queries_of, words_of
from tests.suggestions.factories import (
    again,
    endorse,
    hand_in,
    in_the_window,
    make_draft,
    make_submitted,
    return_by_office,
)
from xinghai.accounts.models import Membership, Organisation, User
from xinghai.accounts.services import change_membership
from xinghai.calls.models import Call, Window
from xinghai.kernel.clock import database_now
from xinghai.submissions.endorsing import endorsing_rows
from xinghai.submissions.endorsing_list import endorsing_filters
from xinghai.submissions.filters import ListContext
from xinghai.submissions.models import Batch
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db

IN_THE_LIST = reverse("suggestions:unit-list")
HAND_IN = reverse("suggestions:unit-hand-in")
SCHOOLS = reverse("suggestions:unit-schools")


def teacher(
    university: Organisation, science: User, school: str = "", name: str = "演示甲"
) -> User:
    author = make_user(name=name)
    join(author, university)
    membership = Membership.objects.get(user=author)
    change_membership(membership, role="member", department=school, by=science)
    vars(author).pop("confirmed_memberships", None)
    return author


def suggestion_by(author: User, call: Call, university: Organisation, title: str) -> Suggestion:
    return make_submitted(call, "CXJJ-HM", author=author, organisation=university, title=title)


def spoil(suggestion: Suggestion) -> None:
    Suggestion.objects.filter(pk=suggestion.pk).update(answers={"title": suggestion.title})


def test_the_nearest_deadline_stands_first_and_no_deadline_last(
    call: Call, science: User, university: Organisation
) -> None:
    author, now = teacher(university, science), database_now()
    open_end, due_soon, closing = (
        suggestion_by(author, call, university, title)
        for title in ("没有截止的演示建议", "处室退回的演示建议", "快截止的演示建议")
    )
    due = (now + timedelta(days=2)).date()
    due_soon = hand_in(return_by_office(endorse(due_soon), due_on=due))
    other = load_notice("2022-1")
    other.windows.all().delete()
    for one, closes in ((call, now + timedelta(days=9)), (other, None)):
        one.windows.all().delete()
        Window.objects.create(
            call=one,
            kind="rolling",
            opens_at=now - timedelta(days=1),
            closes_at=closes,
            pool_tag="x",
        )
    Suggestion.objects.filter(pk=open_end.pk).update(call=other)
    every = endorsing_rows(science, SUGGESTIONS, now=now)
    context = ListContext(reader=science, now=now, rows=every)
    rows = endorsing_filters(SUGGESTIONS).read({}).narrow(context)
    assert [row.pk for row in rows] == [due_soon.pk, closing.pk, open_end.pk]


def test_filters_leave_what_was_asked_for_and_can_be_taken_away(
    call: Call, science: User, university: Organisation
) -> None:
    chen = teacher(university, science, "机械工程学院", "演示陈教授")
    liu = teacher(university, science, "", "演示刘讲师")
    ready = suggestion_by(chen, call, university, "写完了的演示建议")
    lacking = suggestion_by(liu, call, university, "缺内容的演示建议")
    spoil(lacking)
    client = client_of(science)
    for words, title in (
        ("school=机械工程学院", ready.title),
        ("school=none", lacking.title),
        (f"author={liu.pk}", lacking.title),
        ("ready=yes", ready.title),
        ("ready=no", lacking.title),
        ("q=陈教授", ready.title),
        ("call=2024", None),
        ("school=没有这个&author=999999999999999999999&ready=maybe&sort=x", ""),
    ):
        page = client.get(f"{IN_THE_LIST}?{words}")
        shown = {one.title for one in (ready, lacking) if f'id="row-{one.pk}"' in html_of(page)}
        assert shown == ({ready.title, lacking.title} if title is None else {title} - {""}), words
        assert "去掉这个条件" in words_of(page)


def test_an_empty_list_says_that_everything_is_reviewed(
    call: Call, science: User, university: Organisation
) -> None:
    assert "都审完了" in words_of(client_of(science).get(IN_THE_LIST))


def test_every_page_costs_the_same_with_one_suggestion_and_three(
    call: Call, science: User, university: Organisation
) -> None:
    author = teacher(university, science, "化工学院")
    client = client_of(science)
    addresses = [
        IN_THE_LIST,
        f"{IN_THE_LIST}?tab=all",
        SCHOOLS,
        reverse("suggestions:unit-reminders"),
    ]

    def more() -> None:
        suggestion_by(author, call, university, "又一条演示建议")
        make_draft(call, "CXJJ-HM", author=teacher(university, science), organisation=university)

    more()
    with_one = [queries_of(client, address) for address in addresses]
    more()
    more()
    assert [queries_of(client, address) for address in addresses] == with_one
    assert max(with_one) <= 15, with_one


def test_all_that_are_ready_go_with_one_tick_and_the_others_stay(
    call: Call, science: User, university: Organisation
) -> None:
    author = teacher(university, science)
    good, bad = (suggestion_by(author, call, university, f"可供提交的演示建议{n}") for n in "甲乙")
    spoil(bad)
    client = client_of(science)
    page = client.get(IN_THE_LIST)
    assert "选中全部可以提交的（1 条）" in words_of(page)
    asked = client.post(HAND_IN, {"everything": "1", "words": "tab=waiting"})
    assert good.title in words_of(asked)
    assert bad.title not in words_of(asked)


def test_what_cannot_go_is_skipped_with_its_reason_and_never_silently(
    call: Call, science: User, university: Organisation
) -> None:
    author = teacher(university, science)
    good, bad, gone = (
        suggestion_by(author, call, university, f"可供提交的演示建议{n}") for n in "甲乙丙"
    )
    spoil(bad)
    handing_in.recall(gone, by=author)
    Suggestion.objects.filter(pk=gone.pk).update(number="2024-99999")
    client = client_of(science)
    asked = client.post(HAND_IN, {"chosen": [good.pk, bad.pk, gone.pk]})
    said = words_of(asked)
    assert "把 1 条建议提交到市科技局" in said
    assert "会跳过的 2 条" in said
    assert "处要改，请退回给填报人" in said
    assert "已不在待审核状态" in said
    assert html_of(asked).count('type="hidden" name="chosen"') == 1
    assert not Batch.objects.exists()


def test_after_the_closing_nothing_can_go_and_the_page_says_so(
    call: Call, science: User, university: Organisation
) -> None:
    suggestion = suggestion_by(teacher(university, science), call, university, "迟到的演示建议")
    call.windows.all().delete()
    client = client_of(science)
    assert "征集已截止" in words_of(client.get(IN_THE_LIST))
    asked = words_of(client.post(HAND_IN, {"chosen": [suggestion.pk]}))
    assert "选中的都还不能提交" in asked


def test_a_suggestion_that_comes_back_shows_what_changed_since(
    call: Call, science: User, university: Organisation
) -> None:
    author = teacher(university, science)
    suggestion = suggestion_by(author, call, university, "原来的演示名称")
    client = client_of(science)
    address = reverse("suggestions:unit-record", args=[suggestion.pk])
    assert "退回以后改了什么" not in words_of(client.get(address))
    handing_in.return_to_author(suggestion, by=science, reason="名称再具体些")
    changed = again(suggestion)
    saved = drafts.save(
        changed,
        by=author,
        base_version=changed.version,
        answers={"title": "写具体了的演示名称"},
    ).submission
    handing_in.submit(saved, by=author, key="again", version=saved.version)
    page = client.get(address)
    said = words_of(page)
    assert "退回以后改了什么" in said
    assert "有 1 处不同" in said
    assert "<del>" in html_of(page)
    assert "<ins>" in html_of(page)


def test_the_pane_is_the_page_without_its_frame(
    call: Call, science: User, university: Organisation
) -> None:
    suggestion = suggestion_by(teacher(university, science), call, university, "又一条演示建议")
    client = client_of(science)
    for name in ("suggestions:unit-record", "suggestions:unit-return"):
        part = client.get(reverse(name, args=[suggestion.pk]), headers={"HX-Request": "true"})
        assert "<html" not in html_of(part)
        assert suggestion.title in html_of(part)


def test_after_a_return_one_is_back_at_the_own_list_and_never_elsewhere(
    call: Call, science: User, university: Organisation
) -> None:
    author = teacher(university, science)
    client = client_of(science)
    for back, arrived in (
        (
            "/unit/suggestions/?tab=waiting&school=none",
            "/unit/suggestions/?tab=waiting&school=none",
        ),
        ("https://elsewhere.example/unit/", IN_THE_LIST),
        ("//elsewhere.example/", IN_THE_LIST),
        ("/office/", IN_THE_LIST),
    ):
        suggestion = suggestion_by(author, call, university, "又一条演示建议")
        address = reverse("suggestions:unit-return", args=[suggestion.pk])
        answer = client.post(address, {"reason": "请补充", "back": back})
        assert answer["Location"] == arrived


def test_the_schools_count_drafts_without_naming_them(
    call: Call, science: User, university: Organisation
) -> None:
    author = teacher(university, science, "机械工程学院")
    with in_the_window():
        draft = make_draft(
            call, "CXJJ-HM", author=author, organisation=university, title="不给人看的演示草稿"
        )
        suggestion_by(author, call, university, "交上来的演示建议")
        returned = suggestion_by(author, call, university, "退回去的演示建议")
        handing_in.return_to_author(returned, by=science, reason="请补充")
        page = client_of(science).get(SCHOOLS)
    said = words_of(page)
    assert "机械工程学院 1 1 1 0" in said
    assert "合计 1 1 1 0" in said
    assert draft.title not in said
    assert f"?tab=waiting&amp;school={'%E6%9C%BA%E6%A2%B0'}" in html_of(page)


def test_only_administrators_see_the_desk_and_only_their_units(
    call: Call, science: User, university: Organisation
) -> None:
    author = teacher(university, science, "机械工程学院")
    suggestion = suggestion_by(author, call, university, "本单位的演示建议")
    other = make_user()
    make_organisation("university", administrator=other)
    for address in (IN_THE_LIST, SCHOOLS, reverse("suggestions:unit-reminders")):
        assert client_of(author).get(address).status_code == 403
        said = words_of(client_of(other).get(address))
        assert suggestion.title not in said
        assert "机械工程学院" not in said
