"""What is like a suggestion: shown to the office beside it, hinted to the writer while typing."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories import join, make_organisation, make_user
from tests.pages import client_of, html_of, queries_of, words_of
from tests.suggestions.factories import in_the_window, make_draft, make_submitted
from tests.suggestions.scenes import Bureau
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.casework.services import deciding as office
from xinghai.corpus import services as corpus
from xinghai.corpus.models import Document
from xinghai.corpus.services import Text
from xinghai.duplicates.services import Judgement, judge_likeness
from xinghai.kernel import apart
from xinghai.submissions import indexing
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db

TITLE = "大型船用曲轴残余应力在线检测"
COPIED = (
    "曲轴在精加工之后的残余应力目前只能抽检，抽检一根要停线四个小时，超差的曲轴到装机试车时才会暴露，"
    "返修费用高，交货期也因此一再推迟。船厂希望在车削工位上就能逐段测出应力的分布，"
    "把不合格的轴颈留在机床上处理，并把每一根轴的数据留给装配和检验的同事。"
)
CANARY = "深蓝色信天翁计划"


@pytest.fixture
def suggestions(call: Call, bureau: Bureau) -> list[Suggestion]:
    """Of three units: one, its near copy, and one of the same subject in other words."""
    with in_the_window():
        made = [
            make_submitted(call, domain="ai", title=TITLE, background=COPIED),
            make_submitted(call, domain="ai", title="曲轴应力检测装备的研制", background=COPIED),
            make_submitted(call, domain="ai", title="船用曲轴残余应力的在线检测方法"),
        ]
    indexing.keep_everything()
    return made


def beside(page: str) -> str:
    return page.partition('id="alike"')[2].partition("</section>")[0]


def test_the_office_reads_what_is_like_it_with_the_way_to_the_comparison(
    suggestions: list[Suggestion], bureau: Bureau
) -> None:
    one, two, three = suggestions
    page = html_of(client_of(bureau.officer).get(f"/office/suggestions/{one.pk}/"))
    near = beside(page)
    assert "文字重复" in near
    assert f"/office/suggestions/{one.pk}/like/{two.pk}/" in near
    assert f"/office/suggestions/{one.pk}/like/{three.pk}/" in near
    assert "只供参考" in near


def test_the_nearest_are_shown_however_far_each_with_a_sign_of_how_near(
    suggestions: list[Suggestion], bureau: Bureau
) -> None:
    asked, near, far = suggestions
    texts = {
        near: "船用曲轴残余应力的测量与报警",
        far: "远洋渔场的声学在线观测设备，兼测海流与水温，供渔船队共享，数据汇入省级平台",
    }
    for one, title in texts.items():
        Document.objects.filter(key=str(one.pk)).delete()
        corpus.put(
            Text(kind="suggestion", key=str(one.pk), title=title, body="", audiences=["bureau"])
        )
    Document.objects.filter(key=str(asked.pk)).delete()
    Suggestion.objects.filter(pk=asked.pk).update(answers={})
    page = beside(html_of(client_of(bureau.planner).get(f"/office/suggestions/{asked.pk}/")))
    lines = {
        title: line
        for title in (near.title, far.title)
        for line in page.split("<li>")
        if title in line
    }
    assert "主题" in lines[near.title]
    assert "未必相关" in lines[far.title]
    assert page.index(near.title) < page.index(far.title)


def test_while_the_comparing_process_starts_the_record_opens_and_says_so(
    suggestions: list[Suggestion],
    bureau: Bureau,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.TEXTS_SOCKET = str(tmp_path / "nobody")
    monkeypatch.setattr(apart, "WAIT_SECONDS", 0.1)
    one, two, _three = suggestions
    near = beside(html_of(client_of(bureau.officer).get(f"/office/suggestions/{one.pk}/")))
    assert "正在启动" in near
    assert f"/like/{two.pk}/" not in near


def test_a_judgement_is_remembered_wherever_the_pair_is_read(
    suggestions: list[Suggestion], bureau: Bureau
) -> None:
    one, two, three = suggestions
    judge_likeness(one, two, Judgement("same", "同一根曲轴"), by=bureau.officer)
    judge_likeness(three, one, Judgement("unrelated"), by=bureau.officer)
    client = client_of(bureau.planner)
    for here, there in ((one, two), (two, one)):
        near = beside(html_of(client.get(f"/office/suggestions/{here.pk}/")))
        assert "重复" in near.partition(there.title)[2][:400]
    near, _fold, away = beside(html_of(client.get(f"/office/suggestions/{one.pk}/"))).partition(
        "<details"
    )
    assert three.title not in near
    assert three.title in away


def test_what_another_office_holds_is_not_shown(
    suggestions: list[Suggestion], bureau: Bureau
) -> None:
    one, two, _three = suggestions
    judge_likeness(one, two, Judgement("same", "同一根曲轴"), by=bureau.officer)
    office.hand_over(two, bureau.other_officer.office, by=bureau.officer, reason="归口不同")
    # The index has not heard of it yet: the reader's own right is asked once more.
    page = words_of(client_of(bureau.officer).get(f"/office/suggestions/{one.pk}/"))
    assert two.title not in page
    assert two.title in words_of(client_of(bureau.planner).get(f"/office/suggestions/{one.pk}/"))


def test_reading_costs_the_same_with_one_like_it_and_with_many(
    suggestions: list[Suggestion], bureau: Bureau, call: Call
) -> None:
    client, address = client_of(bureau.officer), f"/office/suggestions/{suggestions[0].pk}/"
    few = queries_of(client, address)
    with in_the_window():
        for number in range(4):
            more = make_submitted(call, domain="ai", title=f"{TITLE}之{number}", goals=COPIED)
            judge_likeness(suggestions[0], more, Judgement("related"), by=bureau.officer)
    indexing.keep_everything()
    assert queries_of(client, address) == few


def writer_of(organisation: Organisation) -> User:
    writer = make_user()
    join(writer, organisation)
    return User.objects.get(pk=writer.pk)


def hint(writer: User, draft: Suggestion, title: str) -> str:
    return html_of(client_of(writer).get(f"/my/suggestions/{draft.pk}/near/", {"title": title}))


def test_a_title_like_one_of_the_own_unit_is_hinted(call: Call, bureau: Bureau) -> None:
    own, colleague = make_organisation(), make_user()
    join(colleague, own)
    writer = writer_of(own)
    with in_the_window():
        earlier = make_submitted(call, domain="ai", title=TITLE, author=colleague, organisation=own)
        mine = make_submitted(
            call, domain="ai", title=f"{TITLE}装置", author=writer, organisation=own
        )
        draft = make_draft(call, author=writer, organisation=own, title="还没有想好的名称")
    indexing.keep_everything()
    page = hint(writer, draft, "船用曲轴残余应力检测")
    assert "与 2 条已有建议相似" in page
    assert f'href="/my/suggestions/{mine.pk}/"' in page
    # A colleague's is named and not opened: the writer has no right to read it.
    assert earlier.title in page
    assert page.count("<a href=") == 1
    assert hint(writer, draft, "海参养殖的水质监测").strip() == ""
    assert hint(writer, draft, "曲").strip() == ""


def test_no_word_of_another_unit_reaches_a_writer(call: Call, bureau: Bureau) -> None:
    """The canary: it stands in the index, the bureau finds it, the writer never does."""
    own, other = make_organisation(), make_organisation()
    writer, stranger = writer_of(own), writer_of(other)
    with in_the_window():
        foreign = make_submitted(
            call,
            domain="ai",
            title=f"{CANARY}的检测",
            background=COPIED,
            author=stranger,
            organisation=other,
        )
        draft = make_draft(
            call, author=writer, organisation=own, title=f"{CANARY}的检测", background=COPIED
        )
    indexing.keep_everything()
    known = html_of(client_of(bureau.officer).get(f"/office/suggestions/{foreign.pk}/"))
    assert CANARY in known
    assert hint(writer, draft, f"{CANARY}的检测").strip() == ""
    preview = html_of(client_of(writer).get(f"/my/suggestions/{draft.pk}/preview/"))
    assert "已有建议相似" not in preview
    # The leak that would be seen: the other unit's own colleague is told.
    theirs = make_draft(call, author=stranger, organisation=other, title="还没有想好的名称")
    assert CANARY in hint(stranger, theirs, f"{CANARY}的检测")


def test_who_has_left_the_unit_is_told_nothing_of_it(call: Call) -> None:
    own = make_organisation()
    writer, elsewhere = writer_of(own), writer_of(make_organisation())
    with in_the_window():
        make_submitted(call, domain="ai", title=TITLE, author=writer, organisation=own)
        draft = make_draft(call, author=writer, organisation=own, title="还没有想好的名称")
    indexing.keep_everything()
    assert TITLE in hint(writer, draft, TITLE)
    Suggestion.objects.filter(pk=draft.pk).update(author=elsewhere)
    assert hint(elsewhere, draft, TITLE).strip() == ""


def test_the_preview_tells_how_much_is_copied_from_the_own_units_earlier_ones(call: Call) -> None:
    own = make_organisation()
    writer = writer_of(own)
    with in_the_window():
        earlier = make_submitted(
            call, domain="ai", title=TITLE, background=COPIED, author=writer, organisation=own
        )
        draft = make_draft(
            call, author=writer, organisation=own, title="全新的名称一个", goals=COPIED
        )
    indexing.keep_everything()
    page = words_of(client_of(writer).get(f"/my/suggestions/{draft.pk}/preview/"))
    assert "与 1 条已有建议相似" in page
    assert f"{earlier.title} {earlier.number} 有" in page
    assert "不影响提交" in page


def test_the_preview_repeats_the_hint_under_the_title(call: Call) -> None:
    own = make_organisation()
    writer = writer_of(own)
    with in_the_window():
        earlier = make_submitted(call, domain="ai", title=TITLE, author=writer, organisation=own)
        draft = make_draft(call, author=writer, organisation=own, title=f"{TITLE}装置")
    indexing.keep_everything()
    page = html_of(client_of(writer).get(f"/my/suggestions/{draft.pk}/preview/"))
    assert page.count(f'href="/my/suggestions/{earlier.pk}/"') == 1


def test_what_a_colleague_takes_back_is_hinted_no_more_even_before_the_index_follows(
    call: Call,
) -> None:
    own, colleague = make_organisation(), make_user()
    join(colleague, own)
    writer, title = writer_of(own), f"{CANARY}的验证"
    with in_the_window():
        earlier = make_submitted(call, domain="ai", title=title, author=colleague, organisation=own)
        draft = make_draft(call, author=writer, organisation=own, title="还没有想好的名称")
    indexing.keep_everything()
    assert CANARY in hint(writer, draft, title)

    handing_in.recall(earlier, by=colleague)

    assert CANARY not in hint(writer, draft, title)
