"""The bureau's screens: what they show, what they cost, what they refuse."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_staff
from tests.pages import client_of, html_of, queries_of, words_of
from tests.suggestions.factories import again, in_the_window, make_submitted
from tests.suggestions.scenes import Bureau, suggestion_in
from xinghai.accounts.kinds import Role
from xinghai.calls.models import Call
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


INBOX, EVERYTHING, TRIAGE = (
    "suggestions:office-inbox",
    "suggestions:office-all",
    "suggestions:office-triage",
)


@pytest.mark.parametrize(
    ("page", "who", "state"),
    [
        (INBOX, "officer", "submitted"),
        (EVERYTHING, "leader", "pooled"),
        (TRIAGE, "planner", "triage"),
    ],
)
def test_a_list_costs_the_same_with_one_row_and_three(
    call: Call, bureau: Bureau, page: str, who: str, state: str
) -> None:
    client = client_of(getattr(bureau, who))
    suggestion_in(state, call, bureau)
    with_one = queries_of(client, reverse(page))
    for _more in range(2):
        suggestion_in(state, call, bureau)
    assert queries_of(client, reverse(page)) == with_one <= 15


def test_the_inbox_shows_what_was_routed_to_the_office_and_nothing_else(
    call: Call, bureau: Bureau
) -> None:
    with in_the_window():
        own = make_submitted(call, domain="ai")
        others = make_submitted(call, domain="energy")
    page = client_of(bureau.officer).get(reverse(INBOX)).content.decode()
    assert own.number in page
    assert others.number not in page


@pytest.mark.parametrize("who", ["officer", "planner", "leader"])
def test_a_record_opened_by_its_bare_address_leads_back_to_a_list_the_reader_may_open(
    call: Call, bureau: Bureau, who: str
) -> None:
    suggestion, client = suggestion_in("submitted", call, bureau), client_of(getattr(bureau, who))
    page = html_of(client.get(reverse("suggestions:office-record", args=[suggestion.pk])))
    crumbs = page.partition('class="crumbs"')[2].partition("</ol>")[0]
    (back,) = re.findall(r'href="([^"]+)"', crumbs)
    assert client.get(back).status_code == 200


def test_an_empty_inbox_says_so(bureau: Bureau) -> None:
    assert "没有等您处理的建议" in client_of(bureau.officer).get(reverse(INBOX)).content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("?tab=pooled", False),
        ("?tab=todo", True),
        ("?q=2024-00001", True),
        ("?tab=all&q=2024-00002", False),
        ("?q=没有这样的名称", False),
        ("?call=2022-1", False),
        ("?category=abc&domain=%27&tab=nonsense&page=zzz", True),
    ],
)
def test_filters_narrow_and_nonsense_is_ignored(
    call: Call, bureau: Bureau, words: str, found: bool
) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    page = client_of(bureau.officer).get(reverse(INBOX) + words).content.decode()
    assert (f"/office/suggestions/{suggestion.pk}/" in page) == found


def test_a_stranger_to_the_office_gets_404(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    address = reverse("suggestions:office-record", args=[suggestion.pk])
    assert client_of(bureau.other_officer).get(address).status_code == 404
    assert client_of(bureau.officer).get(address).status_code == 200


@pytest.mark.parametrize("page", [INBOX, EVERYTHING, TRIAGE])
def test_applicants_and_visitors_stay_outside(call: Call, bureau: Bureau, page: str) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    assert client_of(suggestion.author).get(reverse(page)).status_code == 403
    assert Client().get(reverse(page)).status_code == 302


def post(
    client: Client, suggestion: Suggestion, action: str, **said: str
) -> Callable[[], Suggestion]:
    address = reverse("suggestions:office-decide", args=[suggestion.pk, action])
    answer = client.post(address, {"key": "one-form", **said})
    assert answer.status_code in (302, 422)
    return lambda: again(suggestion)


@pytest.mark.parametrize(
    ("action", "said", "state"),
    [
        ("take-up", {}, "with_office"),
        ("accept", {}, "pooled"),
        ("decline", {"reason": "已有在研项目覆盖"}, "declined"),
        ("return", {"reason": "请补充", "due_on": "2030-01-31"}, "returned_by_office"),
        ("decline", {"reason": ""}, "submitted"),
        ("return", {"reason": "请补充", "due_on": "2020-01-31"}, "submitted"),
        ("return", {"reason": "请补充", "due_on": "明天"}, "submitted"),
        ("merge", {"target": "2024-99999"}, "submitted"),
        ("carry-over", {}, "submitted"),
    ],
)
def test_a_decision_takes_effect_or_nothing_changes(
    call: Call, bureau: Bureau, action: str, said: dict[str, str], state: str
) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    assert post(client_of(bureau.officer), suggestion, action, **said)().state == state


@pytest.mark.parametrize(
    ("tab", "offered"),
    [
        ("todo", {"take-up", "accept", "decline", "return", "hand-over", "give"}),
        ("pooled", {"give"}),
    ],
)
def test_a_tab_offers_for_many_only_what_its_rows_can_take(
    call: Call, bureau: Bureau, tab: str, offered: set[str]
) -> None:
    suggestion_in("submitted" if tab == "todo" else "pooled", call, bureau)
    page = html_of(client_of(bureau.officer).get(f"/office/suggestions/?tab={tab}"))
    found = re.search(r'<select[^>]*id="bulk-action".*?</select>', page, re.DOTALL)
    assert found is not None
    assert set(re.findall(r'value="([^"]+)"', found[0])) == offered


def test_one_is_picked_first_and_merged_by_the_button_that_says_so(
    call: Call, bureau: Bureau
) -> None:
    """No button of a row acts: what cannot be undone has one button, and it is marked."""
    kept, goes = (suggestion_in("with_office", call, bureau) for _one in range(2))
    client = client_of(bureau.officer)
    address = reverse("suggestions:office-decide", args=[goes.pk, "merge"])
    page = html_of(client.get(address))
    assert f'type="radio" name="picked" value="{kept.number}"' in page
    assert 'class="btn btn-danger">合并，不再单独办理</button>' in page
    assert 'name="target" value=' not in page
    assert post(client, goes, "merge")().state == "with_office"
    assert post(client, goes, "merge", picked=kept.number, key="two")().merged_into == kept


def test_where_none_is_offered_the_number_must_be_given(call: Call, bureau: Bureau) -> None:
    goes = suggestion_in("with_office", call, bureau)
    address = reverse("suggestions:office-decide", args=[goes.pk, "merge"])
    page = html_of(client_of(bureau.officer).get(address))
    assert "并入哪一条（编号）" in page
    assert "或者填另一条的编号" not in page


def test_a_double_click_decides_once_and_shows_no_error(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    client = client_of(bureau.officer)
    address = reverse("suggestions:office-decide", args=[suggestion.pk, "accept"])
    first, second = (client.post(address, {"key": "one-form"}) for _click in range(2))
    assert first.status_code == second.status_code == 302
    assert "不能" not in client.get(second["Location"]).content.decode()


def test_deciding_what_was_decided_names_the_present_state(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("declined", call, bureau)
    client = client_of(bureau.officer)
    address = reverse("suggestions:office-decide", args=[suggestion.pk, "accept"])
    answer = client.post(address, {"key": "late"}, follow=True)
    assert "未采纳" in answer.content.decode()


def test_remarks_reach_their_fields(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    post(
        client_of(bureau.officer),
        suggestion,
        "return",
        **{"reason": "请补充", "due_on": "2030-01-31", "on-title": "再具体些"},
    )
    assert [(one.field, one.text) for one in suggestion.remarks.all()] == [("title", "再具体些")]


def test_many_are_taken_up_at_once_and_foreign_ones_are_left(call: Call, bureau: Bureau) -> None:
    own = [suggestion_in("submitted", call, bureau) for _row in range(3)]
    with in_the_window():
        foreign = make_submitted(call, domain="energy")
    chosen = [str(one.pk) for one in [*own, foreign]]
    client_of(bureau.officer).post(
        reverse("suggestions:office-decide-many"),
        {"key": "many", "action": "take-up", "chosen": chosen, "sure": "1"},
    )
    assert {again(one).state for one in own} == {"with_office"}
    assert again(foreign).state == "submitted"


def test_planning_assigns_with_one_click_and_the_call_remembers(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("triage", call, bureau)
    client = client_of(bureau.planner)
    assert "（建议）" in client.get(reverse(TRIAGE)).content.decode()
    address = reverse("suggestions:office-assign", args=[suggestion.pk])
    client.post(address, {"key": "k", "office": "gaoxin", "remember": "yes"})
    assert again(suggestion).office == bureau.officer.office
    assert call.routes.filter(origin="remembered").count() == 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN])
def test_readers_cannot_decide(call: Call, bureau: Bureau, role: Role) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    address = reverse("suggestions:office-decide", args=[suggestion.pk, "accept"])
    answer = client_of(make_staff(role)).post(address, {"key": "k"})
    assert answer.status_code in (302, 403)
    assert again(suggestion).state == "submitted"


def test_the_pane_is_the_page_without_its_frame(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("submitted", call, bureau)
    address = reverse("suggestions:office-record", args=[suggestion.pk])
    pane = client_of(bureau.officer).get(address, headers={"HX-Request": "true"}).content.decode()
    assert suggestion.title in pane
    assert "<html" not in pane


def test_an_english_desk_offers_types_domains_and_offices_in_english(
    call: Call, bureau: Bureau
) -> None:
    suggestion = suggestion_in("with_office", call, bureau)
    officer = client_of(bureau.officer)
    officer.cookies["django_language"] = "en"
    desk = officer.get("/office/suggestions/").content.decode()
    assert "2024 Key R&amp;D plan</option>" in desk
    assert "重点科技研发计划</option>" not in desk
    for step in ("hand-over", "reclassify"):
        page = officer.get(f"/office/suggestions/{suggestion.pk}/{step}/").content.decode()
        offered = re.findall(r"<option[^>]*>([^<]*)</option>", page)
        assert len(offered) > 3
        assert [words for words in offered if re.search("[\u4e00-\u9fff]", words)] == []


def test_planning_is_told_in_english_which_office_it_was_assigned_to(
    call: Call, bureau: Bureau
) -> None:
    suggestion = suggestion_in("triage", call, bureau)
    client = client_of(bureau.planner)
    client.cookies["django_language"] = "en"
    address = reverse("suggestions:office-assign", args=[suggestion.pk])
    answer = client.post(address, {"key": "k", "office": "gaoxin"}, follow=True)
    [told] = [str(one) for one in answer.context["messages"]]
    assert again(suggestion).office.name_en in told
    assert not re.search("[\u4e00-\u9fff]", told)


def test_what_was_assigned_meanwhile_is_explained(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("triage", call, bureau)
    client, address = (
        client_of(bureau.planner),
        reverse("suggestions:office-assign", args=[suggestion.pk]),
    )
    client.post(address, {"key": "one", "office": "gaoxin"})
    late = client.post(address, {"key": "two", "office": "chengguo"}, follow=True)
    assert bureau.planner.name in words_of(late)
    assert again(suggestion).office == bureau.officer.office


def test_planning_that_names_no_office_is_asked_for_one(call: Call, bureau: Bureau) -> None:
    suggestion = suggestion_in("triage", call, bureau)
    address = reverse("suggestions:office-assign", args=[suggestion.pk])
    said = client_of(bureau.planner).post(address, {"key": "k", "office": "nowhere"}, follow=True)
    assert "请选择一个处室再分派" in words_of(said)
    assert again(suggestion).state == "triage"
