"""The page a suggestion is written on: both tables, autosave, pre-check, handing in."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import load_notice, make_organisation, make_user
from tests.pages import client_of, controls, html_of, with_typed
from tests.suggestions.factories import (
    IN_THE_WINDOW,
    administrator_of,
    again,
    complete_answers,
    fill,
    hand_in,
    in_the_window,
    make_draft,
    start,
)
from xinghai.calls.models import Call
from xinghai.kernel.clock import travel_to
from xinghai.kernel.events import history
from xinghai.submissions.models import Receipt, UnmergedDraft
from xinghai.submissions.services.remarks import put_remarks
from xinghai.submissions.services.submitting import return_to_author
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(call: Call) -> Suggestion:
    return make_draft(call, "ZDYF")


def empty_draft(call: Call, category: str = "ZDYF") -> Suggestion:
    author = make_user()
    organisation = make_organisation(administrator=author)
    vars(author).pop("confirmed_memberships", None)
    return start(call, category, author=author, organisation=organisation)


def edit(suggestion: Suggestion) -> str:
    return f"/my/suggestions/{suggestion.pk}/edit/"


def autosave(client: Client, suggestion: Suggestion, version: int, **answers: Any) -> Any:
    return client.post(
        f"/my/suggestions/{suggestion.pk}/save/",
        json.dumps({"version": version, "answers": answers, "key": ""}),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


@pytest.mark.parametrize("page", ["edit/", "preview/", "print/", ""])
def test_both_tables_stand_on_one_page_and_each_says_where_it_begins(
    draft: Suggestion, page: str
) -> None:
    shown = html_of(client_of(draft.author).get(f"/my/suggestions/{draft.pk}/{page}"))
    opening = re.findall(r'<p class="form-table">(.*?)</p>', shown)
    assert opening == [draft.form.form.title, "指南凝练信息表"]
    first, second = (shown.index(f'<p class="form-table">{one}') for one in opening)
    guide = shown.index("指南方向</h2>")
    assert first < shown.index("填报单位</h2>") < second < guide


@pytest.mark.parametrize("category", ["JBGS", "ZDYF", "CXJJ-ZD", "CXJJ-RK", "GJHZ", "QYHZ"])
def test_posting_a_page_untouched_changes_nothing(call: Call, category: str) -> None:
    kind = "university" if category == "CXJJ-RK" else "enterprise"
    draft = make_draft(call, category, kind=kind)
    client = client_of(draft.author)
    answer = client.post(edit(draft), with_typed(client.get(edit(draft)), "save"))
    assert answer.status_code == 302
    stored = again(draft)
    assert stored.answers == draft.answers
    assert stored.version == draft.version


def test_a_page_without_javascript_saves(draft: Suggestion) -> None:
    client = client_of(draft.author)
    sent = with_typed(client.get(edit(draft)), "save", title="演示：改过的名称", nj_count="3")
    answer = client.post(edit(draft), sent)
    assert answer["Location"] == edit(draft)
    stored = again(draft)
    assert (stored.title, stored.answers["nj_count"]) == ("演示：改过的名称", 3)
    assert stored.version == draft.version + 1


def test_autosave_answers_with_version_time_and_report(call: Call) -> None:
    draft = empty_draft(call)
    said = autosave(
        client_of(draft.author), draft, draft.version, title="演示：自动保存的名称"
    ).json()
    stored = again(draft)
    assert said["version"] == stored.version == draft.version + 1
    assert said["saved_at"] == stored.saved_at.isoformat()
    assert "title" not in {one["field"] for one in said["report"]["problems"]}
    assert {"topic", "guide"} <= {one["id"] for one in said["report"]["sections"]}
    assert stored.title == "演示：自动保存的名称"


def test_a_guide_field_that_follows_is_told_to_the_page(call: Call) -> None:
    """Else the page's next save would send the former words back as if somebody wrote them."""
    draft = empty_draft(call)
    client = client_of(draft.author)
    first = autosave(client, draft, draft.version, title="演示：第一稿", nj_title="").json()
    assert first["answers"]["nj_title"] == "演示：第一稿"
    second = autosave(
        client, draft, first["version"], title="演示：第二稿", nj_title="演示：第一稿"
    )
    assert second.json()["answers"] == {"nj_title": "演示：第二稿"}
    assert again(draft).answers["nj_title"] == "演示：第二稿"


def test_two_windows_in_different_fields_never_undo_each_other(call: Call) -> None:
    draft = empty_draft(call)
    client, base = client_of(draft.author), draft.version
    autosave(client, draft, base, background="", feasibility="第一个窗口写的")
    second = autosave(client, draft, base, background="第二个窗口写的", feasibility="").json()
    assert second["answers"]["feasibility"] == "第一个窗口写的"
    stored = again(draft).answers
    assert (stored["feasibility"], stored["background"]) == ("第一个窗口写的", "第二个窗口写的")


def test_the_receiving_office_follows_the_domain(call: Call) -> None:
    draft = empty_draft(call)
    client = client_of(draft.author)
    assert "受理处室：选好编制领域后显示" in html_of(client.get(edit(draft)))
    code = call.domains.get(name="能源").code
    said = autosave(client, draft, draft.version, domain=code).json()
    assert said["receiver"] == "受理处室：成果处 0411-39989850"
    again_said = autosave(client, draft, said["version"], domain=code, title="演示").json()
    assert "receiver" not in again_said


def test_a_stale_window_is_led_to_the_merge_view(draft: Suggestion) -> None:
    client, base = client_of(draft.author), draft.version
    autosave(client, draft, base, title="演示：第一个窗口")
    answer = autosave(client, draft, base, title="演示：第二个窗口")
    assert answer.status_code == 409
    assert answer.json() == {"merge_url": f"/my/suggestions/{draft.pk}/merge/"}
    assert again(draft).title == "演示：第一个窗口"
    assert UnmergedDraft.objects.get().answers["title"] == "演示：第二个窗口"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"version": "x", "answers": {}}', b'{"version": 1, "answers": 3}'],
)
def test_a_save_that_cannot_be_read_is_refused(draft: Suggestion, body: bytes) -> None:
    answer = client_of(draft.author).post(
        f"/my/suggestions/{draft.pk}/save/", body, content_type="application/json"
    )
    assert answer.status_code == 400
    assert answer.json()["problem"]
    assert again(draft).version == draft.version


def test_text_no_database_can_hold_is_not_an_error(draft: Suggestion) -> None:
    """NUL and half a surrogate arrive from broken clipboards and from attackers."""
    client = client_of(draft.author)
    answer = autosave(client, draft, draft.version, title="演示\x00名称\ud800")
    assert answer.status_code == 200
    assert again(draft).title == "演示名称"


def test_a_script_whose_session_expired_is_told_where_to_sign_in(draft: Suggestion) -> None:
    answer = autosave(Client(), draft, draft.version, title="演示")
    assert answer.status_code == 401
    assert answer.json() == {"signin_url": "/account/login/"}


def test_a_post_whose_session_expired_leads_back_to_the_page(draft: Suggestion) -> None:
    sent = with_typed(client_of(draft.author).get(edit(draft)), "submit")
    referer = f"http://testserver{edit(draft)}"
    answer = Client().post(edit(draft), sent, headers={"Referer": referer})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")
    assert (
        edit(draft).replace("/", "%2F") in answer["Location"] or edit(draft) in answer["Location"]
    )


def test_somebody_elses_draft_is_not_found(draft: Suggestion) -> None:
    stranger = client_of(make_user())
    for name in ("", "edit/", "precheck/", "preview/", "print/", "history/", "merge/"):
        assert stranger.get(f"/my/suggestions/{draft.pk}/{name}").status_code == 404
    assert autosave(stranger, draft, draft.version, title="演示").status_code == 404


def test_the_precheck_lists_each_problem_with_a_link_to_its_field(call: Call) -> None:
    draft = empty_draft(call)
    client = client_of(draft.author)
    page = html_of(client.get(f"/my/suggestions/{draft.pk}/precheck/"))
    assert f'href="{edit(draft)}#f-title"' in page
    assert f'href="{edit(draft)}#f-nj_content"' in page
    assert f'href="{edit(draft)}#f-nj_amount"' not in page
    assert re.search(r"另有 \d+ 项可以补充，不填也能提交。", page)
    part = client.get(f"/my/suggestions/{draft.pk}/precheck/", headers={"HX-Request": "true"})
    assert "<html" not in html_of(part)
    assert f'href="{edit(draft)}#f-title"' in html_of(part)


def test_a_submission_with_gaps_is_refused_with_links_and_keeps_the_text(call: Call) -> None:
    draft = empty_draft(call)
    client = client_of(draft.author)
    sent = with_typed(client.get(edit(draft)), "submit", title="演示：只有名称")
    answer = client.post(edit(draft), sent)
    assert answer.status_code == 422
    page = html_of(answer)
    assert 'class="error-summary"' in page
    assert 'href="#f-background"' in page
    assert "演示：只有名称" in page
    stored = again(draft)
    assert (stored.state, stored.title) == ("draft", "演示：只有名称")


def test_an_enterprise_submits_from_the_page_and_sees_its_receipt(draft: Suggestion) -> None:
    client = client_of(draft.author)
    with in_the_window():
        sent = with_typed(client.get(edit(draft)), "submit", title="演示：最后改的名称")
        answer = client.post(edit(draft), sent, follow=True)
    receipt = Receipt.objects.get(dossier=draft.pk)
    page = html_of(answer)
    assert answer.redirect_chain == [
        (f"/my/suggestions/{draft.pk}/receipt/{receipt.pk}/", 302),
    ]
    assert {receipt.number, receipt.content_hash, "演示：最后改的名称"} <= {
        part for part in (receipt.number, receipt.content_hash, again(draft).title) if part in page
    }
    assert "2024年2月20日 10:00" in page


def test_a_double_click_gives_one_record_and_the_same_receipt(draft: Suggestion) -> None:
    client = client_of(draft.author)
    with in_the_window():
        sent = with_typed(client.get(edit(draft)), "submit", title="演示：点了两次")
        first, second = client.post(edit(draft), sent), client.post(edit(draft), sent)
    assert first["Location"] == second["Location"]
    assert Receipt.objects.count() == 1


def test_a_second_window_cannot_submit_what_is_submitted(draft: Suggestion) -> None:
    client = client_of(draft.author)
    with in_the_window():
        stale = with_typed(client.get(edit(draft)), "submit")
        hand_in(draft)
        answer = client.post(edit(draft), stale, follow=True)
    assert answer.redirect_chain == [(f"/my/suggestions/{draft.pk}/", 302)]
    assert "不能修改" in html_of(answer)
    assert Receipt.objects.count() == 1


def test_after_the_window_nothing_is_submitted_and_nothing_is_lost() -> None:
    call = load_notice("2022-1")
    with travel_to(call.windows.all()[0].opens_at):
        draft = make_draft(call, "JBGS")
    client = client_of(draft.author)
    sent = with_typed(client.get(edit(draft)), "submit", title="演示：晚了一步")
    answer = client.post(edit(draft), sent)
    assert answer.status_code == 409
    assert "征集已于 2021-11-10 23:59:59 截止" in html_of(answer)
    assert (again(draft).state, again(draft).title) == ("draft", "演示：晚了一步")


def test_an_unverified_unit_is_told_what_to_wait_for(call: Call) -> None:
    author = make_user()
    organisation = make_organisation(administrator=author, verified=False)
    vars(author).pop("confirmed_memberships", None)
    draft = fill(
        start(call, "ZDYF", author=author, organisation=organisation), title="演示：待核实"
    )
    client = client_of(author)
    with in_the_window():
        answer = client.post(edit(draft), with_typed(client.get(edit(draft)), "submit"))
    assert answer.status_code == 409
    assert f"“{organisation.name}”还没有通过科技局核实" in html_of(answer)


def test_a_university_suggestion_waits_for_its_unit(call: Call) -> None:
    draft = make_draft(call, "CXJJ-HM", kind="university")
    client = client_of(draft.author)
    with in_the_window():
        page = client.get(edit(draft))
        assert "提交单位审核" in html_of(page)
        answer = client.post(edit(draft), with_typed(page, "submit"), follow=True)
    assert answer.redirect_chain == [(f"/my/suggestions/{draft.pk}/", 302)]
    assert f"已交到 {draft.organisation} 科研部门" in html_of(answer)


def test_remarks_stand_beside_their_fields_until_resolved(call: Call) -> None:
    draft = make_draft(call, "CXJJ-HM", kind="university")
    assert draft.organisation is not None
    office = administrator_of(draft.organisation)
    with in_the_window():
        suggestion = hand_in(draft)
        put_remarks(suggestion, {"title": "名称太宽，请收窄。"}, by=office, side="unit")
        return_to_author(suggestion, by=office, reason="请按意见修改。")
        client = client_of(draft.author)
        page = client.get(edit(draft))
        assert "名称太宽，请收窄。" in html_of(page)
        assert "请按意见修改。" in html_of(page)
        remark = again(draft).remarks.get()
        sent = with_typed(page, f"resolve:{remark.pk}", title="演示：收窄的名称")
        for _click in range(2):
            client.post(edit(draft), sent)
    remark.refresh_from_db()
    assert remark.resolved_by == draft.author
    assert history(draft).filter(verb="resolve_comment").count() == 1
    assert again(draft).title == "演示：收窄的名称"


def test_the_preview_hands_in_what_is_stored(draft: Suggestion) -> None:
    client = client_of(draft.author)
    with travel_to(IN_THE_WINDOW):
        page = client.get(f"/my/suggestions/{draft.pk}/preview/")
        assert draft.title in html_of(page)
        sent = {"key": "from-the-preview", "version": draft.version}
        answers = [client.post(f"/my/suggestions/{draft.pk}/submit/", sent) for _ in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert again(draft).state == "submitted"


def test_a_preview_of_an_older_version_is_not_handed_in(draft: Suggestion) -> None:
    client = client_of(draft.author)
    sent = {"key": "stale-preview", "version": draft.version - 1}
    answer = client.post(f"/my/suggestions/{draft.pk}/submit/", sent)
    assert answer["Location"] == f"/my/suggestions/{draft.pk}/preview/"
    assert again(draft).state == "draft"


def test_the_print_shows_number_title_and_hash(draft: Suggestion) -> None:
    with in_the_window():
        suggestion = hand_in(draft)
    page = html_of(client_of(draft.author).get(f"/my/suggestions/{draft.pk}/print/"))
    receipt = Receipt.objects.get(dossier=draft.pk)
    for part in (
        suggestion.number,
        suggestion.title,
        receipt.content_hash,
        suggestion.form.form.name.zh,
    ):
        assert part in page


def test_the_page_and_the_save_cost_a_bounded_number_of_queries(
    draft: Suggestion, django_assert_max_num_queries: Any
) -> None:
    client = client_of(draft.author)
    client.get(edit(draft))
    with django_assert_max_num_queries(12):
        page = client.get(edit(draft))
    answers = complete_answers(draft, title="演示：数一数")
    assert controls(page)
    with django_assert_max_num_queries(16):
        autosave(client, draft, draft.version, **answers)


def test_the_list_of_what_must_be_put_right_holds_no_advice(draft: Suggestion) -> None:
    client = client_of(draft.author)
    alone = with_typed(client.get(edit(draft)), "submit", title="")
    answer = client.post(edit(draft), alone)
    assert answer.status_code == 422
    listed = answer.content.decode().split('class="error-summary"')[1].split("</section>")[0]
    report = answer.context["page"].report
    assert listed.count("<li>") == len(report.blocking) == 1
