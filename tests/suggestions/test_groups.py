"""Groups of a call: made of what a reader may see, corrected by hand, and the hand obeyed."""

from typing import Any

import pytest

from tests.pages import client_of, html_of, queries_of, words_of
from tests.snapshots import put_back
from tests.suggestions.factories import again, in_the_window, key, make_submitted
from tests.suggestions.scenes import Bureau, bureau_of, load_notice_and_bureau, names_of
from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.kernel.events import history
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import Refused
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Grouping, Suggestion, Tie
from xinghai.suggestions.selectors import merge_targets
from xinghai.suggestions.services import groups

pytestmark = pytest.mark.django_db

PAGE = "/office/suggestions/groups/?call=2024"
SHAFTS = ["船用曲轴残余应力检测", "曲轴残余应力在线检测装备", "大型曲轴应力检测方法"]
SHRIMPS = ["海参活性肽温和酶解制备", "海参多糖酶解与稳态化", "海参酶解肽的产业化"]
CANARY = "深蓝色信天翁计划的验证"


def write(call: Call, titles: list[str]) -> list[Suggestion]:
    """Suggestions whose texts say little but their subject."""
    with in_the_window():
        return [
            make_submitted(
                call,
                domain="ai",
                title=title,
                background=f"{title}。" * 12,
                main_content=f"{title}的研究。" * 20,
            )
            for title in titles
        ]


@pytest.fixture
def bureau(request: pytest.FixtureRequest, db: None) -> Bureau:
    """The bureau's people; a test of `suggestions` gets them with what was handed in."""
    if "suggestions" in request.fixturenames:
        return bureau_of(put_back("shafts_and_shrimps", make_both) or make_both())
    return load_notice_and_bureau()


@pytest.fixture
def suggestions(bureau: Bureau) -> list[Suggestion]:
    return list(Suggestion.objects.order_by("pk"))


def make_both() -> str:
    bureau = load_notice_and_bureau()
    write(Call.objects.get(code="2024"), [*SHAFTS, *SHRIMPS])
    return names_of(bureau)


def grouped(call: Call, user: User) -> Grouping:
    """Ask on the page, and let the job run that the asking queued."""
    client_of(user).post("/office/suggestions/groups/again/?call=2024", {"key": key()})
    grouping = Grouping.objects.get(office=user.office)
    groups.compute(grouping)
    return Grouping.objects.get(pk=grouping.pk)


def label(grouping: Grouping, suggestion: Suggestion) -> int:
    return int(Grouping.objects.get(pk=grouping.pk).labels[str(suggestion.pk)])


def correct(user: User, grouping: Grouping, suggestion: Suggestion, **sent: Any) -> Any:
    address = f"/office/suggestions/groups/{label(grouping, suggestion)}/?call=2024"
    return client_of(user).post(
        address, {"chosen": [suggestion.pk], "key": key(), **sent}, follow=True
    )


def test_like_stands_with_like_under_a_name_of_its_titles(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    client = client_of(bureau.officer)
    assert "还没有分过组" in words_of(client.get(PAGE))
    client.post("/office/suggestions/groups/again/?call=2024", {"key": key()})
    assert "正在分组" in words_of(client.get(PAGE))
    grouping = grouped(call, bureau.officer)
    labels = [label(grouping, suggestion) for suggestion in suggestions]
    assert len(set(labels[:3])) == len(set(labels[3:])) == 1
    assert labels[0] != labels[3]
    page = words_of(client.get(PAGE))
    assert "6 条建议分成 2 组" in page
    assert all(suggestion.title in page for suggestion in suggestions)
    assert "/office/suggestions/" in html_of(client.get(PAGE)).partition("<svg viewBox")[2]


def test_an_offices_groups_are_made_of_what_it_may_read_alone(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    foreign = write(call, [CANARY, f"{CANARY}之二", f"{CANARY}之三"])
    for suggestion in foreign:
        office.hand_over(
            suggestion, bureau.other_officer.office, by=bureau.officer, reason="归口不同"
        )
    grouped(call, bureau.officer)
    grouping = grouped(call, bureau.planner)
    assert "信天翁" in words_of(client_of(bureau.planner).get(PAGE))
    assert "信天翁" not in words_of(client_of(bureau.officer).get(PAGE))
    stranger = client_of(bureau.officer).get(
        f"/office/suggestions/groups/{label(grouping, foreign[0])}/?call=2024"
    )
    assert "信天翁" not in words_of(stranger)


def test_what_was_moved_by_hand_stays_there_when_grouped_again(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping, moved, there = grouped(call, bureau.officer), suggestions[0], suggestions[3]
    answer = correct(bureau.officer, grouping, moved, do="move", target=str(label(grouping, there)))
    assert "已调整" in words_of(answer)
    assert label(grouping, moved) == label(grouping, there)
    groups.compute(Grouping.objects.get(pk=grouping.pk))
    assert label(grouping, moved) == label(grouping, there)
    assert (
        label(grouping, suggestions[1]) == label(grouping, suggestions[2]) != label(grouping, moved)
    )
    assert history(moved).filter(verb="tie").count() == 2


def test_two_that_were_ticked_stand_side_by_side(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping, (one, two, *_rest) = grouped(call, bureau.officer), suggestions
    answer = correct(bureau.officer, grouping, one, do="compare", chosen=[one.pk, two.pk])
    assert "对照两条建议" in words_of(answer)
    assert all(suggestion.number in words_of(answer) for suggestion in (one, two))
    assert "勾选两条" in words_of(correct(bureau.officer, grouping, one, do="compare"))
    stranger = [one.pk, suggestions[3].pk]
    assert "勾选两条" in words_of(
        correct(bureau.officer, grouping, one, do="compare", chosen=stranger)
    )


def test_a_correction_is_undone(suggestions: list[Suggestion], call: Call, bureau: Bureau) -> None:
    grouping = grouped(call, bureau.officer)
    correct(bureau.officer, grouping, suggestions[0], do="move", target=str(groups.NEW))
    groups.compute(Grouping.objects.get(pk=grouping.pk))
    assert label(grouping, suggestions[0]) not in {label(grouping, one) for one in suggestions[1:]}
    (tie,) = Tie.objects.filter(undone_at=None)
    client = client_of(bureau.officer)
    for _twice in range(2):
        client.post(f"/office/suggestions/groups/ties/{tie.pk}/undo/?call=2024", {"key": key()})
    assert not Tie.objects.filter(undone_at=None).exists()
    assert history(suggestions[0]).filter(verb="untie").count() == 1


def test_moving_back_takes_the_former_word_back(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping = grouped(call, bureau.officer)
    home, away = label(grouping, suggestions[0]), label(grouping, suggestions[3])
    correct(bureau.officer, grouping, suggestions[0], do="move", target=str(away))
    correct(bureau.officer, grouping, suggestions[0], do="move", target=str(home))
    groups.compute(Grouping.objects.get(pk=grouping.pk))
    assert label(grouping, suggestions[0]) == label(grouping, suggestions[1])


def test_what_is_set_apart_never_shares_a_group(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping = grouped(call, bureau.officer)
    both = [suggestions[0].pk, suggestions[1].pk]
    correct(bureau.officer, grouping, suggestions[0], do="apart", chosen=both)
    groups.compute(Grouping.objects.get(pk=grouping.pk))
    assert label(grouping, suggestions[0]) != label(grouping, suggestions[1])


def test_contradicting_words_are_refused_with_their_names(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping = grouped(call, bureau.officer)
    one, two, three = suggestions[:3]
    groups._tie(call, [(one.pk, two.pk), (two.pk, three.pk)], [], by=bureau.officer)
    with pytest.raises(Refused, match=one.title):
        groups._tie(call, [], [(one.pk, three.pk)], by=bureau.officer)
    assert grouping.labels


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"do": "move", "target": ""}, "请选择要移到哪一组"),
        ({"do": "move", "target": "999"}, "请选择要移到哪一组"),
        ({"do": "move", "target": str(groups.NEW), "chosen": []}, "请先勾选"),
        ({"do": "apart"}, "请选 2 到"),
    ],
)
def test_what_is_missing_is_said(
    suggestions: list[Suggestion], call: Call, bureau: Bureau, sent: dict[str, Any], words: str
) -> None:
    grouping = grouped(call, bureau.officer)
    assert words in words_of(correct(bureau.officer, grouping, suggestions[0], **sent))
    assert not Tie.objects.exists()


def test_who_only_reads_corrects_nothing(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping = grouped(call, bureau.leader)
    answer = correct(bureau.leader, grouping, suggestions[0], do="move", target=str(groups.NEW))
    assert "可以调整分组" in words_of(answer)
    assert not Tie.objects.exists()


def test_groups_follow_their_members_and_nothing_is_made_twice(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping = grouped(call, bureau.officer)
    assert groups.changed() == []
    write(call, ["曲轴应力检测的数据平台"])
    assert groups.changed() == [grouping]
    page = words_of(client_of(bureau.officer).get(PAGE))
    assert "之后又有 1 条" in page
    groups.compute(groups.changed()[0])
    assert groups.changed() == []
    deciding.decline(suggestions[0], by=bureau.officer, reason="已有在研项目覆盖")
    assert groups.changed() == [grouping]


def test_the_pages_cost_the_same_with_few_and_with_more(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping, client = grouped(call, bureau.officer), client_of(bureau.officer)
    addresses = [PAGE, f"/office/suggestions/groups/{label(grouping, suggestions[0])}/?call=2024"]
    few = [queries_of(client, address) for address in addresses]
    write(call, [f"曲轴残余应力检测第{number}项" for number in range(4)])
    groups.compute(groups.changed()[0])
    assert [queries_of(client, address) for address in addresses] == few


def test_a_group_is_not_named_with_the_words_of_who_has_left(call: Call, bureau: Bureau) -> None:
    suggestions = write(
        call, [*SHAFTS, "蓝鲸绒布缠绕海参酶解", "蓝鲸绒布缠绕海参多糖", "海参多糖酶解织机"]
    )
    grouped(call, bureau.officer)
    assert "蓝鲸" in words_of(client_of(bureau.officer).get(PAGE))

    for suggestion in suggestions[3:5]:
        office.hand_over(
            again(suggestion), bureau.other_officer.office, by=bureau.officer, reason="归口不同"
        )

    assert "蓝鲸" not in words_of(client_of(bureau.officer).get(PAGE))


def test_a_contradiction_names_nobody_the_reader_may_not_see(call: Call, bureau: Bureau) -> None:
    one, two, other = write(call, ["大型船用曲轴一号甲的检测", "大型船用曲轴二号乙的检测", CANARY])
    write(call, SHAFTS)
    office.hand_over(other, bureau.other_officer.office, by=bureau.officer, reason="归口不同")
    for suggestion, is_together in ((one, True), (two, False)):
        facts = {"is_together": is_together, "tied_by": bureau.planner}
        Tie.objects.create(
            call=call, one=suggestion, other=other, tied_at=other.state_since, **facts
        )
    grouping = grouped(call, bureau.officer)
    Grouping.objects.update(labels=grouping.labels | {str(one.pk): 8, str(two.pk): 9})

    page = words_of(correct(bureau.officer, grouping, one, target="9", do="move"))

    assert "与以前的调整矛盾" in page
    assert CANARY not in page


def test_a_group_that_is_empty_by_now_takes_nobody(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping = grouped(call, bureau.officer)
    home = label(grouping, suggestions[0])
    with pytest.raises(Refused, match="已经没有建议"):
        groups.move(grouping, groups.Move([suggestions[0].pk], home, 999), by=bureau.officer)


def test_a_correction_is_undone_by_who_may_judge_both_alone(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    grouping = grouped(call, bureau.officer)
    correct(bureau.officer, grouping, suggestions[0], do="move", target=str(groups.NEW))
    (tie,) = Tie.objects.filter(undone_at=None)
    with pytest.raises(NotAllowed):
        groups.undo_tie(call, tie.pk, by=bureau.other_officer)
    with pytest.raises(Refused, match="没有这条人工调整"):
        groups.undo_tie(call, 0, by=bureau.officer)
    assert Tie.objects.filter(undone_at=None).exists()


def test_a_target_to_merge_into_is_found_by_words(
    suggestions: list[Suggestion], call: Call, bureau: Bureau
) -> None:
    office.take_up(suggestions[1], by=bureau.officer)
    found = merge_targets(again(suggestions[0]), f" {suggestions[1].title[:6]} ")
    assert [one.pk for one in found] == [suggestions[1].pk]
