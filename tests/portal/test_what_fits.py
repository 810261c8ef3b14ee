"""我能报什么: three questions, the fitting types, the rule behind each, the receiving office."""

import re
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import make_office, make_staff
from tests.pages import html_of, queries_of, words_of
from xinghai.accounts.kinds import OrganisationKind, Role
from xinghai.calls.models import Call
from xinghai.calls.selectors import office_for
from xinghai.calls.services import remember_route
from xinghai.calls.windows import CITY
from xinghai.kernel.clock import travel_to
from xinghai.portal.fitting import Asked, count_fitting, fits_of, wants_in


def asking(**answers: str) -> str:
    given = {"who": "any", "want": "any", "field": "any", **answers}
    return "/what/?" + "&".join(f"{name}={value}" for name, value in given.items())


def fitting_in(client: Client, **answers: str) -> set[str]:
    page = html_of(client.get(asking(**answers)))
    return set(re.findall(r"<h4>([^<]+)</h4>", page))


@pytest.mark.parametrize(
    ("answers", "fits"),
    [
        ({"who": "enterprise", "want": "solve"}, {"揭榜挂帅技术攻关"}),
        ({"who": "enterprise", "want": "develop"}, {"重点科技研发计划"}),
        ({"who": "university", "want": "basic"}, {"重大基础研究", "应用基础研究"}),
        ({"who": "university", "want": "livelihood"}, {"科技惠民"}),
        ({"who": "university", "want": "advise"}, {"软科学研究"}),
        ({"who": "university", "want": "popularise"}, {"科学普及"}),
        ({"who": "enterprise", "want": "abroad"}, {"国际科技合作专项"}),
        ({"who": "association", "want": "region"}, {"区域合作专项"}),
        (
            {"who": "association", "want": "any"},
            {"区域合作专项", "揭榜挂帅技术攻关", "国际科技合作专项"},
        ),
        ({"who": "university", "want": "develop"}, set()),
        ({"who": "government", "want": "any"}, {"揭榜挂帅技术攻关", "国际科技合作专项"}),
    ],
)
def test_three_answers_lead_to_the_fitting_types(
    client: Client, call_2024: Call, answers: dict[str, str], fits: set[str]
) -> None:
    assert fitting_in(client, field="ai", **answers) == fits


def test_each_answer_has_its_rule_office_landline_form_and_entrance(
    client: Client, call_2024: Call
) -> None:
    page = html_of(client.get(asking(who="enterprise", want="develop", field="energy")))
    fit = page.split('<article class="fit">')[1].split("</article>")[0]
    assert "面向企业" in fit
    assert "2024年通知 二（二）2：支持企业组织实施" in fit
    assert 'href="tel:0411-39989850"' in fit
    assert "成果处" in fit
    assert 'href="/calls/2024/forms/2024-2/"' in fit
    assert 'href="/my/suggestions/start/2024/?category=ZDYF"' in fit


def test_what_has_to_be_ready_is_read_from_the_notice(client: Client, call_2024: Call) -> None:
    page = words_of(client.get(asking(who="university", want="basic", field="ai")))
    assert "由本单位科研管理部门审核后统一提交" in page
    partner = "有合作单位（企业）的，由它在线填写并确认后才能提交"
    assert f"{partner} 依据 2024年通知 二（二）3（1）" in page
    assert "由本单位科研管理部门审核后统一提交" not in words_of(
        client.get(asking(who="enterprise", want="basic", field="ai"))
    )
    abroad = words_of(client.get(asking(who="enterprise", want="abroad", field="ai")))
    assert "上传：技术合作协议" in abroad


def test_the_2022_notice_asks_for_both_sides_and_for_money(client: Client, call_2022: Call) -> None:
    with travel_to(datetime(2021, 11, 1, tzinfo=CITY)):
        page = words_of(client.get(asking(who="enterprise", want="develop", field="it")))
    assert "技术提供方和技术需求方（企业）各填各的部分，双方都在线确认 依据 2022年通知 三" in page
    assert "项目总研发投入须在 200 万元以上" in page


def test_what_does_not_fit_says_why(client: Client, call_2024: Call) -> None:
    page = words_of(client.get(asking(who="enterprise", want="solve", field="ai")))
    refused = page.split("不适合的 8 类，为什么")[1]
    assert "软科学研究 不面向企业 依据 2024年通知 二（二）3：在连高校院所" in refused
    assert "重点科技研发计划 用于：研发关键技术，自己牵头或与伙伴一起 依据" in refused


def test_an_option_that_leaves_nothing_says_so_before_it_is_chosen(
    client: Client, call_2024: Call
) -> None:
    page = words_of(client.get("/what/?who=enterprise"))
    assert "做软科学研究 为经济、社会和科技决策提供依据 没有可报的" in page
    assert "做基础研究或应用基础研究 前瞻、原创，或有明确目标的基础研究 2 类" in page


def test_one_question_at_a_time_and_each_can_be_changed(client: Client, call_2024: Call) -> None:
    for address, asked in (
        ("/what/", "您的单位是"),
        ("/what/?who=enterprise", "您想做什么"),
        ("/what/?who=enterprise&want=solve", "属于哪个领域"),
        ("/what/?want=solve&field=ai", "您的单位是"),
        ("/what/?who=nonsense&want=' OR 1=1", "您的单位是"),
    ):
        now = html_of(client.get(address)).split('class="ask-now"')[1].split("</h2>")[0]
        assert asked in now
    again = html_of(client.get("/what/?who=enterprise&want=solve&field=ai"))
    assert 'href="/what/?who=enterprise&amp;field=ai"' in again


def test_every_cell_names_the_office_the_suggestion_would_reach(call_2024: Call) -> None:
    """The page and the submission must agree, for all 108 pairs of type and domain."""
    definition, wrong = call_2024.definition, []
    categories = {one.code: one for one in call_2024.categories.select_related("parent__parent")}
    for domain in call_2024.domains.all():
        asked = Asked("any", "any", domain.code)
        for fit in fits_of("2024", definition, asked, "zh-hans"):
            office = office_for(call_2024, categories[fit.category], domain, {})
            named = [one.name for one in fit.offices]
            expected = [office.name] if office else ["规划处"]
            if named != expected or bool(fit.office_note) == bool(office):
                wrong.append((fit.category, domain.code, named, expected))
    assert wrong == []


def test_what_the_triage_remembered_is_said_too(client: Client, call_2024: Call) -> None:
    category = call_2024.categories.get(code="CXJJ-HM")
    domain, office = call_2024.domains.get(code="energy"), make_office("waizhuan")
    by = make_staff(Role.PLANNER)
    remember_route(call_2024, category, domain, office=office, by=by)
    page = words_of(client.get(asking(who="university", want="livelihood", field="energy")))
    assert "外专处 0411-39989823" in page


def test_the_count_beside_an_option_is_what_one_then_finds(call_2024: Call) -> None:
    definition = call_2024.definition
    for kind in OrganisationKind.values:
        for want in [*wants_in([definition]), "any"]:
            asked = Asked(kind, want, "any")
            found = [fit for fit in fits_of("x", definition, asked, "en") if not fit.against]
            assert count_fitting([definition], asked) == len(found)


def test_a_call_loaded_before_there_were_wants_is_asked_two_questions(
    client: Client, call_2024: Call
) -> None:
    row = call_2024.definition_row
    row.content.pop("wants")
    for one in row.content["categories"]:
        one.pop("wants", None)
    row.save()
    Call.objects.filter(pk=call_2024.pk).update(definition_hash="without wants")
    page = html_of(client.get("/what/?who=enterprise&field=ai"))
    assert len(re.findall("<h4>", page)) == 6


@pytest.mark.django_db
def test_without_an_open_call_the_page_says_so(client: Client) -> None:
    assert "现在没有开放的征集，所以没有可以报的类型。" in words_of(client.get("/what/"))


def test_the_page_takes_four_queries_however_many_calls(
    client: Client, call_2024: Call, request: pytest.FixtureRequest
) -> None:
    address = asking(who="university")
    with travel_to(datetime(2024, 2, 20, tzinfo=CITY)):
        first = queries_of(client, address)
        request.getfixturevalue("call_2022").windows.update(closes_at=None)
        assert queries_of(client, address) == first <= 5
