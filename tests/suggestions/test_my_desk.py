"""The first page, choosing a type, and the list of one's suggestions."""

import re
from datetime import timedelta

import pytest

from tests.factories import join, load_notice, make_organisation, make_staff, make_user
from tests.pages import client_of, html_of, queries_of
from tests.suggestions.factories import (
    administrator_of,
    again,
    hand_in,
    in_the_window,
    make_draft,
    make_partner,
    start,
)
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Organisation, User
from xinghai.accounts.services import request_membership
from xinghai.calls.models import Call
from xinghai.kernel.clock import travel_to
from xinghai.submissions.services.partners import invite_organisation
from xinghai.submissions.services.submitting import return_to_author
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db
START = "/my/suggestions/start/2024/"


def member(kind: str = "enterprise") -> tuple[User, Organisation]:
    user = make_user()
    organisation = make_organisation(kind, administrator=user)
    vars(user).pop("confirmed_memberships", None)
    return user, organisation


def test_a_newcomer_is_led_to_the_open_call_and_to_the_own_unit(call: Call) -> None:
    page = html_of(client_of(make_user()).get("/my/"))
    assert "您还没有填报过" in page
    assert f'href="{START}"' in page
    assert "您还没有加入单位" in page


def test_a_research_office_is_led_to_the_suggestions_that_wait_for_it(call: Call) -> None:
    _administrator, university = member("university")
    colleague = make_user()
    join(colleague, university)
    with in_the_window():
        hand_in(make_draft(call, "CXJJ-HM", author=colleague, organisation=university))
    words = "本单位有 1 条等您审核。"
    assert words in html_of(client_of(administrator_of(university)).get("/my/"))
    assert words not in html_of(client_of(colleague).get("/my/"))


def test_a_unit_that_waits_for_the_bureau_is_named_with_what_to_do(call: Call) -> None:
    user = make_user()
    organisation = make_organisation(administrator=user, verified=False)
    page = html_of(client_of(user).get("/my/"))
    assert f"“{organisation.name}”正在等科技局核实。草稿可以先写" in page


def test_a_request_to_join_that_is_not_confirmed_is_named(call: Call) -> None:
    organisation, user = make_organisation(), make_user()
    request_membership(organisation, by=user)
    assert f"您申请加入“{organisation.name}”" in html_of(client_of(user).get("/my/"))


def test_the_desk_shows_what_waits_first_then_drafts_then_what_was_sent(call: Call) -> None:
    user, organisation = member("university")
    with in_the_window():
        returned = hand_in(
            make_draft(
                call, "CXJJ-HM", author=user, organisation=organisation, title="演示：退回的建议"
            )
        )
        return_to_author(returned, by=administrator_of(organisation), reason="请补充分工。")
        make_draft(call, "CXJJ-HM", author=user, organisation=organisation, title="演示：草稿建议")
        hand_in(
            make_draft(
                call, "CXJJ-HM", author=user, organisation=organisation, title="演示：送审的建议"
            )
        )
        page = html_of(client_of(user).get("/my/"))
    places = [
        page.index(words)
        for words in ("演示：退回的建议", "请补充分工。", "演示：草稿建议", "演示：送审的建议")
    ]
    assert places == sorted(places)
    assert "可以提交" in page


def test_a_type_that_fits_is_one_click_away_from_a_draft(call: Call) -> None:
    user, organisation = member("enterprise")
    client = client_of(user)
    page = html_of(client.get("/my/"))
    assert 'value="ZDYF"' in page
    assert 'value="CXJJ-RK"' not in page, "soft science is not for enterprises"
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    sent = {"category": "JBGS", "key": key, "organisation": organisation.pk}
    for _twice in range(2):
        client.post(START, sent)
    assert Suggestion.objects.get().category.code == "JBGS"


def test_with_two_units_one_chooses_first_and_without_one_everything_can_be_begun(
    call: Call,
) -> None:
    user, _organisation = member("enterprise")
    join(user, make_organisation("university"))
    page = html_of(client_of(user).get("/my/"))
    assert "先选以哪个单位的名义" in page
    assert 'name="category"' not in page
    assert 'value="CXJJ-RK"' in html_of(client_of(make_user()).get("/my/"))


def test_a_draft_names_its_first_gaps_and_leads_to_the_fields(call: Call) -> None:
    user, organisation = member()
    draft = start(call, "ZDYF", author=user, organisation=organisation)
    page = html_of(client_of(user).get("/my/"))
    assert re.search(r"还差 \d+ 处", page)
    assert f'href="/my/suggestions/{draft.pk}/edit/#f-title"' in page


def test_in_the_last_days_a_draft_waits_first(call: Call) -> None:
    user, organisation = member()
    with in_the_window():
        make_draft(call, author=user, organisation=organisation, title="演示：快截止的草稿")
    closes = call.windows.exclude(closes_at=None).get().closes_at
    for days, place in ((5, "草稿"), (2, "等您处理")):
        with travel_to(closes - timedelta(days=days)):
            page = html_of(client_of(user).get("/my/"))
        heading = page.rindex("<h2", 0, page.index("演示：快截止的草稿"))
        assert place in page[heading : heading + 60]


def test_what_was_handed_in_says_who_has_it_and_what_comes_next(call: Call) -> None:
    user, organisation = member()
    with in_the_window():
        hand_in(make_draft(call, author=user, organisation=organisation))
    page = html_of(client_of(user).get("/my/"))
    assert "接下来：处室受理；受理前可以撤回" in page


def test_a_part_one_was_asked_for_waits_on_the_desk(call: Call) -> None:
    draft = make_draft(call, "CXJJ-ZD", kind="university", title="演示：共同填报")
    partner = make_partner(draft, "partner")
    assert partner.organisation is not None
    page = html_of(client_of(administrator_of(partner.organisation)).get("/my/"))
    assert f'href="/my/parts/{partner.pk}/"' in page


def test_every_type_says_whom_it_is_for_and_by_which_rule(call: Call) -> None:
    user, _organisation = member("enterprise")
    page = html_of(client_of(user).get(START))
    assert 'name="category" value="ZDYF"' in page
    assert 'name="category" value="CXJJ-RK"' not in page
    assert "不面向企业" in page
    assert "2024年通知 二（二）3" in page


def test_one_click_begins_a_draft_and_two_begin_one(call: Call) -> None:
    user, organisation = member()
    client = client_of(user)
    page = client.get(START)
    sent = {"category": "ZDYF", "key": page.context["key"], "organisation": organisation.pk}
    answers = [client.post(START, sent) for _ in range(2)]
    draft = Suggestion.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/my/suggestions/{draft.pk}/edit/"}
    assert (draft.organisation, draft.category.code) == (organisation, "ZDYF")


def test_a_type_that_does_not_fit_cannot_be_begun_by_hand(call: Call) -> None:
    user, _organisation = member("enterprise")
    answer = client_of(user).post(START, {"category": "CXJJ-RK", "key": "by-hand"})
    assert answer.status_code == 409
    assert "不面向企业征集" in html_of(answer)
    assert not Suggestion.objects.exists()


def test_an_unknown_type_is_not_found(call: Call) -> None:
    user, _organisation = member()
    assert client_of(user).post(START, {"category": "NO"}).status_code == 404


def test_somebody_without_a_unit_may_begin(call: Call) -> None:
    user = make_user()
    client_of(user).post(START, {"category": "ZDYF", "key": "alone"})
    assert Suggestion.objects.get().organisation is None


def test_a_member_of_two_units_chooses_one(call: Call) -> None:
    user, first = member("enterprise")
    second = make_organisation("university")
    join(user, second)
    client = client_of(user)
    assert f'<option value="{second.pk}"' in html_of(client.get(START))
    page = client.get(START, {"organisation": second.pk})
    assert 'name="category" value="CXJJ-RK"' in html_of(page)
    client.post(START, {"category": "CXJJ-RK", "organisation": second.pk, "key": "second"})
    assert Suggestion.objects.get().organisation == second
    assert first != second


def test_an_earlier_record_is_copied(call: Call) -> None:
    draft = make_draft(call, "ZDYF", title="演示：去年的建议")
    client = client_of(draft.author)
    assert "演示：去年的建议" in html_of(client.get(START))
    client.post(START, {"category": "ZDYF", "copy_from": draft.pk, "key": "copy"})
    copied = Suggestion.objects.latest("pk")
    assert copied.pk != draft.pk
    assert copied.title == "演示：去年的建议"
    assert copied.answers["feasibility"] == draft.answers["feasibility"]


def test_somebody_elses_record_cannot_be_copied(call: Call) -> None:
    theirs = make_draft(call, "ZDYF")
    user, _organisation = member()
    answer = client_of(user).post(
        START, {"category": "ZDYF", "copy_from": theirs.pk, "key": "steal"}
    )
    assert answer.status_code == 404


def test_a_call_that_is_over_says_so(call: Call) -> None:
    load_notice("2022-1")
    user, _organisation = member()
    answer = client_of(user).get("/my/suggestions/start/2022-1/")
    assert answer.status_code == 409
    assert "征集已于 2021-11-10 23:59:59 截止" in html_of(answer)


def test_a_call_that_is_not_open_yet_says_when(call: Call) -> None:
    user, _organisation = member()
    with travel_to(call.windows.all()[0].opens_at.replace(year=2023)):
        answer = client_of(user).get(START)
    assert answer.status_code == 409
    assert "征集还没有开始" in html_of(answer)


def test_staff_do_not_write_suggestions(call: Call) -> None:
    officer = client_of(make_staff(Role.OFFICER))
    for address in ("/my/", "/my/suggestions/", START, "/my/parts/"):
        assert officer.get(address).status_code == 403


def test_the_list_finds_by_state_and_words(call: Call) -> None:
    user, organisation = member()
    with in_the_window():
        hand_in(make_draft(call, author=user, organisation=organisation, title="演示：已交的建议"))
        make_draft(call, author=user, organisation=organisation, title="演示：没交的建议")
    client = client_of(user)
    drafts = html_of(client.get("/my/suggestions/", {"state": "draft"}))
    assert ("演示：没交的建议" in drafts, "演示：已交的建议" in drafts) == (True, False)
    found = html_of(client.get("/my/suggestions/", {"q": "已交"}))
    assert ("演示：没交的建议" in found, "演示：已交的建议" in found) == (False, True)
    assert "没有符合条件的建议" in html_of(client.get("/my/suggestions/", {"q": "没有这个"}))


@pytest.mark.parametrize("address", ["/my/", "/my/suggestions/", "/my/parts/", START])
def test_a_list_costs_the_same_with_one_row_and_with_three(call: Call, address: str) -> None:
    user, organisation = member("university")
    partner_author = make_user()
    university = make_organisation("university", administrator=partner_author)
    vars(partner_author).pop("confirmed_memberships", None)
    firm = make_organisation("enterprise")
    join(user, firm)

    def one_more() -> None:
        with in_the_window():
            make_draft(call, "CXJJ-ZD", author=user, organisation=organisation)
            hand_in(make_draft(call, "CXJJ-HM", author=user, organisation=organisation))
        theirs = make_draft(call, "CXJJ-ZD", author=partner_author, organisation=university)
        invite_organisation(again(theirs), firm, side="partner", by=partner_author)

    one_more()
    client = client_of(user)
    client.get(address)
    first = queries_of(client, address)
    one_more()
    one_more()
    assert queries_of(client, address) == first
