"""Joint filling: the author invites, the partner fills its part, confirms or declines."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import load_notice, make_organisation, make_user
from tests.pages import client_of, html_of, with_typed
from tests.suggestions.factories import administrator_of, again, hand_in, make_draft, make_partner
from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.kernel.clock import travel_to
from xinghai.submissions.models import Partner
from xinghai.submissions.services.partners import invite_by_mail
from xinghai.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db
DEMAND = {"d_need": "企业经营中的演示技术需求。" * 5, "d_market": "演示市场前景。" * 5}


@pytest.fixture
def call() -> Call:
    return load_notice("2022-1")


@pytest.fixture
def draft(call: Call) -> Suggestion:
    with travel_to(call.windows.all()[0].opens_at):
        return make_draft(call, "CXJJ-SZ", kind="university", title="演示：双向填报的课题")


def person_of(partner: Partner) -> User:
    assert partner.organisation is not None
    return administrator_of(partner.organisation)


def ask(suggestion: Suggestion, whom: str, side: str = "demander") -> str:
    client = client_of(suggestion.author)
    sent = {"whom": whom, "side": side}
    answer = client.post(f"/my/suggestions/{suggestion.pk}/partners/", sent, follow=True)
    return html_of(answer)


def test_the_author_is_told_that_a_partner_is_needed(draft: Suggestion) -> None:
    page = html_of(client_of(draft.author).get(f"/my/suggestions/{draft.pk}/edit/"))
    assert "技术需求方" in page
    assert 'name="whom"' in page
    assert 'id="section-demander"' not in page
    assert 'id="section-provider"' in page


@pytest.mark.parametrize("by", ["uscc", "name"])
def test_a_firm_is_invited_by_its_credit_code_or_name(draft: Suggestion, by: str) -> None:
    firm = make_organisation("enterprise")
    page = ask(draft, f" {getattr(firm, by)} ")
    partner = Partner.objects.get()
    assert (partner.organisation, partner.side, partner.state) == (firm, "demander", "asked")
    assert f"已邀请 {firm.name}" in page
    assert "撤回邀请" in page


def test_a_firm_without_an_account_is_invited_by_mail(
    draft: Suggestion, django_capture_on_commit_callbacks: Any
) -> None:
    ask(draft, "Someone@Example.com")
    partner = Partner.objects.get()
    assert (partner.email, partner.organisation) == ("someone@example.com", None)


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        ("没有这家单位", "平台上没有找到“没有这家单位”"),
        ("nobody@", "这个邮箱地址不完整"),
        ("演示单位", "有几家单位符合，请填写信用代码"),
    ],
)
def test_an_invitation_that_reaches_nobody_says_what_to_type(
    draft: Suggestion, whom: str, said: str
) -> None:
    make_organisation("enterprise")
    make_organisation("enterprise")
    assert said in ask(draft, whom)
    assert not Partner.objects.exists()


def test_a_university_cannot_be_the_demander(draft: Suggestion) -> None:
    other = make_organisation("university")
    assert "这一方须是：企业" in ask(draft, other.uscc)


def test_the_author_takes_an_invitation_back(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    stranger = client_of(make_user())
    assert stranger.post(f"/my/partners/{partner.pk}/withdraw/").status_code == 404
    assert (
        client_of(person_of(partner)).post(f"/my/partners/{partner.pk}/withdraw/").status_code
        == 404
    )
    client_of(draft.author).post(f"/my/partners/{partner.pk}/withdraw/")
    partner.refresh_from_db()
    assert partner.state == "withdrawn"


def test_a_partner_reads_the_common_part_and_writes_only_its_own(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    page = html_of(client_of(person_of(partner)).get(f"/my/parts/{partner.pk}/"))
    assert 'name="d_need"' in page
    assert draft.title in page
    assert 'name="title"' not in page
    assert "nj_" not in page
    assert draft.author.mobile not in page


def test_a_partner_confirms_and_is_told_so_in_that_word(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    page = html_of(client_of(person_of(partner)).get(f"/my/parts/{partner.pk}/"))
    assert "处须处理后才能确认" in page
    assert "可以确认；有提醒" in page
    assert "可以提交" not in page


def test_a_partner_does_not_reach_the_authors_pages(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    client = client_of(person_of(partner))
    for name in ("", "edit/", "preview/", "history/"):
        assert client.get(f"/my/suggestions/{draft.pk}/{name}").status_code == 404


def save_part(client: Client, partner: Partner, version: int, **answers: Any) -> Any:
    return client.post(
        f"/my/parts/{partner.pk}/save/",
        json.dumps({"version": version, "answers": answers, "key": ""}),
        content_type="application/json",
    )


def test_a_partners_words_are_saved_and_others_fields_are_not_taken(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    client = client_of(person_of(partner))
    said = save_part(client, partner, draft.version, **DEMAND, title="演示：改别人的名称").json()
    stored = again(draft)
    assert stored.answers["d_need"] == DEMAND["d_need"]
    assert stored.title == draft.title
    assert said["version"] == draft.version + 1
    assert {one["id"] for one in said["report"]["sections"]} == {"demander"}
    partner.refresh_from_db()
    assert partner.state == "filling"


def test_author_and_partner_write_at_once_without_harm(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    base = draft.version
    save_part(client_of(person_of(partner)), partner, base, d_need=DEMAND["d_need"])
    answer = client_of(draft.author).post(
        f"/my/suggestions/{draft.pk}/save/",
        json.dumps({"version": base, "answers": {"title": "演示：作者同时改的名称"}, "key": ""}),
        content_type="application/json",
    )
    assert answer.status_code == 200
    stored = again(draft)
    assert (stored.title, stored.answers["d_need"]) == ("演示：作者同时改的名称", DEMAND["d_need"])


def test_a_part_with_gaps_is_not_confirmed_and_keeps_its_text(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    client = client_of(person_of(partner))
    address = f"/my/parts/{partner.pk}/"
    answer = client.post(address, with_typed(client.get(address), "submit", d_need="只写了这些。"))
    assert answer.status_code == 422
    assert 'href="#f-d_market"' in html_of(answer)
    assert again(draft).answers["d_need"] == "只写了这些。"
    partner.refresh_from_db()
    assert partner.state == "filling"


def test_submission_waits_for_the_partner_and_says_so(call: Call, draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    edit, part = f"/my/suggestions/{draft.pk}/edit/", f"/my/parts/{partner.pk}/"
    author, firm = client_of(draft.author), client_of(person_of(partner))
    with travel_to(call.windows.all()[0].opens_at):
        refused = author.post(edit, with_typed(author.get(edit), "submit"))
        assert refused.status_code == 422
        assert 'id="f-d_need"' in html_of(refused)

        firm.post(part, with_typed(firm.get(part), "submit", **DEMAND))
        partner.refresh_from_db()
        assert partner.state == "confirmed"
        assert "已确认" in html_of(author.get(edit))
        author.post(edit, with_typed(author.get(edit), "submit"))
    assert again(draft).state == "unit_review"


def test_a_confirmed_part_is_reopened_while_the_author_still_writes(
    call: Call, draft: Suggestion
) -> None:
    partner = make_partner(draft, "demander")
    client, part = client_of(person_of(partner)), f"/my/parts/{partner.pk}/"
    client.post(part, with_typed(client.get(part), "submit", **DEMAND))
    assert 'name="d_need"' not in html_of(client.get(part))
    client.post(f"{part}reopen/")
    assert 'name="d_need"' in html_of(client.get(part))

    client.post(part, with_typed(client.get(part), "submit"))
    with travel_to(call.windows.all()[0].opens_at):
        hand_in(again(draft))
    late = html_of(client.post(f"{part}reopen/", follow=True))
    partner.refresh_from_db()
    assert partner.state == "confirmed"
    assert "没有“重新修改”的权限" in late


def test_declining_needs_a_reason_and_tells_the_author(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    client = client_of(person_of(partner))
    silent = client.post(f"/my/parts/{partner.pk}/decline/", follow=True)
    assert "请写明理由" in html_of(silent)
    client.post(f"/my/parts/{partner.pk}/decline/", {"reason": "今年没有这项需求。"})
    partner.refresh_from_db()
    assert partner.state == "declined"
    assert draft.author.notices.filter(body_text__contains="%(reason)s").exists()
    assert ask(again(draft), make_organisation("enterprise").uscc)
    assert Partner.objects.filter(state="asked").count() == 1


def test_a_letters_link_waits_for_sign_in_and_leads_to_the_part(draft: Suggestion) -> None:
    token = invite_by_mail(draft, "someone@example.com", side="demander", by=draft.author)
    address = f"/my/parts/accept/{token}/"
    assert Client().get(address)["Location"] == f"/account/login/?next={address}"
    firm = make_organisation("enterprise")
    client = client_of(administrator_of(firm))
    assert draft.title in html_of(client.get(address))
    answer = client.post(address, {"organisation": firm.pk})
    partner = Partner.objects.get()
    assert answer["Location"] == f"/my/parts/{partner.pk}/"
    assert (partner.organisation, partner.state) == (firm, "filling")


def test_a_letters_link_binds_to_one_organisation(draft: Suggestion) -> None:
    token = invite_by_mail(draft, "someone@example.com", side="demander", by=draft.author)
    address = f"/my/parts/accept/{token}/"
    first, second = make_organisation("enterprise"), make_organisation("enterprise")
    client_of(administrator_of(first)).post(address, {"organisation": first.pk})
    late = client_of(administrator_of(second)).post(address, {"organisation": second.pk})
    assert late.status_code == 409
    assert "已由另一家单位接受" in html_of(late)
    assert Partner.objects.get().organisation == first


def test_a_link_that_is_used_up_or_invented_says_so(draft: Suggestion) -> None:
    answer = client_of(make_user()).get("/my/parts/accept/no-such-token/")
    assert answer.status_code == 404
    assert "邀请链接已失效" in html_of(answer)


def test_somebody_without_a_unit_is_told_to_join_one_first(draft: Suggestion) -> None:
    token = invite_by_mail(draft, "someone@example.com", side="demander", by=draft.author)
    page = html_of(client_of(make_user()).get(f"/my/parts/accept/{token}/"))
    assert "请先登记或加入单位" in page


def test_two_windows_of_a_part_end_in_its_own_merge_view(draft: Suggestion) -> None:
    partner = make_partner(draft, "demander")
    client = client_of(person_of(partner))
    save_part(client, partner, draft.version, d_need="第一个窗口")
    answer = save_part(client, partner, draft.version, d_need="第二个窗口")
    assert answer.json() == {"merge_url": f"/my/parts/{partner.pk}/merge/"}
    shown = client.get(answer.json()["merge_url"])
    assert [one.field for one in shown.context["conflicts"]] == ["d_need"]
    sent = {"version": again(draft).version, "choice-d_need": "mine"}
    assert client.post(answer.json()["merge_url"], sent)["Location"] == f"/my/parts/{partner.pk}/"
    assert again(draft).answers["d_need"] == "第二个窗口"
