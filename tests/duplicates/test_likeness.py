"""Two suggestions side by side, and what officers decide about a pair."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_staff
from tests.pages import client_of, html_of, queries_of, words_of
from tests.suggestions.factories import again, in_the_window, key, make_submitted
from tests.suggestions.scenes import Bureau
from xinghai.accounts.kinds import Role
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.duplicates.models import Likeness
from xinghai.duplicates.services import Judgement, judge_likeness
from xinghai.kernel.events import broken_links, history
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import Refused
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

COPIED = (
    "曲轴在精加工之后的残余应力目前只能抽检，抽检一根要停线四个小时，超差的曲轴到装机试车时才会暴露，"
    "返修费用高，交货期也因此一再推迟。船厂希望在车削工位上就能逐段测出应力的分布，"
    "把不合格的轴颈留在机床上处理，并把每一根轴的数据留给装配和检验的同事。"
)


@pytest.fixture
def pair(call: Call, bureau: Bureau) -> tuple[Suggestion, Suggestion]:
    """Two of one office; the second took a paragraph from the first into another question."""
    with in_the_window():
        one = make_submitted(call, domain="ai", title="曲轴残余应力检测", background=COPIED)
        two = make_submitted(call, domain="ai", title="曲轴在线检测装备", goals=f"先说明。{COPIED}")
    return one, two


def page_of(one: Suggestion, two: Suggestion) -> str:
    return f"/office/suggestions/{one.pk}/like/{two.pk}/"


def sent(verdict: str, reason: str = "", **more: str) -> dict[str, Any]:
    return {"verdict": verdict, "reason": reason, "key": key(), "seen": "", **more}


def test_what_both_say_is_marked_on_both_sides_with_one_number(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    page = html_of(client_of(bureau.officer).get(page_of(*pair)))
    marked = r'data-passage="(\d+)">(?:(?!<mark)[\s\S])*?' + COPIED[:20]
    here, there = page.split('id="column-')[1:]
    found = [re.search(marked, side) for side in (here, there)]
    listed = page.partition(f'href="#here-{found[0] and found[0][1]}"')[2].partition("</a>")[0]
    assert "选题背景" in listed
    assert "预期目标" in listed
    assert [one and one[1] for one in found] == [found[0] and found[0][1]] * 2
    assert found[0] is not None
    assert "不会自动处理" in page


def test_a_judgement_is_told_in_both_trails_and_changes_neither(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    one, two = pair
    before = (one.state, two.state)
    answer = client_of(bureau.officer).post(page_of(two, one), sent("same", "同一根曲轴"))
    assert answer.status_code == 302
    kept = Likeness.objects.get()
    assert (kept.one_id, kept.other_id, kept.verdict) == (one.pk, two.pk, "same")
    for here, there in ((one, two), (two, one)):
        told = history(here).filter(verb="judge_likeness").get()
        assert told.data == {"other": there.pk, "verdict": "same", "before": ""}
        assert broken_links(history(here)) == []
    assert (again(one).state, again(two).state) == before


def test_the_same_seen_from_either_side(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    one, two = pair
    judge_likeness(one, two, Judgement("related", "同一条产线"), by=bureau.officer)
    client = client_of(bureau.officer)
    for address in (page_of(one, two), page_of(two, one)):
        assert "同一条产线" in words_of(client.get(address))


def test_a_second_click_and_a_second_page_are_not_a_second_decision(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    client, form = client_of(bureau.officer), sent("related", "同一条产线")
    assert client.post(page_of(*pair), form).status_code == 302
    assert client.post(page_of(*pair), form).status_code == 302
    assert client.post(page_of(*pair), sent("related", "同一条产线")).status_code == 302
    assert history(pair[0]).filter(verb="judge_likeness").count() == 1


def test_a_page_that_saw_less_writes_nothing_over(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    judge_likeness(*pair, Judgement("related", "同一条产线"), by=bureau.officer)
    answer = client_of(bureau.planner).post(page_of(*pair), sent("unrelated"))
    assert answer.status_code == 422
    assert "请看过再决定" in words_of(answer)
    kept = Likeness.objects.get()
    assert kept.verdict == "related"
    seen = {"seen": kept.stamp}
    assert client_of(bureau.planner).post(page_of(*pair), sent("unrelated", **seen)).status_code
    told = history(pair[0]).filter(verb="judge_likeness").last()
    assert told is not None
    assert (told.data["verdict"], told.data["before"]) == ("unrelated", "related")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (sent("same"), "请写明理由"),
        (sent(""), "请先选择判断"),
        (sent("duplicate", "原因"), "请先选择判断"),
        (sent("related", "长" * 501), "最多 500 字"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau, form: dict[str, Any], words: str
) -> None:
    answer = client_of(bureau.officer).post(page_of(*pair), form)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert form["reason"] in words_of(answer)
    assert not Likeness.objects.exists()


def test_who_may_not_see_one_of_both_finds_no_page(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    one, two = pair
    office.hand_over(two, bureau.other_officer.office, by=bureau.officer, reason="归口不同")
    for who in (bureau.officer, bureau.other_officer):
        client = client_of(who)
        for address in (page_of(one, two), page_of(two, one)):
            assert client.get(address).status_code == 404
            assert client.post(address, sent("related")).status_code == 404
    assert client_of(bureau.planner).get(page_of(one, two)).status_code == 200
    assert client_of(bureau.planner).get(page_of(one, one)).status_code == 404


def test_who_only_reads_is_shown_the_texts_and_refused_the_judgement(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    client = client_of(bureau.leader)
    assert "保存判断" not in words_of(client.get(page_of(*pair)))
    assert client.post(page_of(*pair), sent("related")).status_code == 422
    assert client_of(pair[0].author).get(page_of(*pair)).status_code == 403
    with pytest.raises(NotAllowed):
        judge_likeness(*pair, Judgement("related"), by=bureau.other_officer)
    assert not Likeness.objects.exists()


def test_an_author_who_works_in_the_bureau_now_reads_no_judgement_of_the_own(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    one, two = pair
    judge_likeness(one, two, Judgement("same", "一字不差", ""), by=bureau.officer)
    reader = make_staff(Role.PLANNER)
    told = words_of(client_of(reader).get(page_of(one, two)))
    assert "一字不差" in told
    Suggestion.objects.filter(pk=two.pk).update(author=reader)
    for address in (page_of(one, two), page_of(two, one), f"/office/suggestions/{two.pk}/"):
        assert "一字不差" not in words_of(client_of(reader).get(address))


def test_nothing_is_merged_into_what_the_officer_may_not_open(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    one, two = pair
    office.take_up(one, by=bureau.officer)
    Suggestion.objects.filter(pk=two.pk).update(office=bureau.other_officer.office)
    client = client_of(bureau.officer)
    assert client.get(f"/office/suggestions/{two.pk}/").status_code == 404
    answer = client.post(
        f"/office/suggestions/{one.pk}/merge/", {"target": two.number, "key": key()}
    )
    assert "您看不到编号" in words_of(answer)
    assert again(one).state == "with_office"


def test_duplicates_lead_to_the_merge_with_the_target_chosen(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    one, two = pair
    office.take_up(two, by=bureau.officer)
    judge_likeness(one, two, Judgement("same", "同一根曲轴"), by=bureau.officer)
    client = client_of(bureau.officer)
    page = html_of(client.get(page_of(one, two)))
    address = f"/office/suggestions/{one.pk}/merge/?target={two.number}"
    assert address in page
    assert f'value="{two.number}"' in html_of(client.get(address))


def test_the_texts_are_shown_as_text(call: Call, bureau: Bureau) -> None:
    with in_the_window():
        hostile = f"<script>alert(1)</script>{COPIED}"
        one = make_submitted(call, domain="ai", title="一个<b>名称</b>", background=hostile)
        two = make_submitted(call, domain="ai", title="另一个不同的名称", background=hostile)
    page = html_of(client_of(bureau.officer).get(page_of(one, two)))
    assert "<script>alert" not in page
    assert "<b>名称" not in page


def test_contacts_and_profiles_are_no_part_of_the_comparison(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    page = html_of(client_of(bureau.officer).get(page_of(*pair)))
    assert pair[0].author.mobile not in page
    assert pair[0].organisation.profile not in page


def test_a_pair_is_judged_once_and_in_one_order(pair: tuple[Suggestion, Suggestion]) -> None:
    one, two = pair
    facts = {"verdict": "related", "judged_by": one.author, "judged_at": one.saved_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Likeness.objects.create(one_id=two.pk, other_id=one.pk, **facts)
    with pytest.raises(Refused):
        judge_likeness(one, one, Judgement("related"), by=make_staff(Role.PLANNER))


def test_the_page_costs_the_same_whatever_is_in_the_texts(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau, call: Call
) -> None:
    client = client_of(bureau.officer)
    plain = queries_of(client, page_of(*pair))
    with in_the_window():
        third = make_submitted(call, domain="ai", title="第三条建议的名称", main_content=COPIED * 8)
    assert queries_of(client, page_of(pair[0], third)) == plain


def test_a_page_that_saw_a_judgement_nobody_made_is_refused(
    pair: tuple[Suggestion, Suggestion], bureau: Bureau
) -> None:
    with pytest.raises(Refused, match="请刷新页面"):
        judge_likeness(*pair, Judgement("related", seen="x"), by=bureau.officer)
    assert not Likeness.objects.exists()
